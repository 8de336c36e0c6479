"""Decklists as Arena, MTGO and deck sites write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scooty.domain.files import FileTooLarge, Reason
from scooty.domain.files.decklists import Board, DecklistFile, DeckProblem, parse_decklist
from scooty.domain.files.source import lines_of

MAIN = "56 Plains\n4 Grey Moth, Patient Wing (DOM) 207"
CARD = st.sampled_from(["Grey Moth", "Lamp // Light", "Wing, the Patient", "O'Moth's Élan"])
CARDS = st.lists(st.tuples(st.integers(1, 60), CARD), min_size=1, max_size=12)


def read(content: bytes | str) -> DecklistFile:
    found = parse_decklist(content)
    assert not isinstance(found, FileTooLarge)
    return found


@pytest.mark.parametrize(
    "side",
    [
        "Sideboard\n2 Lamp",
        "SB: 2 Lamp",
        "\n2x Lamp",
        "Réserve :\n2 Lamp [SET]",
        "Sideboard (2)\n2 Lamp",
    ],
)
def test_the_sideboard_is_told_from_the_main_deck(side: str) -> None:
    found = read(f"Deck\n{MAIN}\n{side}")

    assert (found.main_count, found.side_count, found.problems) == (60, 2, ())
    assert [one.card for one in found.entries] == ["Plains", "Grey Moth, Patient Wing", "Lamp"]


def test_a_companion_that_is_also_in_the_sideboard_counts_once() -> None:
    found = read(f"Companion\n1 Lamp\n\nDeck\n{MAIN}\n\nSideboard\n1 Lamp\n14 Wing")

    assert (found.main_count, found.side_count, found.problems) == (60, 15, ())
    assert found.entries[0].board is Board.COMPANION


def test_an_empty_line_between_parts_of_the_main_deck_starts_no_sideboard() -> None:
    assert read("20 Moth\n\n40 Plains").side_count == 0


def test_what_the_rules_forbid_is_told() -> None:
    found = read("59 Plains\nSideboard\n16 Lamp")

    assert found.problems == (DeckProblem.MAIN_TOO_SMALL, DeckProblem.SIDE_TOO_LARGE)


def test_lines_that_are_no_cards_are_listed() -> None:
    found = read("Creatures (4)\n4 Moth\nhello there\n0 Lamp\n1 " + "x" * 101)

    assert [(one.number, one.reason) for one in found.skipped] == [
        (1, Reason.HEADING),
        (3, Reason.NOT_UNDERSTOOD),
        (4, Reason.NOT_UNDERSTOOD),
        (5, Reason.NAME_TOO_LONG),
    ]


@settings(deadline=None)
@given(
    st.text(max_size=300) | st.from_regex(r"((SB: )?[0-9]{1,3}x? [\w ,()]{0,20}\n|Deck\n|\n){1,6}")
)
def test_every_line_of_any_text_is_a_card_or_skipped(content: str) -> None:
    found = read(content)
    numbers = [one.number for one in found.entries] + [one.number for one in found.skipped]

    text = content.removeprefix("\ufeff").replace("\0", "")
    assert sorted(numbers) == [line.number for line in lines_of(text)]


@settings(deadline=None)
@given(CARDS, CARDS, st.sampled_from(["{} {}", "{}x {}", "{} {} (SET) 12", "{} {} [SET]"]))
def test_a_list_written_in_a_known_form_is_read_back(
    main: list[tuple[int, str]], side: list[tuple[int, str]], form: str
) -> None:
    written = [[form.format(*card) for card in board] for board in (main, side)]

    entries = read("\n".join(["Deck", *written[0], "", "Sideboard", *written[1]])).entries

    assert [(one.count, one.card) for one in entries if one.board is Board.MAIN] == main
    assert [(one.count, one.card) for one in entries if one.board is Board.SIDE] == side
