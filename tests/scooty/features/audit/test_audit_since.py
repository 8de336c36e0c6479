from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.features.audit.rules import since

NOW = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("2h", timedelta(hours=2)),
        (" 3 D ", timedelta(days=3)),
        ("3j", timedelta(days=3)),
        ("45min", timedelta(minutes=45)),
        ("1w", timedelta(weeks=1)),
        ("1 sem", timedelta(weeks=1)),
        ("2026-11-24", timedelta(hours=16, minutes=30)),
        ("24/11/2026", timedelta(hours=16, minutes=30)),
        ("23.11.2026", timedelta(days=1, hours=16, minutes=30)),
    ],
)
def test_a_span_or_a_date_is_read(text: str, ago: timedelta) -> None:
    assert since(text, NOW) == NOW - ago


@pytest.mark.parametrize(
    "text", ["", "yesterday", "h", "2", "2y", "-2h", "2026-13-01", "2026-11-25", "٣d", "24/11"]
)
def test_what_says_no_moment_of_the_past_is_none(text: str) -> None:
    assert since(text, NOW) is None


@given(st.text())
def test_no_text_crashes_it_or_leads_into_the_future(text: str) -> None:
    moment = since(text, NOW)

    assert moment is None or moment <= NOW


@given(st.integers(0, 9999), st.sampled_from("mhdw"))
def test_spans_count_back_from_now(number: int, unit: str) -> None:
    unit_s = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}[unit]

    assert since(f"{number}{unit}", NOW) == NOW - timedelta(seconds=number * unit_s)
