"""How gateway frames are packed: not at all, zlib-stream, or zstd-stream.

A stream's state lives as long as its connection, and every frame ends in a flush, so that each
websocket message is one whole gateway message.

Source: https://discord.com/developers/docs/events/gateway#compressing-gateway-payloads
"""

from __future__ import annotations

import importlib
import zlib
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import WSMsgType

if TYPE_CHECKING:
    from collections.abc import Callable


class UnknownCompressionError(Exception):
    """The query asked for a compression that this server does not have."""


class Packer(Protocol):
    """Turns a JSON frame into a websocket message's payload."""

    opcode: WSMsgType

    def pack(self, frame: bytes) -> bytes:
        """Return what goes out for ``frame``; frames must be packed in sending order."""
        ...


class _Plain:
    opcode = WSMsgType.TEXT

    def pack(self, frame: bytes) -> bytes:
        return frame


class _ZlibStream:
    opcode = WSMsgType.BINARY

    def __init__(self) -> None:
        self._context = zlib.compressobj(level=1)

    def pack(self, frame: bytes) -> bytes:
        return self._context.compress(frame) + self._context.flush(zlib.Z_SYNC_FLUSH)


class _ZstdStream:
    opcode = WSMsgType.BINARY

    def __init__(self) -> None:
        try:
            library: Any = importlib.import_module("zstandard")
        except ImportError as error:
            raise UnknownCompressionError("zstandard is not installed here") from error
        self._context = library.ZstdCompressor(level=1).compressobj()
        self._flush_block: int = library.COMPRESSOBJ_FLUSH_BLOCK

    def pack(self, frame: bytes) -> bytes:
        packed: bytes = self._context.compress(frame) + self._context.flush(self._flush_block)
        return packed


_PACKERS: dict[str, Callable[[], Packer]] = {
    "": _Plain,
    "zlib-stream": _ZlibStream,
    "zstd-stream": _ZstdStream,
}


def packer_for(compress: str) -> Packer:
    """Return a fresh packer for the ``compress`` query parameter.

    Raises:
        UnknownCompressionError: When there is no such compression here.
    """
    try:
        return _PACKERS[compress]()
    except KeyError as error:
        raise UnknownCompressionError(f"there is no compression {compress!r}") from error
