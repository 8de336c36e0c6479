"""From the JSON of the functions of boards to their values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.card_decoding import event_of
from scooty.core.storage.decoding import player_count, scout_count
from scooty.core.storage.json_fields import (
    each,
    field,
    moment,
    number_or_none,
    object_of,
    one_of,
    text_or_none,
    unexpected,
)
from scooty.core.storage.outcomes import Outcomes
from scooty.domain.ids import ArchetypeId, EventId, PlayerId
from scooty.domain.observations import Confidence
from scooty.features.boards.calls.board_values import (
    Board,
    BoardKept,
    BoardPlace,
    BoardStarted,
    BoardStopped,
    Consensuses,
    Digest,
    FieldInBrief,
    NewestReport,
    NoBoard,
    NoDigest,
    ProfileEvent,
    ScoutingProfile,
    Turn,
    Turns,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue

_PAIR: Final = 2


def _field(value: JsonValue) -> FieldInBrief:
    fields = object_of(value, "field")
    return FieldInBrief(
        event=event_of(object_of(fields.get("event"), "event")),
        players=field(fields, "players", int),
        reports=field(fields, "reports", int),
        conflicts=field(fields, "conflicts", int),
        archetypes=each(fields.get("archetypes"), "archetypes", player_count),
    )


def _newest(fields: Mapping[str, JsonValue]) -> NewestReport:
    return NewestReport(
        player=field(fields, "player", str),
        archetype=field(fields, "archetype", str),
        colours=field(fields, "colours", str),
        reported_at=moment(fields, "reported_at"),
    )


def _board(fields: Mapping[str, JsonValue]) -> Board:
    brief = fields.get("field")
    return Board(
        channel_id=field(fields, "channel_id", int),
        message_id=number_or_none(fields, "message_id"),
        started_at=moment(fields, "started_at"),
        language=text_or_none(fields, "language"),
        ethics_line=text_or_none(fields, "ethics_line"),
        field=None if brief is None else _field(brief),
        newest=each(fields.get("newest"), "newest", _newest),
    )


def _place(fields: Mapping[str, JsonValue]) -> BoardPlace:
    return BoardPlace(
        channel_id=field(fields, "channel_id", int),
        message_id=number_or_none(fields, "message_id"),
    )


def _started(fields: Mapping[str, JsonValue]) -> BoardStarted:
    left = fields.get("left")
    return BoardStarted(left=None if left is None else _place(object_of(left, "left")))


def _digest(fields: Mapping[str, JsonValue]) -> Digest:
    return Digest(
        channel_id=field(fields, "channel_id", int),
        language=text_or_none(fields, "language"),
        ethics_line=text_or_none(fields, "ethics_line"),
        since=moment(fields, "since"),
        reports=field(fields, "reports", int),
        contributors=each(fields.get("contributors"), "contributors", scout_count),
        field=_field(fields.get("field")),
    )


def _consensuses(fields: Mapping[str, JsonValue]) -> Consensuses:
    event_id = number_or_none(fields, "event_id")
    pairs = fields.get("pairs")
    if not isinstance(pairs, list):
        raise unexpected("pairs", "a list")
    return Consensuses(
        event_id=None if event_id is None else EventId(event_id),
        by_player=dict(map(_pair, pairs)),
    )


def _pair(value: JsonValue) -> tuple[PlayerId, ArchetypeId]:
    if isinstance(value, list) and len(value) == _PAIR:
        player_id, archetype_id = value
        if isinstance(player_id, int) and isinstance(archetype_id, int):
            return PlayerId(player_id), ArchetypeId(archetype_id)
    raise unexpected("pairs", "a list of pairs of ids")


def _turn(fields: Mapping[str, JsonValue]) -> Turn:
    return Turn(
        player_id=PlayerId(field(fields, "player_id", int)),
        player=field(fields, "player", str),
        confidence=one_of(Confidence, fields, "confidence"),
        was=field(fields, "was", str),
        was_colours=field(fields, "was_colours", str),
        now=field(fields, "now", str),
        now_colours=field(fields, "now_colours", str),
    )


def _turns(fields: Mapping[str, JsonValue]) -> Turns:
    return Turns(
        admin_channel_id=number_or_none(fields, "admin_channel_id"),
        language=text_or_none(fields, "language"),
        turns=each(fields.get("turns"), "turns", _turn),
    )


def _profile_event(fields: Mapping[str, JsonValue]) -> ProfileEvent:
    return ProfileEvent(
        event=event_of(object_of(fields.get("event"), "event")),
        reports=field(fields, "reports", int),
        players=field(fields, "players", int),
        agreeing=field(fields, "agreeing", int),
        last_reported_at=moment(fields, "last_reported_at"),
    )


def _profile(fields: Mapping[str, JsonValue]) -> ScoutingProfile:
    return ScoutingProfile(
        reports=field(fields, "reports", int),
        event_count=field(fields, "event_count", int),
        events=each(fields.get("events"), "events", _profile_event),
    )


board_outcome: Final = Outcomes(
    {
        "board": _board,
        "board_kept": lambda _: BoardKept(),
        "board_started": _started,
        "board_stopped": lambda fields: BoardStopped(place=_place(fields)),
        "consensuses": _consensuses,
        "digest": _digest,
        "no_board": lambda _: NoBoard(),
        "no_digest": lambda _: NoDigest(),
        "profile": _profile,
        "turns": _turns,
    }
).decode
