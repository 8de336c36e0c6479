"""Reports that were read from a file and wait to be applied, kept in the database until then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from typing_extensions import override

from actors.repository.messages import JsonValue
from scooty.core.call import Write
from scooty.core.shapes import Moment
from scooty.core.storage.imports import EventOver, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import MemberId, RequestId
from scooty.domain.names import fold, name_key, word_key

if TYPE_CHECKING:
    from collections.abc import Iterable

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

    outcome: Literal["import_kept"] = "import_kept"
    import_id: RequestId
    expires_at: Moment
    event: str
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
class KeepReportImport(Write[ReportsKept | NoActiveEvent]):
    """Keep reports for 15 minutes, and tell what they are."""

    content: JsonValue = field(repr=False)
    """As `import_content` writes it."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"content": self.content}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsImported:
    """What an import did."""

    outcome: Literal["reports_imported"] = "reports_imported"
    event: str
    reports: int
    players: int
    created: int
    """Players whom the guild did not know."""
    known: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyReportImport(Write[ReportsImported | ImportGone | EventOver]):
    """Store the reports that are not there yet, in one transaction."""

    is_large: ClassVar = True

    import_id: RequestId


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
