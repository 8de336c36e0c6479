"""From the team functions' JSON to values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.card_decoding import event_of, known_elsewhere, player_card
from scooty.core.storage.json_fields import (
    each,
    field,
    moment_or_none,
    number_or_none,
    object_of,
    text_or_none,
    unexpected,
)
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.features.players.calls.players import PlayerGone
from scooty.features.team.calls.team_values import (
    AgainstTeammate,
    Drafting,
    Facing,
    Linked,
    LinkedBefore,
    Links,
    Meeting,
    NoOpponent,
    NoRound,
    Notified,
    NotifiedBefore,
    NotLinked,
    OpponentFound,
    Place,
    PlayerTaken,
    TeamLink,
    Unlinked,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.features.team.calls.team_values import MeetingEnd

_ENDS: Final[Mapping[str | None, MeetingEnd | None]] = {
    "win": "win",
    "loss": "loss",
    "draw": "draw",
    None: None,
}


def _link(fields: Mapping[str, JsonValue]) -> TeamLink:
    return TeamLink(
        member_id=MemberId(field(fields, "member_id", int)),
        player=field(fields, "player", str),
        is_notified=field(fields, "is_notified", bool),
    )


def _place(fields: Mapping[str, JsonValue]) -> Place:
    place = object_of(fields.get("place"), "place")
    return Place(
        event=event_of(object_of(place.get("event"), "event")),
        round_number=field(place, "round", int),
        newest=field(place, "newest", int),
        player=field(place, "player", str),
        table=number_or_none(place, "table"),
        seat=number_or_none(place, "seat"),
    )


def _facing(fields: Mapping[str, JsonValue]) -> Facing:
    facing = object_of(fields.get("facing"), "facing")
    return Facing(
        player_id=PlayerId(field(facing, "player_id", int)),
        name=field(facing, "name", str),
        points=number_or_none(facing, "points"),
    )


def _no_opponent(fields: Mapping[str, JsonValue], *, is_bye: bool) -> NoOpponent:
    return NoOpponent(place=_place(fields), is_bye=is_bye, as_of=moment_or_none(fields, "as_of"))


def _against_teammate(fields: Mapping[str, JsonValue]) -> AgainstTeammate:
    return AgainstTeammate(
        place=_place(fields),
        facing=_facing(fields),
        member_id=MemberId(field(fields, "member_id", int)),
        as_of=moment_or_none(fields, "as_of"),
    )


def _drafting(fields: Mapping[str, JsonValue]) -> Drafting:
    return Drafting(
        place=_place(fields), facing=_facing(fields), as_of=moment_or_none(fields, "as_of")
    )


def _opponent(fields: Mapping[str, JsonValue]) -> OpponentFound:
    card = fields.get("card")
    return OpponentFound(
        place=_place(fields),
        facing=_facing(fields),
        card=None if card is None else player_card(object_of(card, "card")),
        elsewhere=each(fields.get("elsewhere"), "elsewhere", known_elsewhere),
        meetings=each(fields.get("meetings"), "meetings", meeting),
        as_of=moment_or_none(fields, "as_of"),
    )


def meeting(fields: Mapping[str, JsonValue]) -> Meeting:
    """Decode one line of what ``team_meetings`` returns."""
    end = text_or_none(fields, "outcome")
    if end not in _ENDS:
        raise unexpected("outcome", "one of those that a match has")
    won, lost, drawn = (number_or_none(fields, f"games_{each}") for each in _GAMES)
    return Meeting(
        event=field(fields, "event", str),
        event_id=EventId(field(fields, "event_id", int)),
        round_number=field(fields, "round", int),
        member_id=MemberId(field(fields, "member_id", int)),
        player=field(fields, "player", str),
        end=_ENDS[end],
        games=None if won is None or lost is None else (won, lost, drawn or 0),
    )


_GAMES: Final = ("won", "lost", "drawn")


def _no_round(fields: Mapping[str, JsonValue]) -> NoRound:
    return NoRound(
        event=field(fields, "event", str),
        round_number=number_or_none(fields, "round"),
        newest=number_or_none(fields, "newest"),
        as_of=moment_or_none(fields, "as_of"),
    )


team_outcome: Final = Outcomes(
    {
        "linked": lambda fields: Linked(
            name=field(fields, "name", str), former=text_or_none(fields, "former")
        ),
        "linked_before": lambda fields: LinkedBefore(name=field(fields, "name", str)),
        "player_taken": lambda fields: PlayerTaken(
            name=field(fields, "name", str), member_id=MemberId(field(fields, "member_id", int))
        ),
        "player_gone": lambda _: PlayerGone(),
        "unlinked": lambda fields: Unlinked(name=field(fields, "name", str)),
        "not_linked": lambda _: NotLinked(),
        "notified": lambda fields: Notified(wanted=field(fields, "wanted", bool)),
        "notified_before": lambda fields: NotifiedBefore(wanted=field(fields, "wanted", bool)),
        "links": lambda fields: Links(links=each(fields.get("links"), "links", _link)),
        "no_active_event": lambda _: NoActiveEvent(),
        "no_round": _no_round,
        "not_paired": lambda fields: _no_opponent(fields, is_bye=False),
        "bye": lambda fields: _no_opponent(fields, is_bye=True),
        "teammate": _against_teammate,
        "drafting": _drafting,
        "opponent": _opponent,
    }
).decode
