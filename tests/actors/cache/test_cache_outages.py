"""What only a real Redis can do to the cache: die, freeze under load, say no."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.cache import Cache, DropValues, GetCacheHealth, GetValue, Hit, Miss, PutValue
from actors.kernel import ActorSystem, ChildSpec, GetStatistics

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address
    from tests.redis_fixture.server import RealRedis

ANSWERED_S = 2.5
"""Far above the 0.7 s that a frozen Redis may cost, to leave a busy machine its share, and far
below the 30 s that waiting for it once a request would take."""


class Running:
    """The cache in a system, and what the system says of it."""

    def __init__(self, system: ActorSystem, redis: RealRedis) -> None:
        self._system = system
        self._redis = redis
        self.address: Address = system.address("cache")

    async def get(self, key: str) -> bytes | None:
        answer = await self.address.ask(GetValue(key=key), timeout_s=ANSWERED_S)
        return answer.value if isinstance(answer, Hit) else None

    async def drop(self, *keys: str) -> None:
        await self.address.ask(DropValues(keys=keys), timeout_s=ANSWERED_S)

    def put(self, key: str, value: bytes) -> None:
        assert self.address.tell(PutValue(key=key, value=value, ttl_s=60))

    async def state(self) -> str:
        return (await self.address.ask(GetCacheHealth(), timeout_s=ANSWERED_S)).state

    async def supervised_state(self) -> tuple[str, str | None, int]:
        statistics = await self._system.supervisor.ask(GetStatistics(), timeout_s=1)
        (found,) = (actor for actor in statistics.actors if actor.name == "cache")
        return found.state, found.reason, found.restarts

    async def until_connected(self) -> None:
        while await self.state() != "connected":
            await asyncio.to_thread(self._redis.command, "PING")  # a round trip between looks


@asynccontextmanager
async def running_cache(redis_server: RealRedis, *, concurrency: int = 1) -> AsyncIterator[Running]:
    system = ActorSystem()
    running = Running(system, redis_server)
    url = SecretStr(redis_server.url)
    spec = ChildSpec(name="cache", start=lambda: Cache(url=url), concurrency=concurrency)
    async with system.running([spec]):
        yield running


@pytest.fixture
async def cache(redis_server: RealRedis) -> AsyncIterator[Running]:
    async with running_cache(redis_server) as running:
        yield running


async def test_reads_are_misses_at_once_when_redis_is_killed(
    cache: Running, redis_server: RealRedis
) -> None:
    cache.put("a", b"a")
    assert await cache.get("a") == b"a"

    redis_server.kill()

    assert [await cache.get("a") for _ in range(20)] == [None] * 20
    assert await cache.state() == "reconnecting"


async def test_the_cache_works_again_and_is_not_degraded_when_redis_is_back(
    cache: Running, redis_server: RealRedis
) -> None:
    redis_server.kill()
    await cache.get("a")
    redis_server.start()
    await cache.until_connected()

    cache.put("a", b"a")

    assert await cache.get("a") == b"a"
    assert (await cache.supervised_state())[0] == "running"


@pytest.mark.parametrize("concurrency", [1, 8, 64])
async def test_no_request_waits_long_for_a_frozen_redis(
    redis_server: RealRedis, concurrency: int
) -> None:
    async with running_cache(redis_server, concurrency=concurrency) as cache:
        redis_server.freeze()

        answers = await asyncio.gather(*(cache.get("a") for _ in range(50)))

        assert answers == [None] * 50


async def test_a_value_that_redis_has_no_room_for_takes_the_older_one_with_it(
    cache: Running, redis_server: RealRedis
) -> None:
    cache.put("a", b"old")
    assert await cache.get("a") == b"old"
    redis_server.command("CONFIG", "SET", "maxmemory", "1")

    cache.put("a", b"new")
    await cache.address.ask(DropValues(keys=()), timeout_s=ANSWERED_S)
    await cache.state()

    assert await cache.get("a") is None
    state, reason, _ = await cache.supervised_state()
    assert (state, "OutOfMemoryError" in (reason or "")) == ("degraded", True)


async def test_a_key_of_another_kind_is_a_miss_and_no_fault(
    cache: Running, redis_server: RealRedis
) -> None:
    redis_server.command("RPUSH", "cache:a", "a list of a stranger")

    answer = await cache.address.ask(GetValue(key="a"), timeout_s=ANSWERED_S)

    assert answer == Miss()
    assert (await cache.supervised_state())[2] == 0


async def test_the_cache_starts_without_redis_and_finds_it_later(redis_server: RealRedis) -> None:
    redis_server.kill()
    async with running_cache(redis_server) as cache:
        assert await cache.get("a") is None

        redis_server.start()
        await cache.until_connected()
        cache.put("a", b"a")

        assert await cache.get("a") == b"a"
