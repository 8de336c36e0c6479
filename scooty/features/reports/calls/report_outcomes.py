"""What the book of reports answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import MemberId, ReportId
from scooty.features.reports.calls.recording import NotYourReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSaid:
    """What a report says, at one of its revisions; None where it says nothing."""

    archetype: str
    """Its name when that was said."""
    comment: str | None = field(repr=False)
    round: int | None
    table_number: int | None
    variant: str | None
    colours: str | None
    """In ``WUBRG`` order; empty: a colourless deck."""
    companion: str | None
    key_cards: str | None
    sideboard: str | None
    play_pattern: str | None = field(repr=False)
    deleted: bool
    """It counts nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """One report as it is now."""

    id: ReportId
    revision: int
    """1 as it was made, one more with each change."""
    player_name: str = field(repr=False)
    event_name: str
    reporter_id: MemberId
    """0 when the reporter was erased."""
    reported_at: datetime
    said: ReportSaid
    deleted_at: datetime | None
    deleted_by: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of a report."""

    revision: int
    """What the report's revision was after it."""
    changed_by: MemberId
    changed_at: datetime
    before: ReportSaid
    after: ReportSaid


@dataclass(frozen=True, slots=True)
class ReportUnknown:
    """The guild has no report of that number."""


@dataclass(frozen=True, slots=True)
class ReportRead:
    """The report that was asked for."""

    report: StoredReport


@dataclass(frozen=True, slots=True)
class ReportStale:
    """It was changed by somebody else since; here as it is now. Nothing was saved."""

    report: StoredReport


@dataclass(frozen=True, slots=True)
class ReportUnchanged:
    """It was that way already. Nothing was saved."""

    report: StoredReport


@dataclass(frozen=True, slots=True)
class ReportDeletedBefore:
    """It was undone or deleted, and can be restored. Nothing was saved."""

    report: StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeNotFound:
    """No archetype has the name that was typed. Nothing was saved."""

    report: StoredReport
    nearest: tuple[str, ...]
    """Names of archetypes that resemble it, at most three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEdited:
    """It says something else now."""

    report: StoredReport
    before: ReportSaid
    consensus: str | None
    """The archetype that the player counts as since; None when no report counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDeleted:
    """It counts nowhere any more."""

    report: StoredReport
    consensus: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRestored:
    """It counts again."""

    report: StoredReport
    consensus: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsListed:
    """A page of somebody's reports in the active event, the newest first."""

    event_name: str
    page: int
    """From 0; the last one when a later one was asked for."""
    count: int
    """Of all pages."""
    reports: tuple[StoredReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRead:
    """A page of a report's changes, the newest first."""

    report: StoredReport
    first: ReportSaid
    """As the report was made."""
    page: int
    """From 0; the last one when a later one was asked for."""
    count: int
    """Of all pages."""
    changes: tuple[Revision, ...]


ReadOutcome: TypeAlias = ReportRead | ReportUnknown | NotYourReport
EditRefused: TypeAlias = (
    ReportUnchanged
    | ReportStale
    | ReportDeletedBefore
    | ArchetypeNotFound
    | ReportUnknown
    | NotYourReport
)
EditOutcome: TypeAlias = ReportEdited | EditRefused
DeleteOutcome: TypeAlias = (
    ReportDeleted | ReportStale | ReportDeletedBefore | ReportUnknown | NotYourReport
)
RestoreOutcome: TypeAlias = ReportRestored | ReportUnchanged | ReportUnknown | NotYourReport
HistoryOutcome: TypeAlias = HistoryRead | ReportUnknown | NotYourReport
ListOutcome: TypeAlias = ReportsListed | NoActiveEvent
