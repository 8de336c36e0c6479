"""Entries into the database, as a live write goes, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from scooty.core.outbox.entries import DraftWrite, EventWrite, ReportWrite, UndoWrite
from scooty.core.storage.inner_port import BatchedReport
from scooty.core.storage.port import (
    ArchetypeUnknown,
    DraftGone,
    EventCreated,
    EventNameTaken,
    NoActiveEvent,
    NotYourReport,
    ReportGone,
    ReportRecorded,
    ReportUndone,
)
from scooty.core.storage.queued import EventQueued, ReportQueued, UndoQueued
from scooty.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from scooty.core.outbox.entries import Entry
    from scooty.core.outbox.refusals import Refusal
    from scooty.core.storage.inner_port import BatchStorage
    from scooty.core.storage.port import (
        CreateOutcome,
        DraftOutcome,
        RecordOutcome,
        Storage,
        UndoOutcome,
    )


async def deliver(entry: Entry, storage: Storage, *, now: datetime) -> Refusal | None:
    """Carry out a queued write; harmless when it had been carried out before.

    Returns:
        None when it is done; else why it never will be.

    Raises:
        StorageUnavailable: When the database is away.
        StorageError: When it refused for a reason that is nobody's of those who asked.
    """
    return _refusal(await _carry_out(entry, storage, now=now))


async def deliver_reports(
    entries: Sequence[Entry], storage: BatchStorage
) -> tuple[Refusal | None, ...]:
    """Carry out queued reports of one guild, in their order, by one call: all of them, or none.

    Returns:
        What `deliver` returns, of each.

    Raises:
        StorageUnavailable: When the database is away.
        StorageError: When it refused one of them for a reason that is nobody's of those who asked.
    """
    reports = tuple(
        BatchedReport(
            request_id=entry.request_id,
            reporter_id=entry.write.reporter_id,
            reporter_name=entry.write.reporter_name,
            opponent=entry.write.opponent,
            archetype=entry.write.archetype,
            comment=entry.write.comment,
            sighting=entry.write.sighting,
        )
        for entry in entries
        if isinstance(entry.write, ReportWrite)
    )
    outcomes = await storage.record_reports(guild_id=entries[0].guild_id, reports=reports)
    return tuple(map(_refusal, outcomes))


def _refusal(outcome: RecordOutcome | DraftOutcome | UndoOutcome | CreateOutcome) -> Refusal | None:
    match outcome:
        case ReportRecorded() | ReportUndone() | EventCreated():
            return None
        case ReportGone():
            return None  # what was wanted: the report does not count
        case ArchetypeUnknown() | NoActiveEvent() | DraftGone():
            return outcome
        case NotYourReport() | EventNameTaken():
            return outcome
        case ReportQueued() | UndoQueued() | EventQueued():
            raise StorageError("the outbox delivers to a storage that queues")
        case _:
            assert_never(outcome)


async def _carry_out(
    entry: Entry, storage: Storage, *, now: datetime
) -> RecordOutcome | DraftOutcome | UndoOutcome | CreateOutcome:
    match entry.write:
        case ReportWrite():
            return await _record(entry, entry.write, storage)
        case DraftWrite():
            return await _record_draft(entry, entry.write, storage, now=now)
        case UndoWrite(report_id=report_id, member_id=member_id):
            return await storage.undo_report(
                guild_id=entry.guild_id,
                request_id=entry.request_id,
                report_id=report_id,
                member_id=member_id,
            )
        case EventWrite(name=name, member_id=member_id):
            return await storage.create_event(
                guild_id=entry.guild_id,
                request_id=entry.request_id,
                name=name,
                member_id=member_id,
                terms=entry.write.terms,
            )
        case _:
            assert_never(entry.write)


async def _record(entry: Entry, report: ReportWrite, storage: Storage) -> RecordOutcome:
    return await storage.record_report(
        guild_id=entry.guild_id,
        request_id=entry.request_id,
        reporter_id=report.reporter_id,
        reporter_name=report.reporter_name,
        opponent=report.opponent,
        archetype=report.archetype,
        comment=report.comment,
        sighting=report.sighting,
    )


async def _record_draft(
    entry: Entry, draft: DraftWrite, storage: Storage, *, now: datetime
) -> RecordOutcome | DraftOutcome:
    outcome = await storage.record_draft(
        guild_id=entry.guild_id,
        request_id=entry.request_id,
        draft_id=draft.draft_id,
        archetype_id=draft.archetype_id,
        reporter_id=draft.reporter_id,
    )
    if not isinstance(outcome, DraftGone) or draft.kept is None or draft.expires_at is None:
        return outcome
    if now < draft.expires_at:
        return outcome  # it did not expire: another button of it was pressed
    # The database has forgotten the draft; this process has not, and a report of the same request
    # is the same report to the database.
    return await _record(entry, draft.kept, storage)
