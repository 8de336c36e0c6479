"""What every actor with a Redis of its own does with it: open it, keep it open, show its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pydantic import SecretStr
    from redis.asyncio import Redis

    from actors.kernel import AsyncioActor
    from actors.redis_connection.connection import RedisConnection


async def _nothing(client: Redis) -> None:
    del client


async def open_redis(
    actor: AsyncioActor[Any],
    *,
    url: SecretStr,
    effect: str,
    prepare: Callable[[Redis], Awaitable[None]] = _nothing,
) -> RedisConnection:
    """Open a connection in ``on_start``, which the actor closes in ``on_stop``.

    Until then the actor's statistics say ``degraded`` while Redis is away or refuses a command.

    Args:
        actor: Whose connection it is; it reconnects beside the actor's handlers.
        url: Where Redis is.
        effect: What the actor does without, in the words of its statistics.
        prepare: Runs on each new connection before calls may use it.

    Raises:
        FatalError: When ``REDIS_URL`` cannot be used, or Redis refuses its credentials.
    """
    from actors.redis_connection.connection import (  # noqa: PLC0415 - the client: 7 MiB, 0.07 s
        RedisConnection,
    )

    def show_state() -> None:
        detail = redis.detail
        if detail is None:
            actor.log.info("redis.connected")
            actor.report_recovered()
        else:
            actor.log.warning("redis.degraded", detail=detail)
            actor.report_degraded(f"{effect}: {detail}")

    redis = RedisConnection(
        url=url, setting="REDIS_URL", clock=actor.clock, on_change=show_state, prepare=prepare
    )
    try:
        await redis.open()
    except BaseException:
        await redis.close()  # the actor was not given it, so its on_stop cannot
        raise
    actor.spawn(redis.keep_open(), name="redis-reconnection")
    return redis
