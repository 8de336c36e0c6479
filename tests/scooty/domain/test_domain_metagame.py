from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.field import FEWEST_FOR_PERCENTAGES, share_of
from scooty.domain.metagame import PlayerCount, by_colours

COUNTS = st.lists(
    st.builds(
        PlayerCount,
        name=st.just("x"),
        colours=st.sampled_from(["", "W", "WU", "UW", "WUBRG", "R"]),
        players=st.integers(1, 500),
    ),
    max_size=20,
)


@given(counts=COUNTS)
def test_adding_up_by_colours_loses_nobody_and_puts_the_most_played_first(
    counts: list[PlayerCount],
) -> None:
    grouped = by_colours(counts)

    assert sum(each.players for each in grouped) == sum(each.players for each in counts)
    assert len({each.colours for each in grouped}) == len(grouped)
    assert [each.players for each in grouped] == sorted(
        (each.players for each in grouped), reverse=True
    )


@given(counts=COUNTS)
def test_the_shares_of_a_field_add_up_to_one_or_there_are_none(counts: list[PlayerCount]) -> None:
    known = sum(each.players for each in counts)

    shares = [share_of(each.players, known) for each in counts]

    if known < FEWEST_FOR_PERCENTAGES:
        assert set(shares) <= {None}
    else:
        assert abs(sum(part or 0 for part in shares) - 1) < 1e-9
