"""A deck as it is kept: of every way in which lists are written, the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.decks import Cards, Deck, card_key, deck_of, deck_text, likely_companion
from scooty.domain.files import DecklistFile, parse_decklist


def read(written: str) -> Deck:
    parsed = parse_decklist(written)
    assert isinstance(parsed, DecklistFile)
    return deck_of(parsed)


SAME = Deck(
    main=(Cards(count=4, card="Ragavan, Nimble Pilferer"), Cards(count=56, card="Mountain")),
    side=(Cards(count=2, card="Pyroblast"), Cards(count=1, card="Lurrus of the Dream-Den")),
    companion="Lurrus of the Dream-Den",
)
WRITTEN = {
    "Arena": "Companion\n1 Lurrus of the Dream-Den (IKO) 226\n\nDeck\n4 Ragavan, Nimble Pilferer"
    " (MH2) 138\n56 Mountain (NEO) 300\n\nSideboard\n2 Pyroblast (ICE) 213\n"
    "1 Lurrus of the Dream-Den (IKO) 226\n",
    "companion alone": "Deck\n4 Ragavan, Nimble Pilferer\n56 Mountain\n\nSideboard\n2 Pyroblast\n\n"
    "Companion\n1 Lurrus of the Dream-Den\n",
    "SB:": "4x Ragavan, Nimble Pilferer\n56x Mountain\nSB: 2 Pyroblast\n"
    "SB: 1 Lurrus of the Dream-Den\nCompanion\n1 Lurrus of the Dream-Den\n",
    "French": "Compagnon\n1 Lurrus of the Dream-Den\nJeu\n4 Ragavan, Nimble Pilferer\n56 Mountain\n"
    "Réserve\n2 Pyroblast\n1 Lurrus of the Dream-Den\n",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_every_way_to_write_a_list_reads_as_one_deck(form: str) -> None:
    assert read(WRITTEN[form]) == SAME
    assert (SAME.main_count, SAME.side_count) == (60, 3)


def test_mtgo_lists_have_no_headings_and_an_empty_line_before_the_sideboard() -> None:
    found = read(
        "4 Ragavan, Nimble Pilferer\n56 Mountain\n\n2 Pyroblast\n1 Lurrus of the Dream-Den\n"
    )

    assert (found.main, found.side, found.companion) == (SAME.main, SAME.side, None)
    assert likely_companion(found) == "Lurrus of the Dream-Den"


def test_a_companion_that_is_told_is_not_guessed_and_two_are_not_either() -> None:
    two = Deck(main=(), side=(*SAME.side, Cards(count=1, card="Yorion, Sky Nomad")))

    assert likely_companion(SAME) is None
    assert likely_companion(two) is None


def test_lines_of_one_card_are_added_up_under_the_first_spelling() -> None:
    found = read("2 Fire // Ice\n1 Fire/Ice\n1 fire\n")

    assert found.main == (Cards(count=4, card="Fire // Ice"),)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Fable of the Mirror-Breaker // Reflection of Kiki-Jiki", "fable of the mirror breaker"),
        ("Wear/Tear", "wear"),
        ("A-Omnath, Locus of Creation", "omnath locus of creation"),
        ("Lórien Revealed", "lorien revealed"),
        ("Urza's Saga", "urzas saga"),
        ("//", "//"),
    ],
)
def test_a_card_is_known_by_its_front_face(written: str, key: str) -> None:
    assert card_key(written) == key


words = st.text(st.characters(categories=["L"], max_codepoint=0x24F), min_size=2)
names = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda name: len(name) < 60)
boards = st.lists(
    st.builds(Cards, count=st.integers(1, 99), card=names),
    max_size=8,
    unique_by=lambda cards: card_key(cards.card),
).map(tuple)


@given(main=boards, side=boards)
def test_what_is_written_reads_as_the_same_deck(
    main: tuple[Cards, ...], side: tuple[Cards, ...]
) -> None:
    deck = Deck(main=main, side=side)

    found = read(deck_text(deck))

    assert [(c.count, card_key(c.card)) for c in found.main] == [
        (c.count, card_key(c.card)) for c in main
    ]
    assert [(c.count, card_key(c.card)) for c in found.side] == [
        (c.count, card_key(c.card)) for c in side
    ]


@given(st.text(max_size=400) | st.binary(max_size=400).map(lambda raw: raw.decode("latin-1")))
def test_whatever_is_pasted_becomes_a_deck_and_a_text(written: str) -> None:
    deck = read(written)

    assert deck.main_count + deck.side_count == read(deck_text(deck)).main_count + (
        read(deck_text(deck)).side_count
    )
