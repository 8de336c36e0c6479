"""What comes of a prediction: archetypes with their reasons, and doubts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from scooty.domain.ids import ArchetypeId

if TYPE_CHECKING:
    from scooty.features.predictions.rules.known_decks import Habits


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReason:
    """How often a card was seen in an archetype, and in all others."""

    card: str
    is_in_rules: bool
    """Whether our rules tell the archetype by it."""
    seen: int
    decks: int
    seen_elsewhere: int
    decks_elsewhere: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """An archetype that the player may be on, and why."""

    archetype: ArchetypeId
    probability: float
    """Above 0, below 1."""
    players: int
    """Of the event who are known to play it."""
    played_before: int
    """In how many of the player's other events."""
    reasons: tuple[CardReason, ...]
    """By card, the most telling first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """All that a player may be on, likeliest first; together with `other` it is 1."""

    prospects: tuple[Prospect, ...]
    other: float
    """The probability of another deck than those that are known."""
    players: int
    """Of the event whose archetype is known."""
    habits: Habits


class Doubt(Enum):
    """Why no archetype is named."""

    FEW_DECKS = "few_decks"
    """Too little is known of what decks there are."""
    NO_CLUE = "no_clue"
    """Nothing is known of the player but the event that they play."""
    FITS_NOTHING = "fits_nothing"
    """What was seen fits another deck better than any that is known."""
    TOO_CLOSE = "too_close"
    """Several fit about as well."""
