"""One suite for the cache in memory and the real one over a Redis that is well."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.cache import (
    Cache,
    CacheHealth,
    DropValues,
    GetCacheHealth,
    GetValue,
    Hit,
    Miss,
    PutValue,
    ValuesDropped,
)
from actors.cache.actor import MAX_VALUE_BYTES
from actors.cache.in_memory import InMemoryCache, Shelf
from actors.kernel import ActorSystem, ChildSpec, InjectFault
from actors.testing import run_actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

ANSWERED_S = 2.5


@pytest.fixture(params=["in memory", "redis"])
def spec(request: pytest.FixtureRequest) -> ChildSpec:
    if request.param == "in memory":
        shelf = Shelf()
        return ChildSpec(name="cache", start=lambda: InMemoryCache(shelf))
    url = SecretStr(request.getfixturevalue("redis_url"))
    return ChildSpec(name="cache", start=lambda: Cache(url=url))


@pytest.fixture
async def cache(spec: ChildSpec) -> AsyncIterator[Address]:
    async with run_actor(spec) as address:
        yield address


async def _get(cache: Address, key: str) -> bytes | None:
    answer = await cache.ask(GetValue(key=key), timeout_s=ANSWERED_S)
    return answer.value if isinstance(answer, Hit) else None


async def _drop(cache: Address, *keys: str) -> ValuesDropped:
    return await cache.ask(DropValues(keys=keys), timeout_s=ANSWERED_S)


async def _health(cache: Address) -> CacheHealth:
    return await cache.ask(GetCacheHealth(), timeout_s=ANSWERED_S)


async def test_a_value_that_was_put_is_a_hit_with_its_time(cache: Address) -> None:
    cache.tell(PutValue(key="event:7", value=b"\x00report", ttl_s=60))

    answer = await cache.ask(GetValue(key="event:7"), timeout_s=ANSWERED_S)

    assert isinstance(answer, Hit)
    assert answer.value == b"\x00report"
    assert answer.stored_at.utcoffset() == timedelta(0)


async def test_a_key_that_was_never_put_is_a_miss(cache: Address) -> None:
    answer = await cache.ask(GetValue(key="event:7"), timeout_s=ANSWERED_S)

    assert answer == Miss()


async def test_a_value_takes_the_place_of_an_older_one(cache: Address) -> None:
    cache.tell(PutValue(key="a", value=b"older", ttl_s=60))
    cache.tell(PutValue(key="a", value=b"newer", ttl_s=60))

    assert await _get(cache, "a") == b"newer"


async def test_an_empty_value_is_a_value(cache: Address) -> None:
    cache.tell(PutValue(key="a", value=b"", ttl_s=60))

    assert await _get(cache, "a") == b""


async def test_dropped_values_are_misses_and_others_stay(cache: Address) -> None:
    for key in ("a", "b", "c"):
        cache.tell(PutValue(key=key, value=key.encode(), ttl_s=60))

    dropped = await _drop(cache, "a", "b", "never put")

    assert dropped == ValuesDropped()
    assert [await _get(cache, key) for key in ("a", "b", "c")] == [None, None, b"c"]


async def test_dropping_nothing_is_answered(cache: Address) -> None:
    assert await _drop(cache) == ValuesDropped()
    assert (await _health(cache)).detail is None


async def test_a_value_expires(cache: Address) -> None:
    cache.tell(PutValue(key="a", value=b"a", ttl_s=0.001))

    while await _get(cache, "a") is not None:
        pass  # a millisecond: the test's time limit is the failure


async def test_a_value_of_the_largest_size_is_kept(cache: Address) -> None:
    # The stand-in for Redis sends a value without a line break as one line, which is longer than
    # what a client reads.
    value = b"x" * (MAX_VALUE_BYTES - 1) + b"\n"
    cache.tell(PutValue(key="chart", value=value, ttl_s=60))

    assert await _get(cache, "chart") == value


async def test_a_value_that_is_too_large_is_not_kept_and_takes_the_older_one_with_it(
    cache: Address,
) -> None:
    cache.tell(PutValue(key="chart", value=b"older", ttl_s=60))
    cache.tell(PutValue(key="chart", value=b"x" * (MAX_VALUE_BYTES + 1), ttl_s=60))

    assert await _get(cache, "chart") is None


async def test_health_counts_hits_and_misses_and_measures_a_round_trip(cache: Address) -> None:
    cache.tell(PutValue(key="a", value=b"a", ttl_s=60))
    for key in ("a", "b", "a"):
        await _get(cache, key)

    health = await _health(cache)

    assert (health.state, health.hits, health.misses) == ("connected", 2, 1)
    assert health.latency_ms is not None
    assert health.detail is None


async def test_values_outlive_the_actors_incarnation(spec: ChildSpec) -> None:
    system = ActorSystem()
    cache = system.address("cache")

    async with system.running([spec]):
        cache.tell(PutValue(key="a", value=b"a", ttl_s=60))
        assert await _get(cache, "a") == b"a"
        await system.supervisor.ask(InjectFault(name="cache", fault="crash"), timeout_s=1)

        assert await cache.ask(GetValue(key="a"), timeout_s=5) != Miss()
        assert (await _health(cache)).hits == 1  # counted since this incarnation began
