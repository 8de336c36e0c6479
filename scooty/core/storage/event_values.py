"""What the book of events answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from scooty.core.storage.port import NoActiveEvent

if TYPE_CHECKING:
    from scooty.core.storage.player_card import Event
    from scooty.core.storage.port import Decklists

Phase: TypeAlias = Literal["swiss", "draft", "top_cut"]
"""Which part of a tournament is being played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """An event and how it stands."""

    event: Event
    active: bool
    """Whether reports go to it; it is closed otherwise."""
    closed_at: datetime | None
    format: str | None
    decklists: Decklists | None
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEvent:
    """An event with how much is known of it."""

    facts: EventFacts
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
class EventShown:
    """An event in all its facts."""

    facts: EventFacts
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
    first_report_at: datetime | None
    last_report_at: datetime | None
    as_of: datetime | None = None
    """When the database said so, while it is away and this is what is remembered; None: now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventUnknown:
    """The guild has no event of that id."""

    outcome: Literal["event_unknown"] = "event_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSwitched:
    """The event is the active one."""

    facts: EventFacts
    previous: str | None
    """The name of the event that was active until now, and is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventActiveAlready:
    """The event was the active one before; nothing changed."""

    facts: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClosed:
    """The event is closed, and the guild has no active one."""

    facts: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClosedAlready:
    """The event was closed before; nothing changed."""

    facts: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSet:
    """The active event is in that phase."""

    facts: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSetAlready:
    """The active event was in that phase before; nothing changed."""

    facts: EventFacts


ShowOutcome: TypeAlias = EventShown | EventUnknown | NoActiveEvent
SwitchOutcome: TypeAlias = EventSwitched | EventActiveAlready | EventUnknown
CloseOutcome: TypeAlias = EventClosed | EventClosedAlready | EventUnknown
PhaseOutcome: TypeAlias = PhaseSet | PhaseSetAlready | NoActiveEvent
