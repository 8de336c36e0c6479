"""From the functions' JSON to the port's values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.card_decoding import event_of, only_listed, player_card
from scooty.core.storage.index_decoding import index_change
from scooty.core.storage.json_fields import each, field, object_of, text_or_none, unexpected
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import (
    ArchetypeUnknown,
    DraftGone,
    EventCreated,
    EventNameTaken,
    NoActiveEvent,
    NobodyFound,
    NotYourReport,
    PlayerMatch,
    ReportGone,
    ReportRecorded,
    ReportUndone,
    SeveralPlayers,
)
from scooty.core.storage.recording import recorded
from scooty.core.storage.stats import EventStats, ScoutCount
from scooty.core.storage.suggestion_index import ArchetypeSuggestion, OpponentSuggestion
from scooty.domain.ids import ArchetypeId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.metagame import PlayerCount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue


def recorded_together(
    value: JsonValue, count: int
) -> tuple[ReportRecorded | ArchetypeUnknown | NoActiveEvent, ...]:
    """Decode what ``record_reports`` returns of ``count`` reports."""
    if not isinstance(value, list) or len(value) != count:
        raise unexpected("the answer", "a list with an outcome for each report")
    return tuple(outcome(each, ReportRecorded, ArchetypeUnknown, NoActiveEvent) for each in value)


def opponent_suggestions(value: JsonValue) -> tuple[OpponentSuggestion, ...]:
    """Decode what ``suggest_opponents`` returns."""
    return each(value, "the answer", _opponent)


def archetype_suggestions(value: JsonValue) -> tuple[ArchetypeSuggestion, ...]:
    """Decode what ``suggest_archetypes`` returns."""
    return each(value, "the answer", _archetype)


def _archetype(fields: Mapping[str, JsonValue]) -> ArchetypeSuggestion:
    return ArchetypeSuggestion(
        id=ArchetypeId(field(fields, "id", int)),
        name=field(fields, "name", str),
        colours=field(fields, "colours", str),
        report_count=field(fields, "report_count", int),
    )


def _opponent(fields: Mapping[str, JsonValue]) -> OpponentSuggestion:
    return OpponentSuggestion(
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        archetype=field(fields, "archetype", str),
        reporter_id=MemberId(field(fields, "reporter_id", int)),
        reporter_name=field(fields, "reporter_name", str),
        report_count=field(fields, "report_count", int),
    )


def _match(fields: Mapping[str, JsonValue]) -> PlayerMatch:
    return PlayerMatch(
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        archetype=field(fields, "archetype", str),
    )


def _recorded(fields: Mapping[str, JsonValue]) -> ReportRecorded:
    return recorded(
        ReportId(field(fields, "report_id", int)),
        player_card(object_of(fields.get("card"), "card")),
        index_change=index_change(fields["index_change"]) if "index_change" in fields else None,
        watch_ended_of=(
            MemberId(field(fields, "watch_ended_of", int)) if "watch_ended_of" in fields else None
        ),
    )


def _unknown(fields: Mapping[str, JsonValue]) -> ArchetypeUnknown:
    return ArchetypeUnknown(
        draft_id=RequestId(field(fields, "draft_id", int)),
        nearest=each(fields.get("nearest"), "nearest", _archetype),
        retired=text_or_none(fields, "retired"),
    )


def _undone(fields: Mapping[str, JsonValue]) -> ReportUndone:
    return ReportUndone(
        player_name=field(fields, "player_name", str),
        archetype=field(fields, "archetype", str),
    )


def _created(fields: Mapping[str, JsonValue]) -> EventCreated:
    return EventCreated(
        event=event_of(object_of(fields.get("event"), "event")),
        previous=text_or_none(fields, "previous"),
    )


def player_count(fields: Mapping[str, JsonValue]) -> PlayerCount:
    """Decode how many players are on something; without a colour where none is shown."""
    display_colour = fields.get("display_colour")
    return PlayerCount(
        name=field(fields, "name", str),
        colours=field(fields, "colours", str),
        players=field(fields, "players", int),
        display_colour=None if display_colour is None else field(fields, "display_colour", int),
    )


def scout_count(fields: Mapping[str, JsonValue]) -> ScoutCount:
    """Decode what one member reported."""
    return ScoutCount(
        member_id=MemberId(field(fields, "member_id", int)),
        reports=field(fields, "reports", int),
        players=field(fields, "players", int),
    )


def _stats(fields: Mapping[str, JsonValue]) -> EventStats:
    return EventStats(
        event=event_of(object_of(fields.get("event"), "event")),
        seen=field(fields, "seen", int),
        archetypes=each(fields.get("archetypes"), "archetypes", player_count),
        scouts=each(fields.get("scouts"), "scouts", scout_count),
    )


OUTCOMES: Final = Outcomes(
    {
        "recorded": _recorded,
        "archetype_unknown": _unknown,
        "no_active_event": lambda _: NoActiveEvent(),
        "draft_gone": lambda _: DraftGone(),
        "undone": _undone,
        "report_gone": lambda _: ReportGone(),
        "not_your_report": lambda _: NotYourReport(),
        "found": lambda fields: player_card(object_of(fields.get("card"), "card")),
        "several_players": lambda fields: SeveralPlayers(
            matches=each(fields.get("matches"), "matches", _match)
        ),
        "nobody_found": lambda fields: (
            only_listed(object_of(fields["listed"], "listed"))
            if "listed" in fields
            else NobodyFound()
        ),
        "stats": lambda fields: _stats(object_of(fields.get("stats"), "stats")),
        "created": _created,
        "event_name_taken": lambda fields: EventNameTaken(
            event=event_of(object_of(fields.get("event"), "event"))
        ),
    }
)
"""Of the functions of `scooty.core.storage.port.Storage`."""
outcome: Final = OUTCOMES.decode
