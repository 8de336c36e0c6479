"""What waits: a write as it was asked for, with all that its delivery and its caller need."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from scooty.core.storage.port import EventTerms
from scooty.core.storage.queued import EventQueued, QueuedReport, ReportQueued, UndoQueued
from scooty.domain.ids import MemberId
from scooty.domain.observations import PLAIN, Sighting

if TYPE_CHECKING:
    from datetime import datetime

    from scooty.core.outbox.refusals import Refusal
    from scooty.core.storage.port import Decklists
    from scooty.domain.contact import Contact
    from scooty.domain.ids import ArchetypeId, GuildId, ReportId, RequestId

ERASED_MEMBER: Final = MemberId(0)
"""Nobody: in the place of a member who was erased while a report of theirs waited."""
ERASED_NAME: Final = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWrite:
    """A report to record."""

    reporter_id: MemberId
    reporter_name: str = field(repr=False)
    opponent: str = field(repr=False)
    archetype: str
    comment: str | None = field(repr=False)
    sighting: Sighting = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWrite:
    """A draft to record with the archetype that was chosen for it."""

    draft_id: RequestId
    archetype_id: ArchetypeId
    reporter_id: MemberId
    kept: ReportWrite | None = None
    """The draft as a whole, when this process saw it being made."""
    expires_at: datetime | None = None
    """When the database forgets the draft, so that only ``kept`` can be recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoWrite:
    """A report to withdraw."""

    report_id: ReportId
    member_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWrite:
    """An event to create."""

    name: str
    member_id: MemberId
    format: str | None = None
    """These two are missing in what an older version wrote."""
    decklists: Decklists | None = None

    @property
    def terms(self) -> EventTerms:
        """How it is played."""
        return EventTerms(format=self.format, decklists=self.decklists)


QueuedWrite: TypeAlias = ReportWrite | DraftWrite | UndoWrite | EventWrite
Promise: TypeAlias = ReportQueued | UndoQueued | EventQueued
"""What the caller is told of a queued write."""
Key: TypeAlias = "tuple[GuildId, RequestId]"
"""What makes an entry the same entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """How the database ended a queued write; its caller is still to be told."""

    refusal: Refusal
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One queued write."""

    guild_id: GuildId
    request_id: RequestId
    write: QueuedWrite
    queued_at: datetime
    contact: Contact | None
    """None when nobody in Discord asked, or when the caller was erased."""
    refused: Refused | None = None

    @property
    def key(self) -> Key:
        """The guild and the request."""
        return self.guild_id, self.request_id


def promise_of(entry: Entry) -> Promise:
    """Return what the caller of an entry is told when it is on the disk."""
    match entry.write:
        case ReportWrite():
            return ReportQueued(report=_as_queued(entry.write, entry.queued_at))
        case DraftWrite(kept=kept):
            report = None if kept is None else _as_queued(kept, entry.queued_at)
            return ReportQueued(report=report)
        case UndoWrite():
            return UndoQueued()
        case EventWrite(name=name):
            return EventQueued(name=name)
        case _:
            assert_never(entry.write)


def _as_queued(report: ReportWrite, queued_at: datetime) -> QueuedReport:
    return QueuedReport(
        opponent=report.opponent,
        archetype=report.archetype,
        comment=report.comment,
        reporter_id=report.reporter_id,
        reporter_name=report.reporter_name,
        queued_at=queued_at,
        sighting=report.sighting,
    )
