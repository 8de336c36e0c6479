"""The cache of a program that was given no Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actors.cache import CacheHealth, GetCacheHealth, GetValue, Hit, ProcessCache, PutValue, Shelf
from actors.kernel import ActorSystem, ChildSpec, InjectFault
from actors.testing import run_actor

if TYPE_CHECKING:
    from actors.kernel import Address


async def has(cache: Address, key: str) -> bool:
    return isinstance(await cache.ask(GetValue(key=key), timeout_s=1), Hit)


async def test_it_says_that_it_is_no_connection_and_what_it_was_good_for() -> None:
    async with run_actor(ProcessCache(Shelf())) as cache:
        cache.tell(PutValue(key="a", value=b"1", ttl_s=60))
        assert [await has(cache, "a"), await has(cache, "b")] == [True, False]

        health = await cache.ask(GetCacheHealth(), timeout_s=1)

    assert health == CacheHealth(state="in_memory", latency_ms=None, detail=None, hits=1, misses=1)


async def test_what_was_put_longest_ago_makes_room() -> None:
    async with run_actor(ProcessCache(Shelf(most_bytes=100))) as cache:
        for key in ("a", "b", "a", "c"):
            cache.tell(PutValue(key=key, value=bytes(40), ttl_s=60))

        held = [await has(cache, key) for key in ("a", "b", "c")]

    assert held == [True, False, True]


@pytest.mark.parametrize("sizes", [(60, 10), (10, 60)])
async def test_a_replaced_value_takes_no_room_any_more(sizes: tuple[int, int]) -> None:
    async with run_actor(ProcessCache(Shelf(most_bytes=100))) as cache:
        cache.tell(PutValue(key="other", value=bytes(30), ttl_s=60))
        for size in sizes * 20:
            cache.tell(PutValue(key="a", value=bytes(size), ttl_s=60))

        held = [await has(cache, key) for key in ("other", "a")]

    assert held == [True, True]


async def test_values_outlive_the_actor() -> None:
    shelf, system = Shelf(), ActorSystem()
    async with system.running([ChildSpec(name="cache", start=lambda: ProcessCache(shelf))]):
        cache = system.address("cache")
        cache.tell(PutValue(key="a", value=b"1", ttl_s=60))
        assert await has(cache, "a")
        await system.supervisor.ask(InjectFault(name="cache", fault="crash"), timeout_s=1)

        assert await has(cache, "a")
