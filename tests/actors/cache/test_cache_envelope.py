from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from actors.cache.envelope import pack_value, parse_value
from actors.cache.messages import Hit

moments = st.datetimes(timezones=st.just(UTC))
STORED_AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@given(value=st.binary(), stored_at=moments)
def test_a_packed_value_is_parsed_back_whole(value: bytes, stored_at: datetime) -> None:
    assert parse_value(pack_value(value, stored_at)) == Hit(value=value, stored_at=stored_at)


@given(raw=st.binary(max_size=64))
def test_foreign_bytes_are_no_value(raw: bytes) -> None:
    found = parse_value(raw)

    assert found is None or pack_value(found.value, found.stored_at) == raw


@given(value=st.binary(min_size=1), kept=st.integers(0))
def test_a_value_that_was_cut_short_is_no_value(value: bytes, kept: int) -> None:
    raw = pack_value(value, STORED_AT)

    assert parse_value(raw[: kept % len(raw)]) is None


def test_a_value_of_another_version_is_no_value() -> None:
    raw = pack_value(b"report", STORED_AT)

    assert parse_value(bytes([raw[0] + 1]) + raw[1:]) is None


def test_a_moment_beyond_the_calendar_is_no_value() -> None:
    raw = pack_value(b"report", STORED_AT)

    assert parse_value(raw[:1] + b"\x7f" + b"\xff" * 7 + raw[9:]) is None
