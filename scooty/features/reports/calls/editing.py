"""What becomes of a report after it was made: read, listed, changed, deleted, restored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.port import NoActiveEvent
from scooty.core.suggestions import ArchetypeSuggestion
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, ReportId
from scooty.domain.names import fold, word_key
from scooty.features.reports.calls.recording import NotYourReport

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue

PAGE: Final = 8
"""Reports, or changes, that fit on a phone's screen or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSaid:
    """What a report says, at one of its revisions; None where it says nothing."""

    archetype: str
    """Its name when that was said."""
    archetype_guild_id: GuildId | None = None
    archetype_id: ArchetypeId | None = None
    comment: str | None = field(default=None, repr=False)
    round: int | None = None
    table_number: int | None = None
    variant: str | None = None
    colours: str | None = None
    """In ``WUBRG`` order; empty: a colourless deck."""
    companion: str | None = None
    key_cards: str | None = None
    sideboard: str | None = None
    play_pattern: str | None = field(default=None, repr=False)
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
    reported_at: Moment
    said: ReportSaid
    deleted_at: Moment | None
    deleted_by: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUnknown:
    """The guild has no report of that number."""

    outcome: Literal["report_unknown"] = "report_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRead:
    """The report that was asked for."""

    outcome: Literal["report"] = "report"
    report: StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport(Read[ReportRead | ReportUnknown | NotYourReport]):
    """Return one report, to its reporter or a captain."""

    report_id: ReportId
    member_id: MemberId
    as_captain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStale:
    """It was changed by somebody else since; here as it is now. Nothing was saved."""

    outcome: Literal["stale"] = "stale"
    report: StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUnchanged:
    """It was that way already. Nothing was saved."""

    outcome: Literal["unchanged"] = "unchanged"
    report: StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDeletedBefore:
    """It was undone or deleted, and can be restored. Nothing was saved."""

    outcome: Literal["deleted_before"] = "deleted_before"
    report: StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeNotFound:
    """No archetype has the name that was typed. Nothing was saved."""

    outcome: Literal["archetype_unknown"] = "archetype_unknown"
    report: StoredReport
    nearest: tuple[ArchetypeSuggestion, ...]
    """Those that resemble it, at most three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEdited:
    """It says something else now."""

    outcome: Literal["edited"] = "edited"
    report: StoredReport
    before: ReportSaid
    consensus: str | None
    """The archetype that the player counts as since; None when no report counts."""


NotEdited: TypeAlias = (
    ReportUnchanged
    | ReportStale
    | ReportDeletedBefore
    | ArchetypeNotFound
    | ReportUnknown
    | NotYourReport
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditReport(Write[ReportEdited | NotEdited]):
    """Change a report that still is what it was at ``revision``."""

    of_caller: ClassVar = ("member_id", "as_captain")

    report_id: ReportId
    revision: int
    archetype: str | None = None
    """A name or alias in any case; None when the form did not ask."""
    changes: Mapping[str, str | int | None] = field(default_factory=dict, repr=False)
    """By the names of `ReportSaid`; None where a field was left empty."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        typed = self.archetype
        return {
            "report_id": self.report_id,
            "revision": self.revision,
            "changes": dict(self.changes),
            "archetype": typed,
            "archetype_key": None if typed is None else fold(typed),
            "archetype_word_key": None if typed is None else word_key(typed),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDeleted:
    """It counts nowhere any more."""

    outcome: Literal["deleted"] = "deleted"
    report: StoredReport
    consensus: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteReport(
    Write[ReportDeleted | ReportStale | ReportDeletedBefore | ReportUnknown | NotYourReport]
):
    """Let a report count no more that still is what it was at ``revision``."""

    of_caller: ClassVar = ("member_id", "as_captain")

    report_id: ReportId
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRestored:
    """It counts again."""

    outcome: Literal["restored"] = "restored"
    report: StoredReport
    consensus: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReport(Write[ReportRestored | ReportUnchanged | ReportUnknown | NotYourReport]):
    """Let a report count again."""

    of_caller: ClassVar = ("member_id", "as_captain")

    report_id: ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of a report."""

    revision: int
    """What the report's revision was after it."""
    changed_by: MemberId
    changed_at: Moment
    before: ReportSaid
    after: ReportSaid


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRead:
    """A page of a report's changes, the newest first."""

    outcome: Literal["history"] = "history"
    report: StoredReport
    first: ReportSaid
    """As the report was made."""
    page: int
    """From 0; the last one when a later one was asked for."""
    count: int
    """Of all pages."""
    changes: tuple[Revision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHistory(Read[HistoryRead | ReportUnknown | NotYourReport]):
    """Return a page of a report's changes."""

    function: ClassVar = "report_history"

    report_id: ReportId
    member_id: MemberId
    as_captain: bool
    page: int
    page_size: int = PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsListed:
    """A page of somebody's reports in the active event, the newest first."""

    outcome: Literal["listed"] = "listed"
    event_name: str
    page: int
    """From 0; the last one when a later one was asked for."""
    count: int
    """Of all pages."""
    reports: tuple[StoredReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOwnReports(Read[ReportsListed | NoActiveEvent]):
    """Return a page of a member's own reports in the active event."""

    function: ClassVar = "my_reports"

    member_id: MemberId
    page: int
    page_size: int = PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestReports(Read[tuple[StoredReport, ...]]):
    """Return up to 25 reports that fit what is typed of a number, a player or an archetype."""

    member_id: MemberId
    as_captain: bool
    text: str = field(repr=False)
    with_deleted: bool

    @override
    def arguments(self) -> dict[str, JsonValue]:
        digits = self.text.lstrip("# ")
        return {
            "member_id": self.member_id,
            "as_captain": self.as_captain,
            "text_key": fold(self.text),
            "number_prefix": digits if digits.isascii() and digits.isdigit() else "",
            "with_deleted": self.with_deleted,
        }
