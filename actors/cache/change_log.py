"""Logs of changes in Redis: streams, which number what is appended, and forget the oldest.

A position is Redis's own id of an entry, its clock's milliseconds and a count, as one integer.
Later entries of a log have higher ones, and a log that began anew, since Redis was restarted or
emptied, holds none of the former.

Source: https://redis.io/docs/latest/develop/data-types/streams/
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from actors.cache.messages import Change
from actors.redis_connection import Script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redis.asyncio import Redis

MAX_CHANGES: Final = 512
"""What a log holds; who has read nothing for so long has lost the thread."""
_LOG_LASTS_MS: Final = 24 * 3600 * 1000
_COUNT_BITS: Final = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a log and a key held at one moment."""

    changes: tuple[Change, ...]
    raw_value: bytes | None


def _script(name: str) -> Script:
    return Script(files("actors.cache").joinpath(name).read_text(encoding="utf-8"))


_APPEND: Final = _script("append_change.lua")
_READ: Final = _script("read_changes.lua")


async def append_change(
    client: Redis, log: str, change: bytes, values: Mapping[str, tuple[bytes, int]]
) -> int:
    """Append a change, and put values with their lifetimes in milliseconds; all or nothing.

    Returns:
        The change's position.

    Raises:
        redis.RedisError: Whatever the client raises.
    """
    arguments: list[bytes | int] = [change, MAX_CHANGES, _LOG_LASTS_MS]
    for raw_value, ttl_ms in values.values():
        arguments += (raw_value, ttl_ms)
    return _position(await _APPEND.run(client, keys=(log, *values), arguments=arguments))


async def read_changes(client: Redis, log: str, after: int, key: str | None) -> Found | None:
    """Read the changes after a position, and the value of ``key`` besides.

    Returns:
        None when the log does not hold that position.

    Raises:
        redis.RedisError: Whatever the client raises.
    """
    keys = (log,) if key is None else (log, key)
    answer: Any = await _READ.run(client, keys=keys, arguments=(_stream_id(after),))
    if not answer:
        return None
    raw_value, *entries = answer
    pairs = zip(entries[::2], entries[1::2], strict=True)
    return Found(
        changes=tuple(Change(position=_position(at), value=value) for at, value in pairs),
        raw_value=raw_value,
    )


def _position(stream_id: Any) -> int:
    milliseconds, _, count = bytes(stream_id).partition(b"-")
    return (int(milliseconds) << _COUNT_BITS) + int(count)


def _stream_id(position: int) -> str:
    return f"{position >> _COUNT_BITS}-{position & ((1 << _COUNT_BITS) - 1)}"
