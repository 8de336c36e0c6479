"""Counts: one suite for the cache in memory and the real one, well and in an outage."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import pytest
from pydantic import SecretStr

from actors.cache import AddCounts, Cache, CountsAdded, CountsNotAdded, GetCacheHealth
from actors.cache.in_memory import InMemoryCache, Shelf
from actors.testing import ManualClock, run_actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address
    from tests.redis_fixture.server import RealRedis

ANSWERED_S = 5.0
DAY = "counters:2026-11-24"


class Store(Protocol):
    """Whatever keeps the counts, and can be hurt."""

    def go_away(self) -> None: ...
    def come_back(self) -> None: ...
    def numbers(self, key: str) -> dict[str, int]: ...


class ShelfStore:
    def __init__(self, shelf: Shelf, clock: ManualClock) -> None:
        self._shelf = shelf
        self._clock = clock

    def go_away(self) -> None:
        self._shelf.go_away()

    def come_back(self) -> None:
        self._shelf.come_back()

    def numbers(self, key: str) -> dict[str, int]:
        return self._shelf.counts(key, now_s=self._clock.monotonic_s())


class RedisStore:
    """A real Redis, which is frozen: what it was sent meanwhile it does when it thaws."""

    def __init__(self, redis: RealRedis) -> None:
        self._redis = redis

    def go_away(self) -> None:
        self._redis.freeze()

    def come_back(self) -> None:
        self._redis.thaw()

    def numbers(self, key: str) -> dict[str, int]:
        words = self._redis.command("HGETALL", f"cache:{key}").decode().split("\r\n")[2::2]
        return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


class House:
    """A cache and its store, and a short way to ask."""

    def __init__(self, cache: Address, store: Store) -> None:
        self.cache = cache
        self.store = store

    async def add(
        self, batch: int, *, key: str = DAY, writer: str = "one", **counts: int
    ) -> CountsAdded | CountsNotAdded:
        message = AddCounts(
            key=key, counts=tuple(counts.items()), ttl_s=60, writer=writer, batch=batch
        )
        return await self.cache.ask(message, timeout_s=ANSWERED_S)

    async def until_connected(self) -> None:
        while (await self.cache.ask(GetCacheHealth(), timeout_s=ANSWERED_S)).state != "connected":
            await asyncio.to_thread(self.store.numbers, DAY)


@pytest.fixture(params=["in memory", "redis"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    if request.param == "in memory":
        shelf, clock = Shelf(), ManualClock()
        async with run_actor(InMemoryCache(shelf), clock=clock) as cache:
            yield House(cache, ShelfStore(shelf, clock))
        return
    redis: RealRedis = request.getfixturevalue("redis_server")
    async with run_actor(Cache(url=SecretStr(redis.url))) as cache:
        yield House(cache, RedisStore(redis))


async def test_counts_are_added_to_those_that_are_there(house: House) -> None:
    first = await house.add(1, check=2, scout=1)
    second = await house.add(2, check=3)

    assert first == second == CountsAdded()
    assert house.store.numbers(DAY) == {"check": 5, "scout": 1}


async def test_a_batch_that_is_asked_for_again_is_done_and_not_added_twice(house: House) -> None:
    await house.add(1, check=2)
    await house.add(2, check=3)

    again = [await house.add(batch, check=3) for batch in (2, 1)]

    assert again == [CountsAdded(), CountsAdded()]
    assert house.store.numbers(DAY) == {"check": 5}


async def test_writers_and_hashes_are_apart(house: House) -> None:
    await house.add(7, check=1, writer="one")
    await house.add(1, check=1, writer="other")
    await house.add(1, check=1, key="counters:2026-11-25")

    assert house.store.numbers(DAY) == {"check": 2}
    assert house.store.numbers("counters:2026-11-25") == {"check": 1}


async def test_nothing_to_add_is_done(house: House) -> None:
    assert await house.add(1) == CountsAdded()
    assert house.store.numbers(DAY) == {}


async def test_a_batch_is_added_once_however_often_it_was_asked_for_in_an_outage(
    house: House,
) -> None:
    await house.add(1, check=1)
    house.store.go_away()

    during = [await house.add(2, check=10) for _ in range(2)]
    house.store.come_back()
    await house.until_connected()
    after = await house.add(2, check=10)

    assert during == [CountsNotAdded(), CountsNotAdded()]
    assert after == CountsAdded()
    assert house.store.numbers(DAY) == {"check": 11}


async def test_the_hash_and_the_mark_beside_it_expire(redis_server: RealRedis) -> None:
    async with run_actor(Cache(url=SecretStr(redis_server.url))) as cache:
        await House(cache, RedisStore(redis_server)).add(1, check=1)

    for key in (f"cache:{DAY}", f"cache:{DAY}:one"):
        left_ms = int(redis_server.command("PTTL", key)[1:])
        assert 0 < left_ms <= 60_000


async def test_counts_in_memory_expire() -> None:
    shelf, clock = Shelf(), ManualClock()
    async with run_actor(InMemoryCache(shelf), clock=clock) as cache:
        house = House(cache, ShelfStore(shelf, clock))
        await house.add(1, check=1)
        await clock.advance(60)

        assert house.store.numbers(DAY) == {}
        await house.add(2, check=2)
        assert house.store.numbers(DAY) == {"check": 2}


async def test_counts_are_not_added_under_a_key_of_another_kind(redis_server: RealRedis) -> None:
    async with run_actor(Cache(url=SecretStr(redis_server.url))) as cache:
        redis_server.command("RPUSH", f"cache:{DAY}", "a list of a stranger")
        house = House(cache, RedisStore(redis_server))

        assert await house.add(1, check=1) == CountsNotAdded()
        redis_server.command("DEL", f"cache:{DAY}")
        assert await house.add(1, check=1) == CountsAdded()
        assert house.store.numbers(DAY) == {"check": 1}


@pytest.mark.parametrize("ttl_s", [0.0, -1.0])
def test_a_lifetime_that_is_none_is_refused(ttl_s: float) -> None:
    with pytest.raises(ValueError, match="ttl_s"):
        AddCounts(key=DAY, counts=(), ttl_s=ttl_s, writer="one", batch=1)
