from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.slips import is_one_slip_away

WORDS = st.text(string.ascii_lowercase, min_size=4, max_size=7)
LETTERS = st.sampled_from(string.ascii_lowercase)


@given(word=WORDS, place=st.integers(0, 5), more=st.text(string.ascii_lowercase, max_size=3))
def test_two_swapped_letters_are_one_slip_however_the_word_goes_on(
    word: str, place: int, more: str
) -> None:
    place %= len(word) - 1
    typed = word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    assert is_one_slip_away(typed, word + more)


@given(word=WORDS, place=st.integers(0, 6), letter=LETTERS)
def test_a_letter_too_many_is_one_slip(word: str, place: int, letter: str) -> None:
    place %= len(word) + 1

    typed = word[:place] + letter + word[place:]

    assert is_one_slip_away(typed[:7], word)


@given(word=WORDS, place=st.integers(0, 6), letter=LETTERS)
def test_a_wrong_letter_is_one_slip_unless_it_is_the_first(
    word: str, place: int, letter: str
) -> None:
    place = 1 + place % (len(word) - 1)

    assert is_one_slip_away(word[:place] + letter + word[place + 1 :], word)


@given(word=WORDS, place=st.integers(0, 5))
def test_a_missing_letter_within_a_word_is_one_slip(word: str, place: int) -> None:
    place = 1 + place % (len(word) - 2)

    assert is_one_slip_away(word[:place] + word[place + 1 :], word)


@pytest.mark.parametrize("typed", ["jna", "ajn", "jae", "jne"])
def test_three_letters_may_be_swapped_or_miss_one(typed: str) -> None:
    assert is_one_slip_away(typed, "jane")


@pytest.mark.parametrize("typed", ["jxn", "xja", "jan1", "j n", "ja", "jonatahn"])
def test_what_is_not_one_short_word_is_no_slip(typed: str) -> None:
    assert not is_one_slip_away(typed, "jane")


@pytest.mark.parametrize("typed", ["jnea", "kane", "ejna", "jxxe", "oeja", "janedo"])
def test_what_takes_two_slips_or_another_first_letter_is_none(typed: str) -> None:
    assert not is_one_slip_away(typed, "jane")
