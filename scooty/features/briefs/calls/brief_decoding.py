"""From the functions' JSON to briefs; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from scooty.core.shapes import shape_of
from scooty.core.storage.card_decoding import event_of, known_elsewhere, player_card
from scooty.core.storage.event_decoding import OF_ANY_EVENT
from scooty.core.storage.json_fields import (
    each,
    field,
    number_or_none,
    numbers,
    object_of,
    one_of,
    text_or_none,
    texts,
)
from scooty.domain.ids import MemberId, PlayerId
from scooty.domain.observations import Confidence
from scooty.domain.watch_order import Watchable
from scooty.features.briefs.calls.brief_values import (
    Contested,
    Drafting,
    Faced,
    Mate,
    NoRound,
    Opponent,
    RoundBrief,
    Sheet,
    Sheets,
)
from scooty.features.team.calls import Meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.storage.player_card import Event


def _event(fields: Mapping[str, JsonValue]) -> Event:
    return event_of(object_of(fields.get("event"), "event"))


def _brief(fields: Mapping[str, JsonValue]) -> RoundBrief:
    return RoundBrief(
        event=_event(fields),
        round=field(fields, "round", int),
        mates=each(fields.get("mates"), "mates", _mate),
        unknowns=each(fields.get("unknowns"), "unknowns", _watchable),
        watched=field(fields, "watched", int),
        conflicts=each(fields.get("conflicts"), "conflicts", _contested),
        contested=field(fields, "contested", int),
    )


def _mate(fields: Mapping[str, JsonValue]) -> Mate:
    opponent = fields.get("opponent")
    return Mate(
        member_id=MemberId(field(fields, "member_id", int)),
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        points=number_or_none(fields, "points"),
        rank=number_or_none(fields, "rank"),
        is_paired=field(fields, "is_paired", bool),
        table=number_or_none(fields, "table_number"),
        opponent=None if opponent is None else _opponent(object_of(opponent, "opponent")),
        met=frozenset(map(PlayerId, numbers(fields, "met"))),
    )


def _opponent(fields: Mapping[str, JsonValue]) -> Opponent:
    watched_by = number_or_none(fields, "watched_by")
    known = text_or_none(fields, "confidence") is not None
    return Opponent(
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        archetype=text_or_none(fields, "archetype"),
        colours=text_or_none(fields, "colours") or "",
        confidence=one_of(Confidence, fields, "confidence") if known else None,
        is_contested=field(fields, "is_contested", bool),
        watched_by=None if watched_by is None else MemberId(watched_by),
    )


def _watchable(fields: Mapping[str, JsonValue]) -> Watchable:
    return Watchable(
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        points=number_or_none(fields, "points"),
        rank=number_or_none(fields, "rank"),
        table=number_or_none(fields, "table_number"),
    )


def _contested(fields: Mapping[str, JsonValue]) -> Contested:
    return Contested(
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        archetype=field(fields, "archetype", str),
        others=texts(fields, "others"),
    )


def _sheets(fields: Mapping[str, JsonValue]) -> Sheets:
    return Sheets(
        event=_event(fields),
        round=field(fields, "round", int),
        sheets=each(fields.get("sheets"), "sheets", _sheet),
        total=field(fields, "total", int),
    )


def _sheet(fields: Mapping[str, JsonValue]) -> Sheet:
    opponent = fields.get("opponent")
    return Sheet(
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        is_paired=field(fields, "is_paired", bool),
        table=number_or_none(fields, "table_number"),
        opponent=None if opponent is None else _faced(object_of(opponent, "opponent")),
    )


def _faced(fields: Mapping[str, JsonValue]) -> Faced:
    card = fields.get("card")
    return Faced(
        name=field(fields, "name", str),
        is_teammate=field(fields, "is_teammate", bool),
        card=None if card is None else player_card(object_of(card, "card")),
        listed_side=text_or_none(fields, "listed_side"),
        elsewhere=each(fields.get("elsewhere"), "elsewhere", known_elsewhere),
        meetings=shape_of(tuple[Meeting, ...]).read(orjson.dumps(fields.get("meetings"))),
    )


def _no_round(fields: Mapping[str, JsonValue]) -> NoRound:
    return NoRound(event=_event(fields), newest=number_or_none(fields, "newest"))


_OUTCOMES: Final = OF_ANY_EVENT.extended(
    {
        "brief": _brief,
        "sheets": _sheets,
        "no_round": _no_round,
        "drafting": lambda fields: Drafting(event=_event(fields)),
    }
)
brief_outcome: Final = _OUTCOMES.decode
