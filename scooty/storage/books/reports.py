"""The book of reports: reading, changing, deleting and restoring what was reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scooty.domain.names import fold
from scooty.storage.books.report_decoding import report_outcome, reports
from scooty.storage.books.report_outcomes import (
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
from scooty.storage.port import NoActiveEvent, NotYourReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.domain.ids import GuildId, MemberId, ReportId, RequestId
    from scooty.storage.books.report_outcomes import (
        DeleteOutcome,
        EditOutcome,
        HistoryOutcome,
        ListOutcome,
        ReadOutcome,
        RestoreOutcome,
        StoredReport,
    )
    from scooty.storage.calls import Calls

__all__ = ["PAGE", "Asker", "ReportBook", "ReportChanges"]

PAGE: Final = 8
"""Reports, or changes, that fit on a phone's screen or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, and where: a scout has their own reports, a captain all of the guild's."""

    guild_id: GuildId
    member_id: MemberId
    as_captain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChanges:
    """What was in a form."""

    archetype: str | None = None
    """A name or alias in any case; None when the form did not ask."""
    fields: Mapping[str, str | int | None] = field(default_factory=dict, repr=False)
    """By the names of `ReportSaid`; None where a field was left empty."""


class ReportBook:
    """One method, one SQL function.

    Args:
        calls: The way to the database.
    """

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def read(self, asker: Asker, report_id: ReportId) -> ReadOutcome:
        """Return one report."""
        value = await self._calls.read(
            "read_report",
            guild_id=asker.guild_id,
            report_id=report_id,
            member_id=asker.member_id,
            as_captain=asker.as_captain,
        )
        return report_outcome(value, ReportRead, ReportUnknown, NotYourReport)

    async def edit(
        self,
        asker: Asker,
        request_id: RequestId,
        report_id: ReportId,
        *,
        revision: int,
        changes: ReportChanges,
    ) -> EditOutcome:
        """Change a report that still is what it was at ``revision``."""
        key = None if changes.archetype is None else fold(changes.archetype)
        value = await self._calls.write(
            "edit_report",
            guild_id=asker.guild_id,
            request_id=request_id,
            member_id=asker.member_id,
            as_captain=asker.as_captain,
            report_id=report_id,
            revision=revision,
            changes=dict(changes.fields),
            archetype=changes.archetype,
            archetype_key=key,
            archetype_word_key=None if key is None else " ".join(sorted(key.split())),
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

    async def delete(
        self, asker: Asker, request_id: RequestId, report_id: ReportId, *, revision: int
    ) -> DeleteOutcome:
        """Let a report count no more that still is what it was at ``revision``."""
        value = await self._calls.write(
            "delete_report",
            guild_id=asker.guild_id,
            request_id=request_id,
            member_id=asker.member_id,
            as_captain=asker.as_captain,
            report_id=report_id,
            revision=revision,
        )
        return report_outcome(
            value, ReportDeleted, ReportStale, ReportDeletedBefore, ReportUnknown, NotYourReport
        )

    async def restore(
        self, asker: Asker, request_id: RequestId, report_id: ReportId
    ) -> RestoreOutcome:
        """Let a report count again."""
        value = await self._calls.write(
            "restore_report",
            guild_id=asker.guild_id,
            request_id=request_id,
            member_id=asker.member_id,
            as_captain=asker.as_captain,
            report_id=report_id,
        )
        return report_outcome(value, ReportRestored, ReportUnchanged, ReportUnknown, NotYourReport)

    async def list_changes(self, asker: Asker, report_id: ReportId, *, page: int) -> HistoryOutcome:
        """Return a page of a report's changes."""
        value = await self._calls.read(
            "report_history",
            guild_id=asker.guild_id,
            report_id=report_id,
            member_id=asker.member_id,
            as_captain=asker.as_captain,
            page=page,
            page_size=PAGE,
        )
        return report_outcome(value, HistoryRead, ReportUnknown, NotYourReport)

    async def list_own(self, asker: Asker, *, page: int) -> ListOutcome:
        """Return a page of the asker's own reports in the active event."""
        value = await self._calls.read(
            "my_reports",
            guild_id=asker.guild_id,
            member_id=asker.member_id,
            page=page,
            page_size=PAGE,
        )
        return report_outcome(value, ReportsListed, NoActiveEvent)

    async def suggest(
        self, asker: Asker, text: str, *, with_deleted: bool
    ) -> tuple[StoredReport, ...]:
        """Return up to 25 reports that fit what is typed of a number, a player or an archetype."""
        digits = text.lstrip("# ")
        value = await self._calls.read(
            "suggest_reports",
            guild_id=asker.guild_id,
            member_id=asker.member_id,
            as_captain=asker.as_captain,
            text_key=fold(text),
            number_prefix=digits if digits.isascii() and digits.isdigit() else "",
            with_deleted=with_deleted,
        )
        return reports(value)
