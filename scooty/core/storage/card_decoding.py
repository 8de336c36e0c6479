"""From the functions' JSON to a player's card; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.json_fields import (
    each,
    field,
    moment,
    number_or_none,
    object_of,
    one_of,
    text_or_none,
)
from scooty.core.storage.player_card import DeckNotes, Event, KnownElsewhere, PlayerCard, Report
from scooty.core.storage.standing import CountedReport
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId
from scooty.domain.observations import Confidence, Observation, Sighting, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue


def event_of(fields: Mapping[str, JsonValue]) -> Event:
    """Decode what ``event_object`` returns."""
    return Event(
        id=EventId(field(fields, "id", int)),
        name=field(fields, "name", str),
        created_at=moment(fields, "created_at"),
    )


def player_card(fields: Mapping[str, JsonValue]) -> PlayerCard:
    """Decode what ``player_card`` returns."""
    return PlayerCard(
        player_id=PlayerId(field(fields, "player_id", int)),
        name=field(fields, "name", str),
        event=event_of(object_of(fields.get("event"), "event")),
        archetype=field(fields, "archetype", str),
        colours=field(fields, "colours", str),
        reports=each(fields.get("reports"), "reports", _report),
        report_count=field(fields, "report_count", int),
        others=each(fields.get("others"), "others", _counted),
        notes=_notes(object_of(fields.get("notes"), "notes")),
        elsewhere=each(fields.get("elsewhere"), "elsewhere", known_elsewhere),
        # A card that is remembered from before lists were kept says nothing of one.
        has_decklist=fields.get("has_decklist") is True,
    )


def _report(fields: Mapping[str, JsonValue]) -> Report:
    return Report(
        id=ReportId(field(fields, "id", int)),
        archetype=field(fields, "archetype", str),
        archetype_id=ArchetypeId(field(fields, "archetype_id", int)),
        colours=field(fields, "colours", str),
        comment=text_or_none(fields, "comment"),
        reporter_id=MemberId(field(fields, "reporter_id", int)),
        reported_at=moment(fields, "reported_at"),
        sighting=_sighting(object_of(fields.get("sighting"), "sighting")),
    )


def _sighting(fields: Mapping[str, JsonValue]) -> Sighting:
    return Sighting(
        round_number=number_or_none(fields, "round_number"),
        source=one_of(Source, fields, "source"),
        confidence=one_of(Confidence, fields, "confidence"),
    )


def _counted(fields: Mapping[str, JsonValue]) -> CountedReport:
    return CountedReport(
        archetype=field(fields, "archetype", str),
        colours=field(fields, "colours", str),
        observation=_observation(object_of(fields.get("observation"), "observation")),
    )


def _observation(fields: Mapping[str, JsonValue]) -> Observation:
    return Observation(
        report_id=ReportId(field(fields, "report_id", int)),
        archetype_id=ArchetypeId(field(fields, "archetype_id", int)),
        source=one_of(Source, fields, "source"),
        confidence=one_of(Confidence, fields, "confidence"),
        reported_at=moment(fields, "reported_at"),
        reporter_id=MemberId(field(fields, "reporter_id", int)),
        round_number=number_or_none(fields, "round_number"),
    )


def _notes(fields: Mapping[str, JsonValue]) -> DeckNotes:
    return DeckNotes(
        companion=text_or_none(fields, "companion"),
        key_cards=text_or_none(fields, "key_cards"),
        sideboard=text_or_none(fields, "sideboard"),
        play_pattern=text_or_none(fields, "play_pattern"),
    )


def known_elsewhere(fields: Mapping[str, JsonValue]) -> KnownElsewhere:
    """Decode one line of what ``known_elsewhere`` returns."""
    return KnownElsewhere(
        event=field(fields, "event", str),
        archetype=field(fields, "archetype", str),
        confidence=one_of(Confidence, fields, "confidence"),
    )
