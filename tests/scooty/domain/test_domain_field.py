"""What a field is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.field import FEWEST_FOR_PERCENTAGES, count_field
from scooty.domain.intervals import wilson_interval

_kinds = st.lists(st.none() | st.sampled_from(["Jeskai", "Golgari", "Rakdos"]), max_size=60)


@given(_kinds, st.integers(0, 100))
def test_every_player_is_known_as_one_kind_or_unknown(kinds: list[str | None], active: int) -> None:
    field = count_field(kinds, active=active)

    assert sum(part.players for part in field.shares) == field.known
    assert field.known == sum(kind is not None for kind in kinds)
    assert field.known + field.unknown == field.active == max(len(kinds), active)
    assert field.coverage is None or field.coverage * field.active == pytest.approx(field.known)


@given(_kinds)
def test_shares_add_up_to_the_whole_or_are_withheld(kinds: list[str | None]) -> None:
    field = count_field(kinds)

    shares = [part.share for part in field.shares if part.share is not None]
    assert field.has_percentages is (field.known >= FEWEST_FOR_PERCENTAGES)
    if field.has_percentages:
        assert sum(shares) == pytest.approx(1)
    else:
        assert shares == []
        assert all(part.interval is None for part in field.shares)


@given(_kinds)
def test_the_order_of_the_players_does_not_matter(kinds: list[str | None]) -> None:
    assert count_field(reversed(kinds)) == count_field(kinds)


def test_the_largest_part_comes_first_and_equal_ones_by_name() -> None:
    field = count_field(["b", "c", "c", "a"])

    assert [part.kind for part in field.shares] == ["c", "a", "b"]


def test_nine_known_players_give_no_percentages_and_ten_do() -> None:
    assert count_field(["a"] * 9, active=300).shares[0].share is None
    assert count_field(["a"] * 10).shares[0].share == 1


def test_an_empty_field_has_no_coverage() -> None:
    assert count_field(list[str]()).coverage is None


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilson_intervals_are_those_of_the_literature(
    hits: int, trials: int, low: float, high: float
) -> None:
    """Source: R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (81 of 263)."""
    interval = wilson_interval(hits, trials)

    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_the_share_and_stays_within_0_and_1(counted: tuple[int, int]) -> None:
    hits, trials = counted
    interval = wilson_interval(hits, trials)

    assert 0 <= interval.low < interval.high <= 1
    assert trials == 0 or interval.low <= hits / trials <= interval.high


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_narrows_with_more_of_the_same(counted: tuple[int, int]) -> None:
    hits, trials = counted
    few, many = wilson_interval(hits, trials), wilson_interval(2 * hits, 2 * trials)

    assert many.high - many.low < few.high - few.low
