"""What a team knows of decks, before anything is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass

from scooty.domain.ids import ArchetypeId
from scooty.domain.observations import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDeck:
    """A deck whose archetype is known, of another event."""

    archetype: ArchetypeId
    cards: frozenset[str]
    """What was seen of it; empty when nobody noted a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlayer:
    """A player of the event whose archetype is known."""

    archetype: ArchetypeId
    confidence: Confidence
    cards: frozenset[str] = frozenset()
    past: tuple[ArchetypeId, ...] = ()
    """What they played in other events, the newest first."""

    @property
    def describes(self) -> bool:
        """Whether their cards say something of the archetype: a guess is no description."""
        return bool(self.cards) and self.confidence is not Confidence.GUESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What is known of the player whose archetype is not."""

    cards: frozenset[str] = frozenset()
    past: tuple[ArchetypeId, ...] = ()
    """What they played in other events, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How many players with a past play something of it again."""

    stayed: int = 0
    had_past: int = 0

    @property
    def weight(self) -> float:
        """What a past counts for, between 0 and 1."""
        return (self.stayed + 1) / (self.had_past + 2)


class LeftOut:
    """What a player takes along who is left out; nobody takes nothing along.

    Args:
        player: Who.
    """

    def __init__(self, player: KnownPlayer | None) -> None:
        self.players = 0 if player is None else 1
        self.archetype = None if player is None else player.archetype
        self.described = self.archetype if player is not None and player.describes else None
        self._cards = player.cards if player is not None and player.describes else frozenset()
        self._had_past = player is not None and bool(player.past)
        self._stayed = player is not None and player.archetype in player.past

    def holds(self, card: str) -> int:
        """Return how many decks with a card are gone."""
        return int(card in self._cards)

    def has(self, card: str, archetype: ArchetypeId) -> int:
        """Return how many of those are of an archetype."""
        return int(archetype == self.described and card in self._cards)

    def habits(self, of_all: Habits) -> Habits:
        """Return the habits of those who stay."""
        return Habits(
            stayed=of_all.stayed - self._stayed, had_past=of_all.had_past - self._had_past
        )
