"""A line to PostgreSQL that can be cut, slowed and closed: a proxy on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DatabaseLine"]

_CHUNK: Final = 65_536


class DatabaseLine:
    """Carries bytes between a port of this machine and PostgreSQL's socket.

    Args:
        socket_path: The server's Unix socket.
    """

    def __init__(self, socket_path: Path) -> None:
        self._socket_path = socket_path
        self._server: asyncio.Server | None = None
        self._carrying: set[asyncio.Task[None]] = set()
        self._random = random.Random(7)  # noqa: S311 - the same faults in every run
        self.port = 0
        self.delay_s = 0.0
        """How late what a client says arrives."""
        self.cut_share = 0.0
        """How often a client that says something is cut off instead."""

    async def open(self) -> None:
        """Listen; on the same port as before, if there was one."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Refuse new connections and cut all that there are."""
        if self._server is None:
            return
        self._server.close()
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)
        self._server = None

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)
        with contextlib.suppress(OSError, asyncio.CancelledError):
            server_reader, server_writer = await asyncio.open_unix_connection(self._socket_path)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._carry(reader, server_writer, is_client=True))
                    group.create_task(self._carry(server_reader, writer, is_client=False))
            except* (OSError, _CutError):
                pass
            finally:
                writer.transport.abort()
                server_writer.transport.abort()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_client: bool
    ) -> None:
        while chunk := await reader.read(_CHUNK):
            if is_client and self.delay_s:
                await asyncio.sleep(self.delay_s)
            if is_client and self._random.random() < self.cut_share:
                raise _CutError
            writer.write(chunk)
            await writer.drain()
        raise _CutError


class _CutError(Exception):
    """One side is gone, so that the other one goes too."""
