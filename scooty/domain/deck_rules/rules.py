"""Rules by which a decklist is told to be an archetype, and what a deck shows of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.domain.colours import COLOURS
from scooty.domain.decks import Cards, card_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.domain.decks import Deck

_SHOWN_BY: Final = 2
"""Copies of cards of a colour that show it: one may be there for a land that makes every colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """How many copies of some cards together a main deck must hold."""

    cards: tuple[str, ...]
    """Keys, as `card_key` makes them."""
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckRule:
    """One way to know an archetype."""

    archetype: str
    priority: int
    """Of two rules that fit, the higher one is meant."""
    needs: tuple[Needed, ...]
    """All of them."""
    none: frozenset[str] = frozenset()
    """Keys of cards of which the main deck must hold no copy."""
    colours: str | None = None
    """What the deck must show, no more and no less; None when that does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatRules:
    """The rules of one format."""

    format: str
    """Folded."""
    rules: tuple[DeckRule, ...]
    colours: Mapping[str, str]
    """Which colours a card shows, by its key. Lands are none of them: they show too much."""


class SeenDeck:
    """A main deck as rules look at it.

    Args:
        deck: The deck; its sideboard shows nothing.
        colours: Of cards, by their keys.
    """

    def __init__(self, deck: Deck, colours: Mapping[str, str]) -> None:
        self._cards = {card_key(each.card): each for each in deck.main}
        shown = Counter[str]()
        for key, cards in self._cards.items():
            for colour in colours.get(key, ""):
                shown[colour] += cards.count
        self.colours = "".join(each for each in COLOURS if shown[each] >= _SHOWN_BY)
        """In the order of ``WUBRG``."""

    def cards_of(self, needed: Needed) -> tuple[Cards, ...]:
        """Return the cards of the deck that a rule asks for."""
        return tuple(self._cards[key] for key in needed.cards if key in self._cards)

    def fits(self, rule: DeckRule) -> bool:
        """Tell whether all that a rule says is so."""
        return (
            self.degree_of(rule) >= 1
            and not self.has_any(rule.none)
            and rule.colours in {None, self.colours}
        )

    def has_any(self, keys: frozenset[str]) -> bool:
        """Tell whether one of these cards is in the deck."""
        return not keys.isdisjoint(self._cards)

    def degree_of(self, rule: DeckRule) -> float:
        """Return which part of the copies that a rule asks for is there, from 0 to 1."""
        there = sum(
            min(need.at_least, sum(each.count for each in self.cards_of(need)))
            for need in rule.needs
        )
        return there / sum(need.at_least for need in rule.needs)
