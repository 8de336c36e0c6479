"""Names from right to left, made fit to be drawn from left to right."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.features.briefs.rules import in_visual_order, joined

any_script = st.text(alphabet="ab1 ().,שלוםמחדعليا\u0650\u05b0é", max_size=40)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Jane Doe", "Jane Doe"),
        ("שלום", "םולש"),
        ("ישראל כהן", "ןהכ לארשי"),
        ("against ישראל כהן, 12", "against ןהכ לארשי, 12"),
        ("כהן (מלך) won", "(ךלמ) ןהכ won"),
        ("כהן 12:30 מלך", "ךלמ 12:30 ןהכ"),
        ("בּ", "בּ"),
    ],
)
def test_only_what_is_written_from_right_to_left_is_turned(text: str, seen: str) -> None:
    assert in_visual_order(text) == seen


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("محمد", "\ufee3\ufea4\ufee4\ufeaa"),  # initial, medial, medial, final
        ("علي", "\ufecb\ufee0\ufef2"),
        ("دار", "\ufea9\ufe8d\ufead"),  # dal and alef join nothing after them
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are one letter
        ("مُحمد", "\ufee3\u064f\ufea4\ufee4\ufeaa"),  # a mark between two letters joins nothing
        ("Ali علي", "Ali \ufecb\ufee0\ufef2"),
        ("Jane", "Jane"),
    ],
)
def test_arabic_letters_take_the_form_that_their_neighbours_ask_for(text: str, forms: str) -> None:
    assert joined(text) == forms


@given(any_script)
def test_turning_loses_nothing(text: str) -> None:
    mirrored = str.maketrans("()", "((")

    seen = in_visual_order(text)

    assert sorted(seen.translate(mirrored)) == sorted(text.translate(mirrored))


@given(any_script)
def test_joined_letters_are_the_same_letters(text: str) -> None:
    composed = unicodedata.normalize("NFKC", joined(text))

    assert composed == unicodedata.normalize("NFKC", text)
