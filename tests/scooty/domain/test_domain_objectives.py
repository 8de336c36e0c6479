"""Shares of good and bad, and the alarms that they give cause for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.objectives import (
    AVAILABILITY,
    SPEED,
    SUCCESS,
    GoodShare,
    burn_rate,
    find_burn,
    quantile_s,
)

HOUR_S = 3600.0


def share_of(*stretches: tuple[float, int, int]) -> tuple[GoodShare, float]:
    """Count stretches of (seconds, good, bad), evenly by the minute; returns the end too."""
    share, now_s = GoodShare(), 0.0
    for seconds, good, bad in stretches:
        minutes = int(seconds // 60)
        for minute in range(minutes):
            for kind, count in ((True, good), (False, bad)):
                for _ in range(count * (minute + 1) // minutes - count * minute // minutes):
                    share.count(now_s, good=kind)
            now_s += 60
    return share, now_s - 1


def test_a_burn_rate_of_one_uses_the_budget_up_exactly() -> None:
    assert burn_rate(SUCCESS, 99, 1) == pytest.approx(1.0)
    assert burn_rate(AVAILABILITY, 995, 5) == pytest.approx(1.0)
    assert burn_rate(SPEED, 0, 10) == pytest.approx(20.0)
    assert burn_rate(SPEED, 0, 0) == 0.0


def test_a_window_forgets_what_is_older() -> None:
    share, now_s = share_of((HOUR_S, 60, 0), (HOUR_S, 0, 60))

    assert share.within(now_s, HOUR_S) == (0, 60)
    assert share.within(now_s, 2 * HOUR_S) == (60, 60)
    assert share.within(now_s + 80 * HOUR_S, HOUR_S) == (0, 0)


def test_a_service_that_is_well_gives_no_alarm() -> None:
    share, now_s = share_of((6 * HOUR_S, 3_000, 10))

    assert find_burn(SUCCESS, share, now_s) is None


def test_a_fifth_failing_for_an_hour_is_urgent() -> None:
    share, now_s = share_of((5 * HOUR_S, 1_000, 0), (HOUR_S, 160, 40))

    burn = find_burn(SUCCESS, share, now_s)

    assert burn is not None
    assert (burn.rule.severity, burn.rule.long_s) == ("urgent", HOUR_S)
    assert burn.rate == pytest.approx(20.0)


def test_an_outage_that_is_over_is_not_urgent_any_more() -> None:
    share, now_s = share_of((0.5 * HOUR_S, 0, 100), (0.6 * HOUR_S, 700, 0))

    burn = find_burn(SUCCESS, share, now_s)

    assert burn is not None
    assert burn.rule.severity == "soon"


def test_a_slow_leak_is_told_soon() -> None:
    share, now_s = share_of((72 * HOUR_S, 7_100, 100))

    burn = find_burn(SUCCESS, share, now_s)

    assert burn is not None
    assert burn.rule.severity == "soon"


def test_three_commands_at_night_are_no_ground_for_an_alarm() -> None:
    share, now_s = share_of((HOUR_S, 2, 1))

    assert find_burn(SUCCESS, share, now_s) is None


@given(st.lists(st.tuples(st.floats(0, 400), st.booleans()), max_size=300))
def test_nothing_within_the_longest_window_is_lost(moments: list[tuple[float, bool]]) -> None:
    share, now_s = GoodShare(), 0.0
    for pause_s, good in moments:
        now_s += pause_s
        share.count(now_s, good=good)

    assert sum(share.within(now_s, 72 * HOUR_S)) == len(moments)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0), None),
        ((10, 0, 0), 0.95),
        ((0, 10, 0), 1.95),
        ((95, 5, 0), 1.0),
        ((90, 10, 0), 1.5),
        ((0, 0, 10), 2.0),
        ((94, 0, 6), 2.0),
    ],
)
def test_a_quantile_lies_within_its_bucket(counts: tuple[int, ...], expected: float | None) -> None:
    assert quantile_s(0.95, (1.0, 2.0), counts) == pytest.approx(expected)


@given(st.lists(st.integers(0, 1_000), min_size=4, max_size=4), st.floats(0.01, 0.99))
def test_a_quantile_grows_with_the_share_and_stays_within_the_bounds(
    counts: list[int], share: float
) -> None:
    bounds_s = (0.5, 1.0, 5.0)

    lower, upper = quantile_s(share / 2, bounds_s, counts), quantile_s(share, bounds_s, counts)

    if sum(counts):
        assert lower is not None
        assert upper is not None
        assert 0 <= lower <= upper <= 5.0
    else:
        assert lower is upper is None
