"""From the functions' JSON to values that several features have; others are a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.json_fields import each, field
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.core.storage.stats import ScoutCount
from scooty.core.suggestions import ArchetypeSuggestion
from scooty.domain.ids import ArchetypeId, MemberId
from scooty.domain.metagame import PlayerCount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue


def archetype_suggestions(value: JsonValue) -> tuple[ArchetypeSuggestion, ...]:
    """Decode what ``nearest_archetypes`` returns."""
    return each(value, "the answer", _archetype)


def _archetype(fields: Mapping[str, JsonValue]) -> ArchetypeSuggestion:
    return ArchetypeSuggestion(
        id=ArchetypeId(field(fields, "id", int)),
        name=field(fields, "name", str),
        colours=field(fields, "colours", str),
        report_count=field(fields, "report_count", int),
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


OUTCOMES: Final = Outcomes({"no_active_event": lambda _: NoActiveEvent()})
