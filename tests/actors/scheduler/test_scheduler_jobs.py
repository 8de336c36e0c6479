"""At which moments a job is due: fixed hours by the wall clock, intervals by UTC."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.kernel import SpecError
from actors.scheduler import Job

if TYPE_CHECKING:
    from actors.scheduler import Fire

PARIS = "Europe/Paris"
MOMENTS = st.integers(1_704_067_200, 1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


def job(expression: str, **more: Any) -> Job:
    return Job(name="digest", expression=expression, timezone=more.pop("timezone", PARIS), **more)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def first(fires_of: Job, after: str, count: int) -> list[Fire]:
    return list(itertools.islice(fires_of.fires_after(utc(after)), count))


def test_a_fixed_hour_follows_the_wall_clock_through_both_changes() -> None:
    daily = job("30 7 * * *")

    spring = [fire.due_at for fire in first(daily, "2026-03-28 00:00", 2)]
    autumn = [fire.due_at for fire in first(daily, "2026-10-24 00:00", 2)]

    assert spring == [utc("2026-03-28 06:30"), utc("2026-03-29 05:30")]
    assert autumn == [utc("2026-10-24 05:30"), utc("2026-10-25 06:30")]


def test_an_hour_that_comes_twice_in_autumn_fires_once() -> None:
    fires = first(job("30 2 * * *"), "2026-10-24 00:00", 3)

    assert [fire.key for fire in fires] == [
        "2026-10-24T02:30",
        "2026-10-25T02:30",
        "2026-10-26T02:30",
    ]
    assert fires[1].due_at == utc("2026-10-25 00:30")


@pytest.mark.parametrize("after", ["2026-10-25 00:30", "2026-10-25 00:45", "2026-10-25 01:29"])
def test_between_the_two_equal_hours_nothing_is_due(after: str) -> None:
    [fire] = first(job("30 2 * * *"), after, 1)

    assert fire.key == "2026-10-26T02:30"


def test_an_hour_that_spring_leaves_out_fires_at_the_end_of_the_gap() -> None:
    fires = first(job("30 2 * * *"), "2026-03-28 12:00", 2)

    assert fires[0].key == "2026-03-29T02:30"
    assert fires[0].due_at == utc("2026-03-29 01:00")
    assert fires[1].due_at == utc("2026-03-30 00:30")


def test_an_hour_that_spring_leaves_out_does_not_fire_for_a_job_that_says_never() -> None:
    [fire] = first(job("30 2 * * *", skipped_hour="never"), "2026-03-28 12:00", 1)

    assert fire.key == "2026-03-30T02:30"


def test_several_times_of_one_gap_are_one_fire() -> None:
    fires = first(job("15,45 2 * * *"), "2026-03-28 12:00", 2)

    assert [fire.key for fire in fires] == ["2026-03-29T02:15", "2026-03-30T02:15"]


def test_an_interval_fires_in_both_of_the_equal_hours() -> None:
    fires = first(job("*/30 * * * *"), "2026-10-24 23:59", 4)

    assert [fire.key for fire in fires] == [
        "2026-10-25T00:00Z",
        "2026-10-25T00:30Z",
        "2026-10-25T01:00Z",
        "2026-10-25T01:30Z",
    ]


@given(
    moment=MOMENTS,
    expression=st.sampled_from(["30 2 * * *", "0 */6 * * *", "*/20 * * * *", "5 3 * * 1"]),
    zone=st.sampled_from(["UTC", PARIS, "America/New_York", "Australia/Lord_Howe"]),
)
def test_a_walk_that_is_begun_anew_goes_on_where_the_last_one_was(
    moment: datetime, expression: str, zone: str
) -> None:
    scheduled = job(expression, timezone=zone)

    whole = list(itertools.islice(scheduled.fires_after(moment), 6))
    pieces, cursor = [], moment
    for _ in range(6):
        fire = next(scheduled.fires_after(cursor))
        pieces.append(fire)
        cursor = fire.due_at

    assert pieces == whole
    assert len({fire.key for fire in whole}) == len(whole)
    assert all(before.due_at < after.due_at for before, after in itertools.pairwise(whole))


@given(MOMENTS)
def test_a_daily_job_fires_once_on_each_day_of_its_zone(moment: datetime) -> None:
    fires = itertools.islice(job("30 2 * * *").fires_after(moment), 10)

    days = [datetime.fromisoformat(fire.key).date() for fire in fires]

    assert all(after - before == timedelta(days=1) for before, after in itertools.pairwise(days))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"expression": "every day"}, "no cron expression of five fields"),
        ({"expression": "61 * * * *"}, "61"),
        ({"expression": "0 0 30 2 *"}, "is never due"),
        ({"expression": "0 0 * * *", "timezone": "Europe/Nowhere"}, "no time zone"),
        ({"expression": "* * * * *", "name": ""}, "1 to 50 characters"),
        ({"expression": "* * * * *", "lease_s": 0.0}, "lease_s is 0"),
        ({"expression": "* * * * *", "timeout_s": -1.0}, "timeout_s is -1"),
    ],
)
def test_a_job_that_cannot_be_scheduled_is_refused_with_a_sentence(
    fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SpecError, match=sentence):
        Job(**{"name": "digest", **fields})
