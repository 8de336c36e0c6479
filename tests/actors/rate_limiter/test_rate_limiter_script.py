"""The Lua script and the Python rule are one rule: the same suite and the same sequences for both.

The script takes the time from Redis itself; here it is made to take it from the test, so that
sequences with pauses of hours run at once, and its keys do not expire in the test's own time.
Everything else of it is what ships.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from actors.rate_limiter.bucket import Decision, Limit, TokenBucket, spend_all
from actors.rate_limiter.shared import SCRIPT, acquire_shared

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

REPLACED = {
    "redis.call('TIME')": "{ARGV[#ARGV - 1], ARGV[#ARGV]}",
    "math.ceil(bucket.owed_us / 1000)": "1000000",
}
TIMED_SCRIPT = SCRIPT
for shipped, timed in REPLACED.items():
    TIMED_SCRIPT = TIMED_SCRIPT.replace(shipped, timed)
NOW_S = 1_795_000_000  # a present-day clock, so that the numbers are as large as in earnest

single_limits = st.builds(
    Limit,
    name=st.just("any"),
    capacity=st.integers(1, 50),
    refill_per_s=st.one_of(st.floats(0.001, 1000), st.integers(1, 1000)),
)
pauses_us = st.one_of(st.integers(0, 2_000_000), st.integers(-(10**10), 10**11))
which = st.sets(st.integers(0, 2), min_size=1)  # the buckets that a request spends from
sequences = st.lists(
    st.tuples(pauses_us, st.integers(1, 60), which.map(sorted)), min_size=1, max_size=30
)


@pytest.fixture
async def redis_client(redis_url: str) -> AsyncIterator[Redis]:
    # One retry, as the actor's client has: the stand-in hangs up after each error that it answers.
    retry = Retry(NoBackoff(), retries=1)
    async with Redis.from_url(redis_url, protocol=2, retry=retry) as client:
        yield client


async def _decide_in_redis(
    client: Redis, limits: list[Limit], sequence: list[tuple[int, int, list[int]]]
) -> list[Decision]:
    await client.flushdb()
    decisions, now_us = [], NOW_S * 1_000_000
    for pause_us, cost, places in sequence:
        now_us += pause_us
        chosen = [limits[place] for place in places]
        numbers = [
            number
            for limit in chosen
            for number in (limit.token_us, limit.full_after_us, limit.charge_us(cost))
        ]
        answer = await client.eval(
            TIMED_SCRIPT,
            len(places),
            *(f"bucket{place}" for place in places),
            *numbers,
            *divmod(now_us, 1_000_000),
        )
        remaining, retry_after_us, refused_by = answer
        decisions.append(
            Decision(
                remaining=remaining,
                retry_after_us=retry_after_us,
                refused_by=refused_by - 1 if refused_by else None,
            )
        )
    return decisions


def _decide_in_python(
    limits: list[Limit], sequence: list[tuple[int, int, list[int]]]
) -> list[Decision]:
    buckets, decisions, now_us = [TokenBucket()] * 3, [], NOW_S * 1_000_000
    for pause_us, cost, places in sequence:
        now_us += pause_us
        afterwards, decision = spend_all(
            [buckets[place] for place in places],
            [limits[place] for place in places],
            cost=cost,
            now_us=now_us,
        )
        for place, bucket in zip(places, afterwards, strict=True):
            buckets[place] = bucket
        decisions.append(decision)
    return decisions


def test_the_timed_script_differs_from_the_real_one_only_in_where_the_time_comes_from() -> None:
    assert [SCRIPT.count(shipped) for shipped in REPLACED] == [1, 1]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limits=st.lists(single_limits, min_size=3, max_size=3), sequence=sequences)
def test_the_script_decides_every_sequence_as_the_python_rule_does(
    redis_url: str, limits: list[Limit], sequence: list[tuple[int, int, list[int]]]
) -> None:
    async def in_redis() -> list[Decision]:
        async with Redis.from_url(redis_url, protocol=2) as client:
            return await _decide_in_redis(client, limits, sequence)

    assert asyncio.run(in_redis()) == _decide_in_python(limits, sequence)


async def test_the_script_grants_a_burst_and_then_says_when_to_come_back(
    redis_client: Redis,
) -> None:
    limit = Limit(name="slow", capacity=2, refill_per_s=0.001)

    decisions = [await acquire_shared(redis_client, {"bucket": limit}, 1) for _ in range(3)]

    assert [(d.granted, d.remaining) for d in decisions] == [(True, 1), (True, 0), (False, 0)]
    assert 0 < decisions[2].retry_after_us <= limit.token_us


async def test_the_script_is_loaded_again_when_redis_has_forgotten_it(
    redis_client: Redis,
) -> None:
    limit = Limit(name="slow", capacity=5, refill_per_s=0.001)
    await acquire_shared(redis_client, {"bucket": limit}, 1)
    await redis_client.script_flush()

    decision = await acquire_shared(redis_client, {"bucket": limit}, 1)

    assert decision.remaining == 3


async def test_a_bucket_in_redis_expires_when_it_is_full(redis_client: Redis) -> None:
    limit = Limit(name="slow", capacity=10, refill_per_s=0.1)

    await acquire_shared(redis_client, {"bucket": limit}, 3)

    assert 0 < await redis_client.pttl("bucket") <= 30_000


async def test_a_bucket_in_redis_that_holds_no_number_counts_as_full(
    redis_client: Redis,
) -> None:
    limit = Limit(name="slow", capacity=3, refill_per_s=0.001)
    await redis_client.set("bucket", "what a stranger wrote")

    decision = await acquire_shared(redis_client, {"bucket": limit}, 1)

    assert decision == Decision(remaining=2, retry_after_us=0)


async def test_nothing_is_spent_in_redis_when_one_of_two_buckets_refuses(
    redis_client: Redis,
) -> None:
    person = Limit(name="person", capacity=5, refill_per_s=0.001)
    server = Limit(name="server", capacity=2, refill_per_s=0.01)
    both = {"person": person, "server": server}

    decisions = [await acquire_shared(redis_client, both, 1) for _ in range(4)]
    alone = await acquire_shared(redis_client, {"person": person}, 1)

    assert [decision.refused_by for decision in decisions] == [None, None, 1, 1]
    assert 0 < decisions[2].retry_after_us <= server.token_us
    assert alone.remaining == 2
