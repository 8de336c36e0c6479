from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.rate_limiter.bucket import Limit, TokenBucket, spend_all
from actors.rate_limiter.memory import InMemoryBuckets

SECOND_US = 1_000_000

limits = st.builds(
    Limit,
    name=st.just("any"),
    capacity=st.integers(1, 100),
    refill_per_s=st.floats(0.01, 10_000),
)
steps = st.lists(st.tuples(st.integers(0, 10 * SECOND_US), st.integers(1, 120)), max_size=50)


def test_a_full_bucket_grants_its_capacity_at_once_and_then_denies() -> None:
    limit = Limit(name="ping", capacity=3, refill_per_s=1)
    bucket = TokenBucket()

    decisions = []
    for _ in range(4):
        bucket, decision = bucket.spend(limit, cost=1, now_us=0)
        decisions.append((decision.granted, decision.remaining))

    assert decisions == [(True, 2), (True, 1), (True, 0), (False, 0)]


def test_an_empty_bucket_says_when_the_next_token_is_there() -> None:
    limit = Limit(name="ping", capacity=1, refill_per_s=0.5)
    bucket, _ = TokenBucket().spend(limit, cost=1, now_us=0)

    _, decision = bucket.spend(limit, cost=1, now_us=500_000)

    assert decision.retry_after_us == 1_500_000


def test_a_cost_above_the_capacity_takes_a_full_bucket() -> None:
    limit = Limit(name="ping", capacity=2, refill_per_s=1)

    _, decision = TokenBucket().spend(limit, cost=50, now_us=0)

    assert decision.granted
    assert decision.remaining == 0


@pytest.mark.parametrize(
    ("capacity", "refill_per_s"),
    [(0, 1.0), (1, 0.0), (1, -1.0), (1, float("nan")), (1, 2e6), (1, 1e-9), (10**9, 1.0)],
)
def test_a_limit_that_cannot_be_kept_is_refused(capacity: int, refill_per_s: float) -> None:
    with pytest.raises(ValueError, match="limit 'odd'"):
        Limit(name="odd", capacity=capacity, refill_per_s=refill_per_s)


@given(limit=limits, steps=steps)
def test_no_span_of_time_grants_more_than_a_burst_and_what_grew_back(
    limit: Limit, steps: list[tuple[int, int]]
) -> None:
    bucket, now_us, spent = TokenBucket(), 0, 0

    for pause_us, cost in steps:
        now_us += pause_us
        bucket, decision = bucket.spend(limit, cost=cost, now_us=now_us)
        spent += min(cost, limit.capacity) if decision.granted else 0

        assert spent * limit.token_us <= limit.full_after_us + now_us


@given(limit=limits, steps=steps, cost=st.integers(1, 120))
def test_what_is_denied_is_granted_at_the_moment_named_and_not_before(
    limit: Limit, steps: list[tuple[int, int]], cost: int
) -> None:
    bucket, now_us = TokenBucket(), 0
    for pause_us, earlier_cost in steps:
        now_us += pause_us
        bucket, _ = bucket.spend(limit, cost=earlier_cost, now_us=now_us)

    _, decision = bucket.spend(limit, cost=cost, now_us=now_us)
    retry_us = now_us + decision.retry_after_us
    _, at_the_moment = bucket.spend(limit, cost=cost, now_us=retry_us)
    _, just_before = bucket.spend(limit, cost=cost, now_us=retry_us - 1)

    assert at_the_moment.granted
    assert decision.granted or not just_before.granted


@given(limit=limits, steps=steps)
def test_a_denied_request_spends_nothing(limit: Limit, steps: list[tuple[int, int]]) -> None:
    bucket, now_us = TokenBucket(), 0

    for pause_us, cost in steps:
        now_us += pause_us
        before = bucket
        bucket, decision = bucket.spend(limit, cost=cost, now_us=now_us)

        assert decision.granted or bucket == before


@given(limit=limits, back_us=st.integers(0, 10**12))
def test_nobody_waits_longer_than_a_refill_when_the_clock_steps_back(
    limit: Limit, back_us: int
) -> None:
    bucket, _ = TokenBucket().spend(limit, cost=limit.capacity, now_us=10**12)
    now_us = 10**12 - back_us

    bucket, decision = bucket.spend(limit, cost=1, now_us=now_us)
    _, later = bucket.spend(limit, cost=1, now_us=now_us + limit.full_after_us)

    assert decision.retry_after_us <= limit.full_after_us
    assert later.granted


@given(data=st.data(), limits=st.lists(limits, min_size=1, max_size=3), steps=steps)
def test_a_request_spends_from_all_its_buckets_or_from_none(
    data: st.DataObject, limits: list[Limit], steps: list[tuple[int, int]]
) -> None:
    now_us = data.draw(st.integers(0, 10 * SECOND_US))
    buckets = [
        TokenBucket(full_at_us=data.draw(st.integers(0, 2 * limit.full_after_us)))
        for limit in limits
    ]
    for pause_us, cost in steps:
        now_us += pause_us
        alone = [
            bucket.spend(limit, cost=cost, now_us=now_us)
            for bucket, limit in zip(buckets, limits, strict=True)
        ]
        owed_us = [b.owed_us(limit, now_us) for b, limit in zip(buckets, limits, strict=True)]

        buckets, decision = spend_all(buckets, limits, cost=cost, now_us=now_us)

        assert decision.granted == all(single.granted for _, single in alone)
        if decision.granted:
            assert buckets == [bucket for bucket, _ in alone]
        else:
            assert owed_us == [
                b.owed_us(limit, now_us) for b, limit in zip(buckets, limits, strict=True)
            ]
        assert decision.retry_after_us == max(single.retry_after_us for _, single in alone)


def test_a_refusal_names_the_bucket_that_makes_it_wait_longest() -> None:
    short = Limit(name="short", capacity=1, refill_per_s=1)
    long = Limit(name="long", capacity=1, refill_per_s=0.1)
    buckets, _ = spend_all([TokenBucket()] * 2, [short, long], cost=1, now_us=0)

    _, decision = spend_all(buckets, [short, long], cost=1, now_us=SECOND_US // 2)

    assert (decision.refused_by, decision.retry_after_us) == (1, 9_500_000)


def test_in_memory_buckets_of_different_keys_and_limits_are_apart() -> None:
    buckets = InMemoryBuckets()
    one = Limit(name="one", capacity=1, refill_per_s=1)
    other = Limit(name="other", capacity=1, refill_per_s=1)

    granted = [
        buckets.acquire([(limit, key)], cost=1, now_us=0).granted
        for limit, key in [(one, "a"), (one, "b"), (other, "a"), (one, "a")]
    ]

    assert granted == [True, True, True, False]


def test_in_memory_buckets_forget_the_one_used_longest_ago_when_there_are_too_many() -> None:
    buckets = InMemoryBuckets(max_buckets=2)
    limit = Limit(name="ping", capacity=1, refill_per_s=1)
    for key in ("old", "young", "old", "new"):  # "old" was used again, so "young" has to go
        buckets.acquire([(limit, key)], cost=1, now_us=0)

    young, old = (buckets.acquire([(limit, key)], cost=1, now_us=0) for key in ("young", "old"))

    assert len(buckets) == 2
    assert young.granted
    assert old.granted  # made room for "young"
