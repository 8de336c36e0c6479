from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.colours import COLOURS
from scooty.domain.palette import COLOURLESS, MANA, colour_of

SUBSETS = ["".join(each) for size in range(6) for each in combinations(COLOURS, size)]


@given(colours=st.sampled_from(SUBSETS), chosen=st.none() | st.integers(0, 0xFFFFFF))
def test_a_deck_has_one_colour_in_whatever_order_its_colours_are_written(
    colours: str, chosen: int | None
) -> None:
    assert colour_of(colours, chosen) == colour_of(colours[::-1].lower(), chosen)


@given(colours=st.sampled_from(SUBSETS))
def test_a_mix_lies_between_its_colours(colours: str) -> None:
    parts = [MANA[each] for each in colours] or [COLOURLESS]

    for shift in (16, 8, 0):
        channel = [part >> shift & 0xFF for part in parts]
        assert min(channel) <= colour_of(colours) >> shift & 0xFF <= max(channel)


@given(colours=st.sampled_from(SUBSETS), chosen=st.integers(0, 0xFFFFFF))
def test_what_the_team_chose_is_what_is_drawn(colours: str, chosen: int) -> None:
    assert colour_of(colours, chosen) == chosen


def test_one_colour_is_drawn_as_itself_and_none_as_grey() -> None:
    assert [colour_of(each) for each in COLOURS] == [MANA[each] for each in COLOURS]
    assert colour_of("") == COLOURLESS
