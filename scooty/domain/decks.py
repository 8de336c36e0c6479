"""A deck as it is kept: what is in it, apart from how somebody wrote it down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scooty.domain.files.decklists import Board
from scooty.domain.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.domain.files.decklists import DecklistFile

_REBALANCED: Final = re.compile("A-(?=[A-Z])")
"""What Arena puts before the name of a card that it has changed."""

COMPANIONS: Final = frozenset(
    map(
        fold,
        (
            "Gyruda, Doom of Depths",
            "Jegantha, the Wellspring",
            "Kaheera, the Orphanguard",
            "Keruga, the Macrosage",
            "Lurrus of the Dream-Den",
            "Lutri, the Spellchaser",
            "Obosh, the Preypiercer",
            "Umori, the Collector",
            "Yorion, Sky Nomad",
            "Zirda, the Dawnwaker",
        ),
    )
)
"""Source: Magic: The Gathering Comprehensive Rules, 702.139; the set Ikoria has all ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Copies of one card."""

    count: int
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """All of a deck, each card of a board once, in the order in which the list had them."""

    main: tuple[Cards, ...] = field(repr=False)
    side: tuple[Cards, ...] = field(repr=False)
    """With the companion, which is one of these cards."""
    companion: str | None = None

    @property
    def main_count(self) -> int:
        """How many cards the main deck has."""
        return sum(each.count for each in self.main)

    @property
    def side_count(self) -> int:
        """How many cards the sideboard has, the companion among them."""
        return sum(each.count for each in self.side)


def card_key(name: str) -> str:
    """Return what makes two spellings one card: its front face, folded.

    Of a card with two faces some sites write both, and with one slash or two.
    """
    front = _REBALANCED.sub("", name.strip(), count=1).partition("/")[0]
    return fold(front) or fold(name)


def deck_of(file: DecklistFile) -> Deck:
    """Return what a list says, with the companion in the sideboard, where it counts."""
    companion = next((one for one in file.entries if one.board is Board.COMPANION), None)
    main = _together(
        (one.count, one.card) for one in file.entries if one.board in {Board.MAIN, Board.COMMANDER}
    )
    side = _together((one.count, one.card) for one in file.entries if one.board is Board.SIDE)
    listed = {card_key(each.card) for each in side}
    alone = _together(
        (one.count, one.card)
        for one in file.entries
        if one.board is Board.COMPANION and card_key(one.card) not in listed
    )
    return Deck(
        main=main, side=(*side, *alone), companion=None if companion is None else companion.card
    )


def _together(written: Iterable[tuple[int, str]]) -> tuple[Cards, ...]:
    """Add up the lines of one card, under the first of its spellings."""
    found: dict[str, Cards] = {}
    for count, card in written:
        key = card_key(card)
        known = found.get(key, Cards(count=0, card=card))
        found[key] = Cards(count=known.count + count, card=known.card)
    return tuple(found.values())


def likely_companion(deck: Deck) -> str | None:
    """Return the one card of a sideboard that may be a companion which the list does not name."""
    if deck.companion is not None:
        return None
    able = [each.card for each in deck.side if card_key(each.card) in COMPANIONS]
    return able[0] if len(able) == 1 else None


def deck_text(deck: Deck) -> str:
    """Write a deck as Arena, MTGO and deck sites read it."""
    companion = () if deck.companion is None else (Cards(count=1, card=deck.companion),)
    parts = (("Companion", companion), ("Deck", deck.main), ("Sideboard", deck.side))
    return "\n".join(
        "\n".join((heading, *(f"{each.count} {each.card}" for each in cards), ""))
        for heading, cards in parts
        if cards
    )
