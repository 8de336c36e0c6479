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
