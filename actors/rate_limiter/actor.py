"""Token buckets: shared in Redis, in this process's memory while Redis is away.

**Owns** the Redis connection used for limits, and the in-memory buckets. Keys are
``<namespace>:<limit>:<key>`` and expire by themselves when their bucket is full.

**Loses at restart** the connection and the in-memory buckets (they begin full). Buckets in Redis
outlive it.

**Failure modes**

- No URL: in memory. A chosen mode, so not degraded; every process then has limits of its own.
- Redis is dead or frozen: degraded, in memory, where buckets begin full: an outage may allow one
  more burst per key and process. The call that finds Redis frozen takes 0.65 s at most.
- Redis refuses the script (out of memory, no permission): degraded, that request is decided in
  memory.
- A request is sent to Redis twice (a retry on a lost connection): a token too many may be spent.
- A request spends from several buckets: from all or from none, in Redis and in memory alike.
- A wrong URL or wrong credentials: `FatalError` naming ``REDIS_URL``.
- A request for a limit that nobody named is a mistake in the program: that bucket is passed over,
  logged as an error, and never a reason to restart for everybody else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from typing_extensions import override

from actors.kernel import AsyncioActor
from actors.rate_limiter.memory import InMemoryBuckets
from actors.rate_limiter.messages import (
    AcquirePermit,
    GetRateLimiterHealth,
    PermitDenied,
    PermitGranted,
    RateLimiterHealth,
    RateLimiterMessage,
)
from actors.rate_limiter.shared import acquire_shared
from actors.redis_connection import NotDone, open_redis

if TYPE_CHECKING:
    from pydantic import SecretStr

    from actors.rate_limiter.bucket import Decision, Limit
    from actors.redis_connection.connection import RedisConnection


class RateLimiter(AsyncioActor[RateLimiterMessage]):
    """Says who may go on and who must wait, and until when.

    Args:
        url: Where the shared buckets are; None to keep them in memory.
        limits: The limits that requests may name.
        namespace: Set before every key, to share a Redis with others.
    """

    finishes_expired = True  # as the cache: a connection is judged by the ends of its calls

    def __init__(
        self, *, url: SecretStr | None, limits: tuple[Limit, ...], namespace: str = "limit"
    ) -> None:
        super().__init__()
        self._url = url
        self._limits = {limit.name: limit for limit in limits}
        self._namespace = namespace
        self._redis: RedisConnection | None = None
        self._in_memory = InMemoryBuckets()

    @override
    async def on_start(self) -> None:
        """Connect, or begin in memory."""
        if self._url is None:
            self.log.info("rate_limiter.in_memory")
            return
        self._redis = await open_redis(self, url=self._url, effect="limits in memory")

    @override
    async def on_stop(self) -> None:
        """Close the connection."""
        if self._redis is not None:
            await self._redis.close()

    @override
    async def on_receive(self, message: RateLimiterMessage) -> object:
        """Handle one message; never fails for Redis's sake."""
        match message:
            case AcquirePermit():
                return await self._acquire(message)
            case GetRateLimiterHealth():
                return self._describe_health()
            case _:
                assert_never(message)

    async def _acquire(self, message: AcquirePermit) -> PermitGranted | PermitDenied:
        limits = self._known_limits(message)
        if not limits:
            return PermitGranted(remaining=0)
        decision = await self._decide(limits, message.cost)
        if decision.refused_by is None:
            return PermitGranted(remaining=decision.remaining)
        wait = timedelta(microseconds=decision.retry_after_us)
        refused_by, _ = limits[decision.refused_by]
        return PermitDenied(retry_at=self.clock.now() + wait, limit=refused_by.name)

    def _known_limits(self, message: AcquirePermit) -> list[tuple[Limit, str]]:
        found = []
        for bucket in message.buckets:
            limit = self._limits.get(bucket.limit)
            if limit is None:
                self.log.error("rate_limiter.unknown_limit", limit=bucket.limit)
            else:
                found.append((limit, bucket.key))
        return found

    async def _decide(self, limits: list[tuple[Limit, str]], cost: int) -> Decision:
        if self._redis is not None:
            keys = {f"{self._namespace}:{limit.name}:{key}": limit for limit, key in limits}
            decision = await self._redis.call(
                "evalsha", lambda client: acquire_shared(client, keys, cost)
            )
            if not isinstance(decision, NotDone):
                return decision
        now_us = int(self.clock.monotonic_s() * 1_000_000)
        return self._in_memory.acquire(limits, cost=cost, now_us=now_us)

    def _describe_health(self) -> RateLimiterHealth:
        if self._redis is None:
            return RateLimiterHealth(state="in_memory", detail=None)
        shared = self._redis.state == "connected"
        return RateLimiterHealth(
            state="shared" if shared else "in_memory", detail=self._redis.detail
        )
