"""Buckets in Redis, shared by every process, spent from by one Lua script."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, cast

from actors.rate_limiter.bucket import Decision, Limit
from actors.redis_connection import Script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redis.asyncio import Redis

SCRIPT = files("actors.rate_limiter").joinpath("acquire.lua").read_text(encoding="utf-8")
_ACQUIRE = Script(SCRIPT)


async def acquire_shared(client: Redis, buckets: Mapping[str, Limit], cost: int) -> Decision:
    """Spend ``cost`` tokens of every bucket, or of none.

    Args:
        client: Where the buckets are.
        buckets: The limit to keep, by the whole Redis key under which its bucket lies; the key
            expires when the bucket is full.
        cost: Whole tokens, at least 1.

    Raises:
        redis.RedisError: Whatever the client raises.
    """
    arguments = [
        number
        for limit in buckets.values()
        for number in (limit.token_us, limit.full_after_us, limit.charge_us(cost))
    ]
    answer = await _ACQUIRE.run(client, keys=tuple(buckets), arguments=arguments)
    remaining, retry_after_us, refused_by = cast("list[int]", answer)
    return Decision(
        remaining=remaining,
        retry_after_us=retry_after_us,
        refused_by=refused_by - 1 if refused_by else None,
    )
