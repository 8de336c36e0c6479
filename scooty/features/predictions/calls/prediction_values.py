"""What the database answers when somebody asks for a prediction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import ArchetypeId
from scooty.features.players.calls.players import NobodyCertain

if TYPE_CHECKING:
    from scooty.core.storage.player_card import Event
    from scooty.domain.observations import Confidence
    from scooty.features.players.calls.players import GuildPlayer
    from scooty.features.predictions.rules.forecast import Spelled


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArchetype:
    """An archetype as it is shown."""

    name: str
    colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDeck:
    """What reports of this event come to."""

    archetype: str
    colours: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The player whose archetype is asked for."""

    name: str = field(repr=False)
    reported: ReportedDeck | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedBefore:
    """What the player was known to play in another event."""

    archetype_id: ArchetypeId
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionEvidence:
    """All that speaks for what a player plays."""

    event: Event
    format: str | None
    """The event's, in its maker's words."""
    asked: Asked | None
    """None when nobody is certain to have that name."""
    alike: tuple[GuildPlayer, ...]
    """Who may be meant then."""
    own: Spelled
    """What was noted of the player in this event."""
    past: tuple[PlayedBefore, ...]
    """The newest event first."""
    archetypes: dict[ArchetypeId, NamedArchetype]
    """All that may be a prospect."""
    counts: dict[ArchetypeId, int]
    """Players of the event by what they are known to play, the asked one not among them."""
    players: tuple[str, ...] = field(repr=False)
    """Of the event: pages of JSON, for `prediction_decoding.noted_field`."""
    decks: tuple[str, ...] = field(repr=False)
    """Of other events: the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSurely:
    """The team is sure of what the player plays: nothing was gathered."""

    event: Event
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """The event is in a phase in which there are no notes."""

    event: Event


PredictionOutcome: TypeAlias = (
    PredictionEvidence | ReportedSurely | NobodyCertain | Drafting | NoActiveEvent
)
