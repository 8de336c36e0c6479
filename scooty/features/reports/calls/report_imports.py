"""Reports that were read from a file and wait to be applied, kept in the database until then."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.core.storage import json_fields as read
from scooty.core.storage.imports import EventOver, ImportBook, ImportGone
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import MemberId, RequestId
from scooty.domain.names import fold, name_key, word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.domain.files import ReportEntry

_NOBODY: Final = "—"
"""What a report of an erased member names as its reporter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownArchetype:
    """A name that is no archetype's here."""

    name: str
    reports: int
    nearest: str | None
    """The archetype that is most like it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsKept:
    """What an import would do."""

    import_id: RequestId
    expires_at: datetime
    event_name: str
    reports: int
    """All that were read."""
    players: int
    new_players: int
    """Who would be created."""
    known: int
    """Reports that the event has already."""
    left_out: int
    """Reports of unknown archetypes."""
    unknown_count: int
    """Unknown archetypes."""
    unknown: tuple[UnknownArchetype, ...] = field(repr=False)
    """Those with the most reports, at most ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsImported:
    """What an import did."""

    event_name: str
    reports: int
    players: int
    created: int
    """Players whom the guild did not know."""
    known: int
    left_out: int


KeepReportsOutcome: TypeAlias = ReportsKept | NoActiveEvent
ImportOutcome: TypeAlias = ReportsImported | ImportGone | EventOver


class ReportImports(ImportBook):
    """The book of reports from files."""

    async def keep(self, caller: Caller, *, content: JsonValue) -> KeepReportsOutcome:
        """Keep reports for 15 minutes, as `import_content` writes them, and tell what they are."""
        value = await self._write("keep_report_import", caller, content=content)
        return _OUTCOMES.decode(value, ReportsKept, NoActiveEvent)

    async def apply(self, caller: Caller, *, import_id: RequestId) -> ImportOutcome:
        """Store the reports that are not there yet, in one transaction."""
        value = await self._write("apply_report_import", caller, import_id=import_id)
        return _OUTCOMES.decode(value, ReportsImported, ImportGone, EventOver)


def import_content(
    entries: Iterable[ReportEntry], *, member_id: MemberId, member_name: str
) -> JsonValue:
    """Write reports as they are kept: on a thread, since it folds thousands of names.

    Args:
        entries: The reports.
        member_id: Whose those are of which the file tells no reporter's id.
        member_name: Theirs.
    """
    return {"entries": [_entry(each, member_id, member_name) for each in entries]}


def _entry(entry: ReportEntry, member_id: MemberId, member_name: str) -> JsonValue:
    reporter_id, reporter_name = entry.reporter_id, entry.reporter or _NOBODY
    if reporter_id is None:
        reporter_id, reporter_name = member_id, member_name
    elif not reporter_id:
        reporter_name = _NOBODY
    return {
        "name": entry.player,
        "name_key": name_key(entry.player),
        "word_key": word_key(entry.player),
        "archetype": entry.archetype,
        "archetype_key": fold(entry.archetype),
        "archetype_word_key": word_key(entry.archetype),
        "comment": entry.comment,
        "round": entry.round_number,
        "table_number": entry.table_number,
        "colours": entry.colours,
        "companion": entry.companion,
        "key_cards": entry.key_cards,
        "sideboard": entry.sideboard,
        "play_pattern": entry.play_pattern,
        "variant": entry.variant,
        "source": entry.source.value,
        "confidence": entry.confidence.value,
        "reporter_id": reporter_id,
        "reporter_name": reporter_name,
        "reported_at": None if entry.reported_at is None else entry.reported_at.isoformat(),
    }


def _kept(fields: Mapping[str, JsonValue]) -> ReportsKept:
    return ReportsKept(
        import_id=RequestId(read.field(fields, "import_id", int)),
        expires_at=read.moment(fields, "expires_at"),
        event_name=read.field(fields, "event", str),
        reports=read.field(fields, "reports", int),
        players=read.field(fields, "players", int),
        new_players=read.field(fields, "new_players", int),
        known=read.field(fields, "known", int),
        left_out=read.field(fields, "left_out", int),
        unknown_count=read.field(fields, "unknown_count", int),
        unknown=read.each(fields.get("unknown"), "unknown", _unknown),
    )


def _unknown(fields: Mapping[str, JsonValue]) -> UnknownArchetype:
    return UnknownArchetype(
        name=read.field(fields, "name", str),
        reports=read.field(fields, "reports", int),
        nearest=read.text_or_none(fields, "nearest"),
    )


def _imported(fields: Mapping[str, JsonValue]) -> ReportsImported:
    return ReportsImported(
        event_name=read.field(fields, "event", str),
        reports=read.field(fields, "reports", int),
        players=read.field(fields, "players", int),
        created=read.field(fields, "created", int),
        known=read.field(fields, "known", int),
        left_out=read.field(fields, "left_out", int),
    )


_OUTCOMES: Final = Outcomes(
    {
        "import_kept": _kept,
        "no_active_event": lambda _: NoActiveEvent(),
        "reports_imported": _imported,
        "event_over": lambda fields: EventOver(event=read.field(fields, "event", str)),
        "import_gone": lambda _: ImportGone(),
    }
)
