"""What the rate limiter promises wherever its buckets are: one suite over Redis and over memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.kernel import FatalError
from actors.rate_limiter import (
    AcquirePermit,
    Bucket,
    GetRateLimiterHealth,
    Limit,
    PermitDenied,
    PermitGranted,
    RateLimiter,
    RateLimiterHealth,
)
from actors.testing import run_actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

ANSWERED_S = 2.5
LIMITS = (
    Limit(name="command", capacity=3, refill_per_s=0.01),
    Limit(name="autocomplete", capacity=5, refill_per_s=0.01),
    Limit(name="fast", capacity=1, refill_per_s=1000),
)
PERSON = Bucket(limit="command", key="user:1")
SERVER = Bucket(limit="autocomplete", key="guild:1")


@pytest.fixture(params=["shared", "in_memory"])
async def limiter(request: pytest.FixtureRequest) -> AsyncIterator[Address]:
    url = None
    if request.param == "shared":
        url = SecretStr(request.getfixturevalue("redis_url"))
    async with run_actor(RateLimiter(url=url, limits=LIMITS)) as address:
        yield address


async def _acquire(
    limiter: Address, bucket: str = "command", key: str = "user:1", cost: int = 1
) -> PermitGranted | PermitDenied:
    permit = AcquirePermit(buckets=(Bucket(limit=bucket, key=key),), cost=cost)
    return await limiter.ask(permit, timeout_s=ANSWERED_S)


async def _run_briefly(limiter: RateLimiter) -> None:
    async with run_actor(limiter):
        pass


async def test_permits_are_granted_up_to_the_capacity_and_then_denied(limiter: Address) -> None:
    granted = [await _acquire(limiter) for _ in range(3)]
    denied = await _acquire(limiter)

    assert granted == [PermitGranted(remaining=left) for left in (2, 1, 0)]
    assert isinstance(denied, PermitDenied)


async def test_a_denial_says_when_to_try_again(limiter: Address) -> None:
    await _acquire(limiter, cost=3)

    denied = await _acquire(limiter)

    assert isinstance(denied, PermitDenied)
    assert denied.retry_at.utcoffset() == timedelta(0)
    assert denied.retry_at > datetime.now(UTC)


async def test_keys_and_buckets_are_apart(limiter: Address) -> None:
    await _acquire(limiter, cost=3)

    other_key = await _acquire(limiter, key="user:2")
    other_bucket = await _acquire(limiter, bucket="autocomplete")

    assert other_key == PermitGranted(remaining=2)
    assert other_bucket == PermitGranted(remaining=4)


async def test_a_denied_permit_spends_nothing(limiter: Address) -> None:
    await _acquire(limiter, cost=2)
    denied = await _acquire(limiter, cost=2)

    granted = await _acquire(limiter, cost=1)

    assert isinstance(denied, PermitDenied)
    assert granted == PermitGranted(remaining=0)


async def test_a_permit_for_two_buckets_spends_from_both(limiter: Address) -> None:
    both = AcquirePermit(buckets=(PERSON, SERVER))

    granted = await limiter.ask(both, timeout_s=ANSWERED_S)

    assert granted == PermitGranted(remaining=2)
    assert await _acquire(limiter) == PermitGranted(remaining=1)
    assert await _acquire(limiter, SERVER.limit, SERVER.key) == PermitGranted(remaining=3)


async def test_nothing_is_spent_when_one_of_two_buckets_refuses(limiter: Address) -> None:
    await _acquire(limiter, cost=3)

    denied = await limiter.ask(AcquirePermit(buckets=(SERVER, PERSON)), timeout_s=ANSWERED_S)

    assert isinstance(denied, PermitDenied)
    assert denied.limit == PERSON.limit
    assert await _acquire(limiter, SERVER.limit, SERVER.key) == PermitGranted(remaining=4)


async def test_an_unknown_limit_does_not_lift_the_known_one(limiter: Address) -> None:
    unknown = Bucket(limit="misspelled", key="user:1")
    permit = AcquirePermit(buckets=(unknown, PERSON), cost=3)

    assert await limiter.ask(permit, timeout_s=ANSWERED_S) == PermitGranted(remaining=0)
    assert isinstance(await limiter.ask(permit, timeout_s=ANSWERED_S), PermitDenied)


async def test_spent_tokens_grow_back(limiter: Address) -> None:
    await _acquire(limiter, bucket="fast")

    while isinstance(await _acquire(limiter, bucket="fast"), PermitDenied):
        pass  # one token a millisecond: the test's time limit is the failure


async def test_an_unknown_bucket_is_granted_and_harms_nobody_else(limiter: Address) -> None:
    unknown = await _acquire(limiter, bucket="misspelled")
    known = await _acquire(limiter)

    assert unknown == PermitGranted(remaining=0)
    assert known == PermitGranted(remaining=2)


async def test_health_says_where_the_buckets_are(
    limiter: Address, request: pytest.FixtureRequest
) -> None:
    health = await limiter.ask(GetRateLimiterHealth(), timeout_s=ANSWERED_S)

    expected = request.node.callspec.params["limiter"]
    assert health == RateLimiterHealth(state=expected, detail=None)


async def test_two_limiters_on_one_redis_share_their_buckets(redis_url: str) -> None:
    url = SecretStr(redis_url)
    async with (
        run_actor(RateLimiter(url=url, limits=LIMITS)) as one,
        run_actor(RateLimiter(url=url, limits=LIMITS)) as other,
    ):
        await _acquire(one, cost=2)

        assert await _acquire(other) == PermitGranted(remaining=0)
        assert isinstance(await _acquire(one), PermitDenied)


async def test_a_url_that_cannot_be_used_ends_the_program_and_names_the_setting() -> None:
    with pytest.raises(FatalError, match="REDIS_URL"):
        await _run_briefly(RateLimiter(url=SecretStr("localhost:6379"), limits=LIMITS))


def test_a_permit_costs_at_least_one_token() -> None:
    with pytest.raises(ValueError, match="cost"):
        AcquirePermit(buckets=(PERSON,), cost=0)


@pytest.mark.parametrize("buckets", [(), (PERSON, SERVER, PERSON)])
def test_a_permit_names_each_bucket_once(buckets: tuple[Bucket, ...]) -> None:
    with pytest.raises(ValueError, match="no two the same"):
        AcquirePermit(buckets=buckets)
