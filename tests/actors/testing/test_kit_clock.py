from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from actors.testing import ManualClock


async def test_a_manual_clock_stands_still_until_it_is_advanced() -> None:
    clock = ManualClock(datetime(2026, 5, 1, 12, tzinfo=UTC))
    before = (clock.monotonic_s(), clock.now())

    await clock.advance(90)

    assert before == (0.0, datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert clock.monotonic_s() == 90
    assert clock.now() == datetime(2026, 5, 1, 12, 1, 30, tzinfo=UTC)


async def test_sleepers_wake_each_at_its_own_moment_in_order() -> None:
    clock = ManualClock()
    woken: list[tuple[str, float]] = []

    async def sleep(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.monotonic_s()))

    sleepers = [asyncio.create_task(sleep("late", 30)), asyncio.create_task(sleep("early", 10))]
    await clock.advance(29)
    waiting = clock.sleeper_count
    await clock.advance(1)
    await asyncio.gather(*sleepers)

    assert woken == [("early", 10), ("late", 30)]
    assert waiting == 1


async def test_one_advance_wakes_a_sleeper_that_sleeps_again_as_often_as_time_allows() -> None:
    clock = ManualClock()
    ticks: list[float] = []

    async def tick() -> None:
        while True:
            await clock.sleep(10)
            ticks.append(clock.monotonic_s())

    ticking = asyncio.create_task(tick())
    await clock.advance(35)
    ticking.cancel()

    assert ticks == [10, 20, 30]


async def test_a_cancelled_sleeper_is_forgotten() -> None:
    clock = ManualClock()
    sleeper = asyncio.create_task(clock.sleep(10))
    await clock.advance(0)
    sleeper.cancel()
    await asyncio.wait([sleeper])

    await clock.advance(20)

    assert clock.sleeper_count == 0


@pytest.mark.parametrize("seconds", [0.0, -5.0])
async def test_sleeping_for_no_time_returns_without_an_advance(seconds: float) -> None:
    clock = ManualClock()

    await clock.sleep(seconds)

    assert clock.monotonic_s() == 0


async def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="the clock cannot be advanced by -1 s"):
        await ManualClock().advance(-timedelta(seconds=1).total_seconds())
