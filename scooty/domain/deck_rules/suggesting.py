"""Which archetype a deck is, by rules: one, or none when that is not certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.domain.deck_rules.rules import SeenDeck
from scooty.domain.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scooty.domain.deck_rules.rules import DeckRule, FormatRules
    from scooty.domain.decks import Cards, Deck

_NEAR: Final = 0.5
"""Which part of what a rule asks for makes its archetype worth a second look."""
_MOST_NEAR: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that fits a deck."""

    archetype: str
    rule: DeckRule
    why: tuple[Cards, ...]
    """The cards that the rule names, as the deck has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a deck seems to be."""

    match: Match | None
    """None when no rule fits, or when two do that name different archetypes."""
    tied: tuple[str, ...] = ()
    """The archetypes among which nothing decides."""
    nearest: tuple[str, ...] = ()
    """Others that it may be, the most likely first, at most five."""

    @property
    def runner_up(self) -> str | None:
        """What it is if not what was suggested."""
        return self.nearest[0] if self.nearest else None

    @property
    def archetypes(self) -> tuple[str, ...]:
        """All that are named, best first, each once."""
        matched = () if self.match is None else (self.match.archetype,)
        return tuple(dict.fromkeys((*matched, *self.tied, *self.nearest)))


def rules_for(event_format: str | None, rules: Sequence[FormatRules]) -> tuple[FormatRules, ...]:
    """Return the rules of an event's format; those of all when it is none of those that there are.

    Args:
        event_format: In the words of whoever made the event, such as "Modern RC".
        rules: Of every format.
    """
    words = fold(event_format or "").split()
    named = tuple(each for each in rules if each.format in words)
    return named if len(named) == 1 else tuple(rules)


def suggest(deck: Deck, rules: Iterable[FormatRules]) -> Suggestion:
    """Tell which archetype a deck is.

    Args:
        deck: Of which only the main deck counts.
        rules: Of one format. Of several, what fits must be the same archetype in all in which
            anything fits.
    """
    best: list[Match] = []
    others: list[str] = []
    near: list[tuple[float, str]] = []
    for each in rules:
        seen = SeenDeck(deck, each.colours)
        fitting = sorted(filter(seen.fits, each.rules), key=lambda rule: -rule.priority)
        highest = fitting[0].priority if fitting else 0
        best += [_match(seen, rule) for rule in fitting if rule.priority == highest]
        others += [rule.archetype for rule in fitting if rule.priority < highest]
        near += _near(seen, each.rules)
    tied = tuple(dict.fromkeys(match.archetype for match in best))
    near.sort(key=lambda found: (-found[0], found[1]))
    more = dict.fromkeys((*others, *(archetype for _, archetype in near)))
    nearest = tuple(each for each in more if each not in tied)[:_MOST_NEAR]
    if len(tied) == 1:
        return Suggestion(match=best[0], nearest=nearest)
    return Suggestion(match=None, tied=tied, nearest=nearest)


def _match(seen: SeenDeck, rule: DeckRule) -> Match:
    why = dict.fromkeys(card for need in rule.needs for card in seen.cards_of(need))
    return Match(archetype=rule.archetype, rule=rule, why=tuple(why))


def _near(seen: SeenDeck, rules: Iterable[DeckRule]) -> list[tuple[float, str]]:
    degrees = (
        (seen.degree_of(rule), rule.archetype) for rule in rules if not seen.has_any(rule.none)
    )
    return [found for found in degrees if found[0] >= _NEAR]
