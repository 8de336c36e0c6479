"""How many calls at once, and how they wait for their turn."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.repository.call_limiter import CallLimiter
from actors.repository.concurrency import ConcurrencyLimit


@given(
    most=st.integers(1, 64),
    events=st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.6]), st.integers(0, 64))),
)
def test_the_limit_stays_between_one_and_most(
    most: int, events: list[tuple[bool, float, int]]
) -> None:
    limit, now_s = ConcurrencyLimit(most), 0.0

    for went_well, pause_s, in_flight in events:
        now_s += pause_s
        before = limit.current
        if went_well:
            limit.note_success(in_flight)
            assert before <= limit.current <= before + 1
        else:
            limit.note_overload(now_s)
            assert before // 2 <= limit.current <= before
        assert 1 <= limit.current <= most


def test_calls_that_fail_together_halve_it_once() -> None:
    limit = ConcurrencyLimit(16)

    for _ in range(16):
        limit.note_overload(1.0)

    assert limit.current == 8


def test_a_limits_worth_of_good_calls_allows_one_more_up_to_most() -> None:
    limit = ConcurrencyLimit(16)
    limit.note_overload(0.0)

    for _ in range(9):
        limit.note_success(limit.current)
    after_one_round = limit.current
    for _ in range(200):
        limit.note_success(limit.current)

    assert (after_one_round, limit.current) == (9, 16)


def test_a_limit_that_nobody_reaches_does_not_grow() -> None:
    limit = ConcurrencyLimit(16)
    limit.note_overload(0.0)

    for _ in range(200):
        limit.note_success(1)

    assert limit.current == 8


async def test_no_more_than_the_limit_are_inside_and_they_come_in_order() -> None:
    limiter, inside, order, most = CallLimiter(ConcurrencyLimit(3)), 0, [], 0

    async def pass_through(number: int) -> None:
        nonlocal inside, most
        await limiter.enter(within_s=5)
        inside += 1
        most = max(most, inside)
        order.append(number)
        await asyncio.sleep(0)
        inside -= 1
        limiter.leave()

    await asyncio.gather(*(pass_through(number) for number in range(30)))

    assert most == 3
    assert order == list(range(30))
    assert (limiter.inside, limiter.waiting) == (0, 0)


async def test_who_waited_too_long_is_told_and_leaves_no_trace() -> None:
    limiter = CallLimiter(ConcurrencyLimit(1))
    await limiter.enter(within_s=5)

    with pytest.raises(TimeoutError):
        await limiter.enter(within_s=0.01)
    limiter.leave()

    assert (limiter.inside, limiter.waiting) == (0, 0)


async def test_those_who_give_up_at_any_moment_leave_no_trace() -> None:
    chance, limiter = random.Random(7), CallLimiter(ConcurrencyLimit(4))  # noqa: S311 - a seed

    async def pass_through() -> None:
        await limiter.enter(within_s=chance.choice([0.001, 5]))
        try:
            await asyncio.sleep(chance.choice([0, 0.001]))
        finally:
            limiter.leave()

    tasks = [asyncio.create_task(pass_through()) for _ in range(300)]
    for _ in range(20):
        await asyncio.sleep(0)
        for task in chance.sample(tasks, 10):
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert (limiter.inside, limiter.waiting) == (0, 0)
