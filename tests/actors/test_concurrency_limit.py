"""How many requests may be under way at once, and how that falls and recovers."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.concurrency_limit import ConcurrencyLimit
from actors.testing import ManualClock


def limit_of(
    highest: int, *, lowest: int = 1, clock: ManualClock | None = None
) -> ConcurrencyLimit:
    clock = clock or ManualClock()
    return ConcurrencyLimit(highest=highest, lowest=lowest, monotonic_s=clock.monotonic_s)


async def turn(times: int = 3) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


async def test_no_more_than_the_limit_are_under_way_and_the_first_to_wait_is_next() -> None:
    limit = limit_of(1)
    order: list[int] = []

    async def work(number: int) -> None:
        async with limit.slot():
            order.append(number)
            assert limit.under_way == 1
            await asyncio.sleep(0)

    await asyncio.gather(*(work(number) for number in range(5)))

    assert order == [0, 1, 2, 3, 4]
    assert limit.under_way == 0


async def test_overload_halves_the_limit_once_for_requests_that_were_under_way_together() -> None:
    clock = ManualClock()
    limit = limit_of(16, clock=clock)

    limit.overloaded()
    limit.overloaded()
    await clock.advance(1.0)
    limit.overloaded()

    assert limit.limit == 4


async def test_successes_bring_the_limit_back_one_by_one_and_no_further() -> None:
    limit = limit_of(8)
    limit.overloaded()

    rounds = 0
    while limit.limit < 8:
        limit.succeeded()
        rounds += 1
    for _ in range(50):
        limit.succeeded()

    assert 4 * 4 <= rounds <= 8 * 4 + 1
    assert limit.limit == 8


async def test_a_place_that_becomes_free_by_recovery_lets_a_waiting_one_in() -> None:
    clock = ManualClock()
    limit = limit_of(2, clock=clock)
    limit.overloaded()
    async with AsyncExitStack() as held:
        await held.enter_async_context(limit.slot())
        second = asyncio.ensure_future(held.enter_async_context(limit.slot()))
        await turn()
        assert not second.done()

        limit.succeeded()
        await turn()

        assert second.done()
        await second


async def test_one_that_gives_up_waiting_leaves_its_place_to_the_next() -> None:
    limit = limit_of(1)
    entered = asyncio.Event()

    async def work() -> None:
        async with limit.slot():
            entered.set()

    async with limit.slot():
        impatient = asyncio.ensure_future(work())
        patient = asyncio.ensure_future(work())
        await turn()
        impatient.cancel()
    await patient

    assert entered.is_set()
    assert limit.under_way == 0


async def test_one_that_is_cancelled_at_the_moment_it_is_let_in_gives_the_place_back() -> None:
    limit = limit_of(1)

    async def work() -> None:
        async with limit.slot():
            pass

    async with AsyncExitStack() as held:
        await held.enter_async_context(limit.slot())
        unlucky = asyncio.ensure_future(work())
        await turn()
        await held.aclose()
        unlucky.cancel()
    await asyncio.wait((unlucky,))

    assert limit.under_way == 0
    await work()


@given(st.lists(st.booleans(), max_size=200))
def test_the_limit_stays_between_its_bounds(signs: list[bool]) -> None:
    clock = ManualClock()
    limit = ConcurrencyLimit(highest=20, lowest=3, monotonic_s=clock.monotonic_s, settle_s=0.0)

    for overloaded in signs:
        if overloaded:
            limit.overloaded()
        else:
            limit.succeeded()
        assert 3 <= limit.limit <= 20


def test_a_limit_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        limit_of(0, lowest=0)
