"""What the rate limiter promises while a real Redis is killed and frozen, and among processes."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.kernel import ActorSystem, ChildSpec, GetStatistics
from actors.rate_limiter import (
    AcquirePermit,
    Bucket,
    GetRateLimiterHealth,
    Limit,
    PermitDenied,
    PermitGranted,
    RateLimiter,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.redis_fixture.server import RealRedis

ANSWERED_S = 2.5
"""Far above the 0.7 s that a frozen Redis may cost, to leave a busy machine its share, and far
below the 30 s that waiting for it once a request would take."""
CAPACITY = 5
LIMITS = (Limit(name="command", capacity=CAPACITY, refill_per_s=0.001),)


class Running:
    """The limiter in a system, and what the system says of it."""

    def __init__(self, system: ActorSystem, redis: RealRedis) -> None:
        self._system = system
        self._redis = redis
        self._address = system.address("rate_limiter")

    async def acquire(self, key: str = "user:1") -> PermitGranted | PermitDenied:
        permit = AcquirePermit(buckets=(Bucket(limit="command", key=key),))
        return await self._address.ask(permit, timeout_s=ANSWERED_S)

    async def count_granted(self, times: int) -> int:
        answers = await asyncio.gather(*(self.acquire() for _ in range(times)))
        return sum(isinstance(answer, PermitGranted) for answer in answers)

    async def supervised_state(self) -> tuple[str, int]:
        statistics = await self._system.supervisor.ask(GetStatistics(), timeout_s=1)
        (found,) = (actor for actor in statistics.actors if actor.name == "rate_limiter")
        return found.state, found.restarts

    async def until_shared(self) -> None:
        while await self._where() != "shared":
            await asyncio.to_thread(self._redis.command, "PING")  # a round trip between looks

    async def _where(self) -> str:
        return (await self._address.ask(GetRateLimiterHealth(), timeout_s=ANSWERED_S)).state


@pytest.fixture
async def limiter(redis_server: RealRedis) -> AsyncIterator[Running]:
    system = ActorSystem()
    running = Running(system, redis_server)
    url = SecretStr(redis_server.url)
    spec = ChildSpec(
        name="rate_limiter",
        start=lambda: RateLimiter(url=url, limits=LIMITS),
        concurrency=16,
    )
    async with system.running([spec]):
        yield running


async def test_limits_are_kept_in_memory_when_redis_is_killed(
    limiter: Running, redis_server: RealRedis
) -> None:
    redis_server.kill()

    granted = await limiter.count_granted(times=20)

    assert granted == CAPACITY
    assert await limiter.supervised_state() == ("degraded", 0)


async def test_no_request_waits_long_for_a_frozen_redis_and_limits_are_kept(
    limiter: Running, redis_server: RealRedis
) -> None:
    redis_server.freeze()

    granted = await limiter.count_granted(times=50)

    assert granted == CAPACITY


async def test_shared_buckets_are_used_again_when_redis_thaws(
    limiter: Running, redis_server: RealRedis
) -> None:
    await limiter.acquire()
    redis_server.freeze()
    await limiter.count_granted(times=20)

    redis_server.thaw()
    await limiter.until_shared()

    # What the frozen Redis had been sent it may have counted; nothing was spent besides.
    answer = await limiter.acquire("user:2")
    assert answer == PermitGranted(remaining=CAPACITY - 1)
    assert await limiter.supervised_state() == ("running", 0)


async def test_shared_buckets_are_used_again_when_redis_was_restarted(
    limiter: Running, redis_server: RealRedis
) -> None:
    redis_server.kill()
    await limiter.acquire()
    redis_server.start()
    await limiter.until_shared()

    assert await limiter.count_granted(times=20) == CAPACITY


async def test_a_request_is_decided_in_memory_when_redis_has_no_room(
    limiter: Running, redis_server: RealRedis
) -> None:
    redis_server.command("CONFIG", "SET", "maxmemory", "1")

    granted = await limiter.count_granted(times=20)

    assert granted == CAPACITY
    assert await limiter.supervised_state() == ("degraded", 0)


async def test_four_processes_at_once_spend_exactly_what_the_buckets_hold(
    redis_server: RealRedis,
) -> None:
    script = Path(__file__).with_name("acquire_in_process.py")
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            str(script),
            redis_server.url,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(4)
    ]
    for process in processes:  # all are connected before any begins
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"

    outputs = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    # 2,000 requests of three people, whose own buckets hold 400 each and their server's 1,000.
    granted = [[int(word) for word in output.split()] for output, _ in outputs]
    by_person = [sum(counts) for counts in zip(*granted, strict=True)]
    assert sum(by_person) == 1000
    assert max(by_person) <= 400
