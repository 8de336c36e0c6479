"""Buckets in Redis, shared by every process, spent from by one Lua script."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from redis.exceptions import NoScriptError

from actors.rate_limiter.bucket import Decision, Limit

if TYPE_CHECKING:
    from redis.asyncio import Redis

__all__ = ["SCRIPT", "acquire_shared"]

SCRIPT = files("actors.rate_limiter").joinpath("acquire.lua").read_text(encoding="utf-8")
_SCRIPT_SHA1 = hashlib.sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()


async def acquire_shared(client: Redis, key: str, limit: Limit, cost: int) -> Decision:
    """Spend ``cost`` tokens of the bucket that lies under ``key``.

    Args:
        client: Where the bucket is.
        key: The whole Redis key. It expires when the bucket is full.
        limit: The limit to keep.
        cost: Whole tokens, at least 1.

    Raises:
        redis.RedisError: Whatever the client raises.
    """
    arguments = (limit.token_us, limit.full_after_us, limit.charge_us(cost))
    try:
        answer = await client.evalsha(_SCRIPT_SHA1, 1, key, *arguments)
    except NoScriptError:
        # Redis restarted or its scripts were flushed; EVAL loads it again for the next call.
        answer = await client.eval(SCRIPT, 1, key, *arguments)
    granted, remaining, retry_after_us = cast("list[int]", answer)
    return Decision(granted=bool(granted), remaining=remaining, retry_after_us=retry_after_us)
