"""From the functions' JSON to decklists; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from scooty.core.shapes import shape_of
from scooty.core.storage import json_fields as read
from scooty.core.storage.event_decoding import OF_ANY_EVENT
from scooty.core.storage.imports import EventOver, ImportGone
from scooty.domain.decks import Cards, Deck
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, RequestId
from scooty.domain.observations import Confidence
from scooty.features.decks.calls.deck_values import (
    ArchetypeGone,
    DeckApplied,
    DeckKept,
    DeckShown,
    NoDeck,
    OfferedArchetype,
    ReplacedDeck,
    SeveralDecks,
)
from scooty.features.reports.calls.looking_up import NobodyFound, PlayerMatch
from scooty.features.reports.calls.recording import ReportRecorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue


def _cards(fields: Mapping[str, JsonValue]) -> Cards:
    return Cards(count=read.field(fields, "count", int), card=read.field(fields, "card", str))


def _offered(fields: Mapping[str, JsonValue]) -> OfferedArchetype:
    return OfferedArchetype(
        key=read.field(fields, "key", str),
        id=ArchetypeId(read.field(fields, "id", int)),
        name=read.field(fields, "name", str),
        colours=read.field(fields, "colours", str),
    )


def _replaced(fields: Mapping[str, JsonValue]) -> ReplacedDeck | None:
    if fields.get("replaced") is None:
        return None
    replaced = read.object_of(fields["replaced"], "replaced")
    return ReplacedDeck(
        added_by=MemberId(read.field(replaced, "added_by", int)),
        added_at=read.moment(replaced, "added_at"),
    )


def _kept(fields: Mapping[str, JsonValue]) -> DeckKept:
    return DeckKept(
        import_id=RequestId(read.field(fields, "import_id", int)),
        expires_at=read.moment(fields, "expires_at"),
        event_name=read.field(fields, "event", str),
        format=read.text_or_none(fields, "format"),
        player_name=read.text_or_none(fields, "player"),
        alike=read.texts(fields, "alike"),
        archetype=read.text_or_none(fields, "archetype"),
        replaced=_replaced(fields),
        offered=read.each(fields.get("archetypes"), "archetypes", _offered),
    )


def _applied(fields: Mapping[str, JsonValue]) -> DeckApplied:
    recorded = fields.get("recorded")
    return DeckApplied(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        player_name=read.field(fields, "player", str),
        event_id=EventId(read.field(fields, "event_id", int)),
        event_name=read.field(fields, "event", str),
        main_count=read.field(fields, "main", int),
        side_count=read.field(fields, "side", int),
        replaced=_replaced(fields),
        recorded=None
        if recorded is None
        else shape_of(ReportRecorded).read(orjson.dumps(recorded)),
    )


def _shown(fields: Mapping[str, JsonValue]) -> DeckShown:
    known = fields.get("confidence") is not None
    return DeckShown(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        player_name=read.field(fields, "player", str),
        event_id=EventId(read.field(fields, "event_id", int)),
        event_name=read.field(fields, "event", str),
        is_drafting=read.text_or_none(fields, "phase") == "draft",
        deck=Deck(
            main=read.each(fields.get("main"), "main", _cards),
            side=read.each(fields.get("side"), "side", _cards),
            companion=read.text_or_none(fields, "companion"),
        ),
        added_by=MemberId(read.field(fields, "added_by", int)),
        added_at=read.moment(fields, "added_at"),
        archetype=read.text_or_none(fields, "archetype"),
        colours=read.text_or_none(fields, "colours") or "",
        confidence=read.one_of(Confidence, fields, "confidence") if known else None,
    )


def _several(fields: Mapping[str, JsonValue]) -> SeveralDecks:
    return SeveralDecks(
        event_id=EventId(read.field(fields, "event_id", int)),
        matches=read.each(fields.get("matches"), "matches", _match),
    )


def _match(fields: Mapping[str, JsonValue]) -> PlayerMatch:
    return PlayerMatch(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        name=read.field(fields, "name", str),
        archetype=read.field(fields, "archetype", str),
    )


deck_outcome: Final = OF_ANY_EVENT.extended(
    {
        "decklist_kept": _kept,
        "decklist_added": _applied,
        "import_gone": lambda _: ImportGone(),
        "event_over": lambda fields: EventOver(event=read.field(fields, "event", str)),
        "archetype_gone": lambda _: ArchetypeGone(),
        "decklist": _shown,
        "no_decklist": lambda fields: NoDeck(
            player_name=read.field(fields, "player", str),
            event_name=read.field(fields, "event", str),
        ),
        "several_players": _several,
        "nobody_found": lambda _: NobodyFound(),
    }
).decode
"""Of the functions of decklists."""
