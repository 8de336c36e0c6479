"""One suite for the cache in memory and the real one while Redis is away and when it is back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import pytest
from pydantic import SecretStr

from actors.cache import Cache, CacheHealth, DropValues, GetCacheHealth, GetValue, Hit, PutValue
from actors.cache.in_memory import InMemoryCache, Shelf
from actors.kernel import ActorStatistics, ActorSystem, ChildSpec, GetStatistics

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.redis_fixture.server import RealRedis

ANSWERED_S = 2.5
"""Far above the 0.7 s that a frozen Redis may cost, to leave a busy machine its share."""


class Store(Protocol):
    """Whatever keeps the values, and can be taken away."""

    def go_away(self) -> None:
        """Begin an outage in which the values stay where they are."""

    def come_back(self) -> None:
        """End the outage."""

    def pass_time(self) -> None:
        """Take a little real time, where an outage ends in real time."""


class ShelfStore(Shelf):
    def pass_time(self) -> None:
        """Nothing to wait for: the shelf is back at once."""


class FrozenRedis:
    def __init__(self, redis: RealRedis) -> None:
        self._redis = redis

    def go_away(self) -> None:
        self._redis.freeze()

    def come_back(self) -> None:
        self._redis.thaw()

    def pass_time(self) -> None:
        self._redis.command("PING")


class House:
    """A cache in a system, its store, and what the system says of it."""

    def __init__(self, system: ActorSystem, store: Store) -> None:
        self._system = system
        self._cache = system.address("cache")
        self.store = store

    async def get(self, key: str) -> bytes | None:
        answer = await self._cache.ask(GetValue(key=key), timeout_s=ANSWERED_S)
        return answer.value if isinstance(answer, Hit) else None

    def put(self, key: str, value: bytes) -> None:
        assert self._cache.tell(PutValue(key=key, value=value, ttl_s=60))

    async def drop(self, *keys: str) -> None:
        await self._cache.ask(DropValues(keys=keys), timeout_s=ANSWERED_S)

    async def health(self) -> CacheHealth:
        return await self._cache.ask(GetCacheHealth(), timeout_s=ANSWERED_S)

    async def come_back(self) -> None:
        self.store.come_back()
        while (await self.health()).state != "connected":
            await asyncio.to_thread(self.store.pass_time)

    async def statistics(self) -> ActorStatistics:
        (found,) = (await self._system.supervisor.ask(GetStatistics(), timeout_s=1)).actors
        return found


@pytest.fixture(params=["in memory", "redis"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    system = ActorSystem()
    if request.param == "in memory":
        shelf = ShelfStore()
        store: Store = shelf
        spec = ChildSpec(name="cache", start=lambda: InMemoryCache(shelf))
    else:
        redis: RealRedis = request.getfixturevalue("redis_server")
        store = FrozenRedis(redis)
        spec = ChildSpec(name="cache", start=lambda: Cache(url=SecretStr(redis.url)))
    house = House(system, store)
    async with system.running([spec]):
        yield house


async def test_an_outage_is_misses_and_a_state_and_no_restart(house: House) -> None:
    house.put("a", b"a")
    assert await house.get("a") == b"a"

    house.store.go_away()
    answers = [await house.get("a") for _ in range(3)]
    health = await house.health()
    statistics = await house.statistics()

    assert answers == [None, None, None]
    assert (health.state, health.latency_ms) == ("reconnecting", None)
    assert "Redis is away" in (health.detail or "")
    assert (statistics.state, statistics.restarts) == ("degraded", 0)
    assert (statistics.reason or "").startswith("no cache: Redis is away")


async def test_values_are_served_again_and_nothing_is_degraded_after_an_outage(
    house: House,
) -> None:
    house.put("a", b"a")
    await house.get("a")
    house.store.go_away()
    await house.get("a")

    await house.come_back()

    assert await house.get("a") == b"a"
    assert (await house.statistics()).state == "running"


async def test_a_value_dropped_in_an_outage_is_never_served_again(house: House) -> None:
    house.put("stale", b"old")
    house.put("other", b"kept")
    await house.get("stale")
    house.store.go_away()

    await house.drop("stale")
    await house.come_back()

    assert await house.get("stale") is None
    assert await house.get("other") == b"kept"


async def test_a_value_that_could_not_be_replaced_is_never_served_again(house: House) -> None:
    house.put("a", b"old")
    await house.get("a")
    house.store.go_away()
    await house.get("a")

    house.put("a", b"new")
    await house.get("a")  # handled after the value was put
    await house.come_back()

    assert await house.get("a") is None


async def test_values_are_kept_again_after_an_outage(house: House) -> None:
    house.store.go_away()
    await house.get("a")
    await house.come_back()

    house.put("a", b"a")

    assert await house.get("a") == b"a"
