"""Which spellings are one name."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.names import MAX_NAME_LENGTH, begins_words, fold, is_name, name_key, word_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Jane Doe", "jane doe"),
        ("  JANE \t doe\n", "jane doe"),
        ("Élodie O'Brien", "elodie obrien"),
        ("E\u0301lodie O\u2019Brien", "elodie obrien"),
        ("Jean-Luc", "jean luc"),
        ("Maren Østby", "maren ostby"),
        ("Jürgen Groß", "jurgen gross"),
        ("J. R. Smith", "j r smith"),
        ("100%_legit*\\", "100%_legit*\\"),
        ("???", "???"),
        ("Иванов", "иванов"),
        ("", ""),
    ],
)
def test_case_accents_and_punctuation_are_folded(text: str, key: str) -> None:
    assert fold(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Doe, Jane", "jane doe"),
        ("Doe,Jane", "jane doe"),
        ("Doe,", "doe"),
        (", Jane", "jane"),
        ("Doe, Jane, Jr", "doe jane jr"),
    ],
)
def test_last_name_first_is_turned_round(text: str, key: str) -> None:
    assert name_key(text) == key


def test_words_in_another_order_are_alike_and_not_the_same() -> None:
    assert word_key("Thomas Martin") == word_key("Martin Thomas")
    assert name_key("Thomas Martin") != name_key("Martin Thomas")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", True),
        ("x" * MAX_NAME_LENGTH, True),
        ("x" * (MAX_NAME_LENGTH + 1), False),
        ("", False),
        (" \u200b\u0007", False),
    ],
)
def test_a_name_has_1_to_100_visible_characters(text: str, *, expected: bool) -> None:
    assert is_name(text) is expected


@given(st.text(max_size=120))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=120))
def test_every_storable_name_has_a_key(text: str) -> None:
    assert not is_name(text) or (name_key(text) and word_key(text))


@given(st.text(alphabet=string.printable).filter(lambda text: any(map(str.isalnum, text))))
def test_ascii_names_fold_by_the_same_rules_as_all_others(text: str) -> None:
    beside_an_accent = fold(f"{text} é")

    assert beside_an_accent == f"{fold(text)} e"


@pytest.mark.parametrize(
    ("typed", "begins"), [("", True), ("do", True), ("ja d", True), ("oe", False), ("ja x", False)]
)
def test_typed_words_begin_a_names_words_in_any_order(typed: str, begins: bool) -> None:  # noqa: FBT001 - a case's outcome
    assert begins_words(typed, "jane doe") is begins
    assert begins_words(typed, "doe jane") is begins
