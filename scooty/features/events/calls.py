"""A guild's events: made, switched, closed, advanced; one of them at most is active.

An event that is made waits for the database like a report, before any later one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import Field as JsonField
from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.changes import ANYTHING_CHANGED, NOTHING_CHANGED
from scooty.core.shapes import Moment
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import Decklists, NoActiveEvent
from scooty.core.storage.typed import stored_name
from scooty.core.waiting import ERASED_MEMBER, WaitingWrite
from scooty.domain.ids import EventId, MemberId
from scooty.domain.names import fold

if TYPE_CHECKING:
    from datetime import datetime

    from actors.repository.messages import JsonValue
    from scooty.core.changes import Change

Phase: TypeAlias = Literal["swiss", "draft", "top_cut"]
"""Which part of a tournament is being played."""
NAMED: Final = 200
"""Events whose names are kept at hand: a team that plays every week has them in four years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts(Event):
    """An event and how it stands."""

    active: bool
    """Whether reports go to it; it is closed otherwise."""
    closed_at: Moment | None
    format: str | None
    decklists: Decklists | None
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEvent(EventFacts):
    """An event with how much is known of it."""

    players: int
    """Reported, or on a roster."""
    reports: int
    """That count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """A part of the list of a guild's events."""

    events: tuple[ListedEvent, ...]
    """The active one first, then the newest."""
    skipped: int
    """How many come before."""
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEvents(Read[EventPage]):
    """A part of a guild's events, the active one first, then the newest."""

    skipped: int
    """How many come before; past the end, the last part is returned."""
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEvent(EventFacts):
    """An event that may be meant."""

    name_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEvents:
    """Events whose names fit, the newest first."""

    events: tuple[NamedEvent, ...]
    complete: bool
    """There are no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEvents(Read[NamedEvents]):
    """Events in whose names a word begins with each that is typed."""

    is_kept: ClassVar = True
    despite_reports: ClassVar = True

    text_key: str
    at_most: int = NAMED

    @override
    def dated(self, answer: NamedEvents, as_of: datetime) -> NamedEvents:
        return answer  # names are as good as ever


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """An event in all its facts."""

    outcome: Literal["event"] = "event"
    facts: Annotated[EventFacts, JsonField(alias="event")]
    seen: int
    """Players: reported, or on a roster."""
    known: int
    """Players of whom it is known what they play."""
    listed: int
    """Players on a roster."""
    reports: int
    """That count."""
    contributors: int
    rounds: int | None
    """The highest round of which there is a report."""
    first_report_at: Moment | None
    last_report_at: Moment | None
    as_of: Moment | None = None
    """When the database said so, while it is away and this is what is remembered; None: now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowEvent(Read[EventShown | EventUnknown | NoActiveEvent]):
    """All facts of an event; of the active one if no other is asked for."""

    is_kept: ClassVar = True

    event_id: EventId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSwitched:
    """The event is the active one."""

    outcome: Literal["event_switched"] = "event_switched"
    event: EventFacts
    previous: str | None
    """The name of the event that was active until now, and is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventActiveAlready:
    """The event was the active one before; nothing changed."""

    outcome: Literal["event_active"] = "event_active"
    event: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchEvent(Write[EventSwitched | EventActiveAlready | EventUnknown]):
    """Make an event the active one, and close the one before, in one transaction."""

    event_id: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClosed:
    """The event is closed, and the guild has no active one."""

    outcome: Literal["event_closed"] = "event_closed"
    event: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClosedAlready:
    """The event was closed before; nothing changed."""

    outcome: Literal["event_closed_before"] = "event_closed_before"
    event: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEvent(Write[EventClosed | EventClosedAlready | EventUnknown]):
    """Close an event; what was reported to it is kept."""

    event_id: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSet:
    """The active event is in that phase."""

    outcome: Literal["phase_set"] = "phase_set"
    event: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSetAlready:
    """The active event was in that phase before; nothing changed."""

    outcome: Literal["phase_set_before"] = "phase_set_before"
    event: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class SetEventPhase(Write[PhaseSet | PhaseSetAlready | NoActiveEvent]):
    """Say which part of the active event is being played."""

    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class LastMigration:
    """The migration that the database had last."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaLevel(Read[LastMigration]):
    """The number of the last migration that the database had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCreated:
    """The event exists and is the active one."""

    outcome: Literal["created"] = "created"
    event: Event
    previous: str | None
    """The name of the event that was active until now and is closed; its reports are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNameTaken:
    """The guild already has an event of that name, in whatever spelling of case and accents."""

    outcome: Literal["event_name_taken"] = "event_name_taken"
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQueued:
    """The database is away: the event is created when it is back, before any later report."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEvent(WaitingWrite[EventCreated | EventNameTaken | EventQueued]):
    """Create an event and make it the active one, in one transaction."""

    kind: ClassVar = "event"

    name: str
    member_id: MemberId
    format: str | None = None
    """In lower case, as archetypes name theirs; what an older version queued has none."""
    decklists: Decklists | None = None

    def __post_init__(self) -> None:
        """Keep the name as it is stored.

        Raises:
            StorageError: When nothing storable is left of it, or too much.
        """
        object.__setattr__(self, "name", stored_name(self.name))

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "name": self.name,
            "name_key": fold(self.name),
            "member_id": self.member_id,
            "format": self.format,
            "decklists": self.decklists,
        }

    @override
    def change(self, answer: object) -> Change:
        return ANYTHING_CHANGED if isinstance(answer, EventCreated) else NOTHING_CHANGED

    @property
    @override
    def author_id(self) -> MemberId:
        return self.member_id

    @override
    def promise(self, queued_at: datetime) -> EventQueued:
        return EventQueued(name=self.name)

    @override
    def is_done(self, answer: object) -> bool:
        return isinstance(answer, EventCreated)

    @override
    def anonymous(self) -> CreateEvent:
        return replace(self, member_id=ERASED_MEMBER)
