"""Which card a few typed words mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.features.predictions.rules.card_names import MOST_LETTERS, CardNames, split_cards

RAGAVAN = "Ragavan, Nimble Pilferer"
HERO, TIME = "Teferi, Hero of Dominaria", "Teferi, Time Raveler"
FABLE = "Fable of the Mirror-Breaker // Reflection of Kiki-Jiki"


def names(*mentioned: str, full: tuple[str, ...] = ()) -> CardNames:
    return CardNames(full=full, mentioned=mentioned)


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("Ragavan, Blood Moon", ("Ragavan", "Blood Moon")),
        ("Ragavan; blood moon\nUrza's Saga", ("Ragavan", "blood moon", "Urza's Saga")),
        ("4 Force, 2x Daze, 3 X Ponder", ("Force", "Daze", "Ponder")),
        ("Daze, DAZE, daze", ("Daze",)),
        ("", ()),
        (" ,;\n ,", ()),
        ("4, 17", ()),
        ("x" * (MOST_LETTERS + 1), ()),
        ("Borrowing 100,000 Arrows", ("Borrowing 100", "Arrows")),
    ],
)
def test_cards_are_parted_by_commas_semicolons_and_lines_and_counted_ones_lose_their_counts(
    text: str, cards: tuple[str, ...]
) -> None:
    assert split_cards(text) == cards


@given(st.text(max_size=300))
def test_any_text_is_parted_into_names_that_are_different(text: str) -> None:
    cards = split_cards(text)

    assert len({card.casefold() for card in cards}) == len(cards)
    assert all(0 < len(card) <= MOST_LETTERS for card in cards)


@pytest.mark.parametrize("typed", ["Ragavan", "ragavan", "Nimble Pilferer", RAGAVAN, "4 Ragavan"])
def test_a_part_of_a_name_means_the_only_card_that_has_it(typed: str) -> None:
    known = names("Ragavan", full=(RAGAVAN,))

    assert known.card(typed) == known.card(RAGAVAN) is not None
    assert known.shown(known.card(typed) or "") == RAGAVAN


@pytest.mark.parametrize(
    "face", ["Fable of the Mirror-Breaker", "Reflection of Kiki-Jiki", "Fable"]
)
def test_a_face_means_the_card(face: str) -> None:
    known = names(full=(FABLE,))

    assert known.card(face) == known.card(FABLE) is not None


def test_a_card_is_one_with_both_faces_written_or_with_its_front_alone() -> None:
    known = CardNames(full=(FABLE,), mentioned=(), known=("fable of the mirror breaker",))

    assert known.card("Fable of the Mirror-Breaker") == known.card(FABLE)
    assert known.shown(known.card("Reflection of Kiki-Jiki") or "") == FABLE


def test_a_part_that_two_cards_share_means_neither() -> None:
    known = names("Teferi", full=(HERO, TIME))

    assert known.card("Teferi") not in {known.card(HERO), known.card(TIME), None}
    assert known.card("Hero of Dominaria") == known.card(HERO)


def test_the_first_words_mean_the_only_longer_spelling() -> None:
    known = names("Murktide", "Murktide Regent", "Blood Moon", "Blood Crypt")

    assert known.card("murktide") == known.card("Murktide Regent")
    assert known.card("Blood") is None


def test_a_longer_spelling_than_is_known_means_what_people_call_it() -> None:
    known = names("Murktide", "Blood Moon", full=("Island",))

    assert known.card("Murktide Regent") == known.card("Murktide") is not None
    assert known.card("Island Sanctuary") is None


def test_a_card_that_a_decklist_has_is_never_another_one() -> None:
    known = names("Shock Troops", full=("Shock",))

    assert known.card("Shock") != known.card("Shock Troops")


def test_a_card_that_only_rules_name_is_found_and_shown_as_people_write_it() -> None:
    ruled = ("ragavan nimble pilferer", "storm crow")
    known = CardNames(full=(), mentioned=(RAGAVAN,), known=ruled)

    assert known.card("Ragavan") == "ragavan nimble pilferer"
    assert known.shown("ragavan nimble pilferer") == RAGAVAN
    assert known.shown(known.card("Storm Crow") or "") == "Storm Crow"


def test_what_nobody_ever_named_is_no_card() -> None:
    assert names("Ragavan").card("Storm Crow") is None
    assert names("Ragavan").card("—") is None
    assert names().card("Ragavan") is None


def test_a_card_is_shown_as_decklists_write_it_else_as_most_people_do() -> None:
    known = names("blood moon", "Blood Moon", "Blood Moon", "DAZE", full=("Daze",))

    assert known.shown(known.card("BLOOD MOON") or "") == "Blood Moon"
    assert known.shown(known.card("daze") or "") == "Daze"


@given(st.lists(st.text(max_size=40), max_size=12), st.lists(st.text(max_size=40), max_size=12))
def test_every_spelling_that_was_read_means_a_card_with_a_spelling(
    full: list[str], mentioned: list[str]
) -> None:
    known = CardNames(full=full, mentioned=mentioned)

    cards = [known.card(text) for text in (*full, *mentioned)]
    assert all(known.shown(card) for card in cards if card)
