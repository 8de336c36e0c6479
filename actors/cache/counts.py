"""Counts in Redis: hashes of numbers that only grow, to which many processes add.

A call may be sent twice, and one whose answer was lost may have been done; adding is not harmless
then. So each writer numbers its batches, and beside the hash lies a mark with the number of the
last one that was added.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from actors.redis_connection import Script

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from actors.cache.messages import AddCounts

_ADD: Final = Script(files("actors.cache").joinpath("add_counts.lua").read_text(encoding="utf-8"))


async def add_counts(client: Redis, full_key: str, message: AddCounts) -> None:
    """Add the counts of one batch, once, in one round trip.

    Raises:
        redis.RedisError: Whatever the client raises.
    """
    arguments: list[str | int] = [message.batch, max(1, int(message.ttl_s * 1000))]
    for field, count in message.counts:
        arguments += (field, count)
    await _ADD.run(client, keys=(full_key, f"{full_key}:{message.writer}"), arguments=arguments)
