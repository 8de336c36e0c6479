"""From the JSON of the book of reports to its values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.json_fields import (
    each,
    field,
    moment,
    moment_or_none,
    number_or_none,
    object_of,
    text_or_none,
)
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import MemberId, ReportId
from scooty.features.reports.calls.recording import NotYourReport
from scooty.features.reports.calls.report_outcomes import (
    ArchetypeNotFound,
    HistoryRead,
    ReportDeleted,
    ReportDeletedBefore,
    ReportEdited,
    ReportRead,
    ReportRestored,
    ReportSaid,
    ReportsListed,
    ReportStale,
    ReportUnchanged,
    ReportUnknown,
    Revision,
    StoredReport,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue


def reports(value: JsonValue) -> tuple[StoredReport, ...]:
    """Decode a list of reports."""
    return each(value, "the answer", _report)


def _said(fields: Mapping[str, JsonValue], name: str) -> ReportSaid:
    said = object_of(fields.get(name), name)
    return ReportSaid(
        archetype=field(said, "archetype", str),
        comment=text_or_none(said, "comment"),
        round=number_or_none(said, "round"),
        table_number=number_or_none(said, "table_number"),
        variant=text_or_none(said, "variant"),
        colours=text_or_none(said, "colours"),
        companion=text_or_none(said, "companion"),
        key_cards=text_or_none(said, "key_cards"),
        sideboard=text_or_none(said, "sideboard"),
        play_pattern=text_or_none(said, "play_pattern"),
        deleted=field(said, "deleted", bool),
    )


def _report(fields: Mapping[str, JsonValue]) -> StoredReport:
    return StoredReport(
        id=ReportId(field(fields, "id", int)),
        revision=field(fields, "revision", int),
        player_name=field(fields, "player_name", str),
        event_name=field(fields, "event_name", str),
        reporter_id=MemberId(field(fields, "reporter_id", int)),
        reported_at=moment(fields, "reported_at"),
        said=_said(fields, "said"),
        deleted_at=moment_or_none(fields, "deleted_at"),
        deleted_by=MemberId(field(fields, "deleted_by", int)),
    )


def _report_of(fields: Mapping[str, JsonValue]) -> StoredReport:
    return _report(object_of(fields.get("report"), "report"))


def _revision(fields: Mapping[str, JsonValue]) -> Revision:
    return Revision(
        revision=field(fields, "revision", int),
        changed_by=MemberId(field(fields, "changed_by", int)),
        changed_at=moment(fields, "changed_at"),
        before=_said(fields, "before"),
        after=_said(fields, "after"),
    )


def _not_found(fields: Mapping[str, JsonValue]) -> ArchetypeNotFound:
    nearest = each(fields.get("nearest"), "nearest", lambda near: field(near, "name", str))
    return ArchetypeNotFound(report=_report_of(fields), nearest=nearest)


def _edited(fields: Mapping[str, JsonValue]) -> ReportEdited:
    return ReportEdited(
        report=_report_of(fields),
        before=_said(fields, "before"),
        consensus=text_or_none(fields, "consensus"),
    )


def _deleted(fields: Mapping[str, JsonValue]) -> ReportDeleted:
    return ReportDeleted(report=_report_of(fields), consensus=text_or_none(fields, "consensus"))


def _restored(fields: Mapping[str, JsonValue]) -> ReportRestored:
    return ReportRestored(report=_report_of(fields), consensus=text_or_none(fields, "consensus"))


def _listed(fields: Mapping[str, JsonValue]) -> ReportsListed:
    return ReportsListed(
        event_name=field(fields, "event_name", str),
        page=field(fields, "page", int),
        count=field(fields, "count", int),
        reports=each(fields.get("reports"), "reports", _report),
    )


def _history(fields: Mapping[str, JsonValue]) -> HistoryRead:
    return HistoryRead(
        report=_report_of(fields),
        first=_said(fields, "first"),
        page=field(fields, "page", int),
        count=field(fields, "count", int),
        changes=each(fields.get("changes"), "changes", _revision),
    )


report_outcome: Final = Outcomes(
    {
        "report": lambda fields: ReportRead(_report_of(fields)),
        "report_unknown": lambda _: ReportUnknown(),
        "not_your_report": lambda _: NotYourReport(),
        "no_active_event": lambda _: NoActiveEvent(),
        "stale": lambda fields: ReportStale(_report_of(fields)),
        "unchanged": lambda fields: ReportUnchanged(_report_of(fields)),
        "deleted_before": lambda fields: ReportDeletedBefore(_report_of(fields)),
        "archetype_unknown": _not_found,
        "edited": _edited,
        "deleted": _deleted,
        "restored": _restored,
        "listed": _listed,
        "history": _history,
    }
).decode
