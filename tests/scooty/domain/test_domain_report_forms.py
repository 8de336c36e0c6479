"""How reports are named, and what is typed into their forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.colours import COLOURS, in_order, read_colours
from scooty.domain.report_forms import read_list, read_number, read_report_id

SUBSETS = st.sets(st.sampled_from(COLOURS), min_size=1)
WORDS = {
    "W": ("white", "blanc", "Blanche"),
    "U": ("blue", "bleu", "bleue"),
    "B": ("black", "noir", "noire"),
    "R": ("red", "rouge"),
    "G": ("green", "vert", "verte"),
}


@given(number=st.integers(1, 2**63 - 1), tail=st.text())
def test_a_report_is_named_by_its_number_with_or_without_a_sign(number: int, tail: str) -> None:
    assert read_report_id(f"{number}") == number
    assert read_report_id(f" # {number} ") == number
    assert read_report_id(f"#{number} Jane Doe {tail}") == number


@pytest.mark.parametrize("text", ["", "#", "0", "#0", "-1", "98a", "Jane 98", "٩٨", str(2**63)])
def test_nothing_else_names_a_report(text: str) -> None:
    assert read_report_id(text) is None


@given(text=st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    report_id, number, colours = read_report_id(text), read_number(text, 30), read_colours(text)

    assert report_id is None or 0 < report_id < 2**63
    assert number is None or 1 <= number <= 30
    assert colours is None or colours == in_order(colours)


@given(number=st.integers(1, 30), word=st.sampled_from(("", "R", "r", "round ", "Ronde ", "0")))
def test_a_round_is_read_with_the_words_that_people_put_before_it(number: int, word: str) -> None:
    assert read_number(f"{word}{number}", 30) == number


@given(colours=SUBSETS, data=st.data())
def test_colours_are_read_from_letters_and_from_words_of_both_languages(
    colours: set[str], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(sorted(colours)))
    words = [data.draw(st.sampled_from(WORDS[colour])) for colour in shuffled]
    between = data.draw(st.sampled_from((" ", ", ", "/", "-", " and ", " et ", "+")))

    expected = in_order("".join(colours))

    assert read_colours("".join(shuffled).lower()) == expected
    assert read_colours(between.join(words)) == expected
    assert read_colours(between.join(shuffled)) == expected


def test_no_colour_is_a_word_and_not_nothing() -> None:
    assert read_colours("Colourless") == read_colours("colorless") == read_colours("incolore") == ""
    assert read_colours("") is None
    assert read_colours("and") is None


@pytest.mark.parametrize("text", ["mauve", "WUX", "red mauve", "W U 7", "{W}?!x"])
def test_anything_else_is_no_colour(text: str) -> None:
    assert read_colours(text) is None


def test_cards_on_lines_of_their_own_are_parted_by_commas() -> None:
    assert read_list("4 Force of Will\n\n 2  Daze,\r\nBlood Moon;") == (
        "4 Force of Will, 2 Daze, Blood Moon"
    )
    assert read_list("\n \n") == ""
