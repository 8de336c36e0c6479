"""What there is to say of decklists, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.imports import EventOver, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, RequestId
from scooty.features.reports.calls.looking_up import NobodyFound

if TYPE_CHECKING:
    from scooty.domain.decks import Deck
    from scooty.domain.observations import Confidence
    from scooty.features.reports.calls.looking_up import PlayerMatch
    from scooty.features.reports.calls.recording import ReportRecorded


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedArchetype:
    """An archetype that a rule names and that may be reported here."""

    key: str
    """The name in the rule, folded."""
    id: ArchetypeId
    name: str
    """What the guild calls it."""
    colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedDeck:
    """An earlier list of the same player in the same event."""

    added_by: MemberId
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckKept:
    """A list that waits, and what there is to know before it is applied."""

    import_id: RequestId
    expires_at: datetime
    event_name: str
    format: str | None
    """As whoever made the event wrote it."""
    player_name: str | None = field(repr=False)
    """As the guild knows the player; None when it does not."""
    alike: tuple[str, ...] = field(repr=False)
    """Known players whose names are like it, when nobody has it."""
    archetype: str | None
    """What the player was said to play until now."""
    replaced: ReplacedDeck | None
    offered: tuple[OfferedArchetype, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeGone:
    """It was retired, or is nobody's here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckApplied:
    """A list is stored."""

    player_id: PlayerId
    player_name: str = field(repr=False)
    event_id: EventId
    event_name: str
    main_count: int
    side_count: int
    replaced: ReplacedDeck | None
    recorded: ReportRecorded | None
    """The report that came with it, if one was wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckShown:
    """A list that is stored."""

    player_id: PlayerId
    player_name: str = field(repr=False)
    event_id: EventId
    event_name: str
    is_drafting: bool
    """The event is active and in a draft."""
    deck: Deck
    added_by: MemberId
    added_at: datetime
    archetype: str | None
    """What the reports come to."""
    colours: str
    confidence: Confidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDeck:
    """The player is known, and has no list in the event."""

    player_name: str = field(repr=False)
    event_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralDecks:
    """Players with a list who may be meant."""

    event_id: EventId
    matches: tuple[PlayerMatch, ...]


DeckOutcome: TypeAlias = DeckApplied | ImportGone | EventOver | ArchetypeGone
DeckFound: TypeAlias = (
    DeckShown | NoDeck | SeveralDecks | NobodyFound | NoActiveEvent | EventUnknown
)
