"""The book of reports: reading, changing, deleting and restoring what was reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scooty.core.storage.book import Book
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import ReportId
from scooty.domain.names import fold, word_key
from scooty.features.reports.calls.recording import NotYourReport
from scooty.features.reports.calls.report_decoding import report_outcome, reports
from scooty.features.reports.calls.report_outcomes import (
    ArchetypeNotFound,
    HistoryRead,
    ReportDeleted,
    ReportDeletedBefore,
    ReportEdited,
    ReportRead,
    ReportRestored,
    ReportsListed,
    ReportStale,
    ReportUnchanged,
    ReportUnknown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.call import Caller
    from scooty.features.reports.calls.report_outcomes import (
        DeleteOutcome,
        EditOutcome,
        HistoryOutcome,
        ListOutcome,
        ReadOutcome,
        RestoreOutcome,
        StoredReport,
    )

PAGE: Final = 8
"""Reports, or changes, that fit on a phone's screen or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChanges:
    """What was in a form."""

    archetype: str | None = None
    """A name or alias in any case; None when the form did not ask."""
    fields: Mapping[str, str | int | None] = field(default_factory=dict, repr=False)
    """By the names of `ReportSaid`; None where a field was left empty."""


class ReportBook(Book):
    """The reports of every guild."""

    async def read(self, caller: Caller, report_id: ReportId) -> ReadOutcome:
        """Return one report."""
        value = await self._calls.read(
            "read_report",
            guild_id=caller.guild_id,
            report_id=report_id,
            member_id=caller.member_id,
            as_captain=caller.as_captain,
        )
        return report_outcome(value, ReportRead, ReportUnknown, NotYourReport)

    async def edit(
        self, caller: Caller, report_id: ReportId, *, revision: int, changes: ReportChanges
    ) -> EditOutcome:
        """Change a report that still is what it was at ``revision``."""
        typed = changes.archetype
        value = await self._write(
            "edit_report",
            caller,
            as_captain=caller.as_captain,
            report_id=report_id,
            revision=revision,
            changes=dict(changes.fields),
            archetype=typed,
            archetype_key=None if typed is None else fold(typed),
            archetype_word_key=None if typed is None else word_key(typed),
        )
        return report_outcome(
            value,
            ReportEdited,
            ReportUnchanged,
            ReportStale,
            ReportDeletedBefore,
            ArchetypeNotFound,
            ReportUnknown,
            NotYourReport,
        )

    async def delete(self, caller: Caller, report_id: ReportId, *, revision: int) -> DeleteOutcome:
        """Let a report count no more that still is what it was at ``revision``."""
        value = await self._write(
            "delete_report",
            caller,
            as_captain=caller.as_captain,
            report_id=report_id,
            revision=revision,
        )
        return report_outcome(
            value, ReportDeleted, ReportStale, ReportDeletedBefore, ReportUnknown, NotYourReport
        )

    async def restore(self, caller: Caller, report_id: ReportId) -> RestoreOutcome:
        """Let a report count again."""
        value = await self._write(
            "restore_report",
            caller,
            as_captain=caller.as_captain,
            report_id=report_id,
        )
        return report_outcome(value, ReportRestored, ReportUnchanged, ReportUnknown, NotYourReport)

    async def list_changes(
        self, caller: Caller, report_id: ReportId, *, page: int
    ) -> HistoryOutcome:
        """Return a page of a report's changes."""
        value = await self._calls.read(
            "report_history",
            guild_id=caller.guild_id,
            report_id=report_id,
            member_id=caller.member_id,
            as_captain=caller.as_captain,
            page=page,
            page_size=PAGE,
        )
        return report_outcome(value, HistoryRead, ReportUnknown, NotYourReport)

    async def list_own(self, caller: Caller, *, page: int) -> ListOutcome:
        """Return a page of the caller's own reports in the active event."""
        value = await self._calls.read(
            "my_reports",
            guild_id=caller.guild_id,
            member_id=caller.member_id,
            page=page,
            page_size=PAGE,
        )
        return report_outcome(value, ReportsListed, NoActiveEvent)

    async def suggest(
        self, caller: Caller, text: str, *, with_deleted: bool
    ) -> tuple[StoredReport, ...]:
        """Return up to 25 reports that fit what is typed of a number, a player or an archetype."""
        digits = text.lstrip("# ")
        value = await self._calls.read(
            "suggest_reports",
            guild_id=caller.guild_id,
            member_id=caller.member_id,
            as_captain=caller.as_captain,
            text_key=fold(text),
            number_prefix=digits if digits.isascii() and digits.isdigit() else "",
            with_deleted=with_deleted,
        )
        return reports(value)
