"""The suggestion index of the in-memory twin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from scooty.domain.names import name_key
from scooty.storage.in_memory_rows import count_archetypes, suggestion_of
from scooty.storage.port import OpponentSuggestion
from scooty.storage.starter_archetypes import STARTER_ARCHETYPES
from scooty.storage.suggestion_index import (
    IndexChange,
    IndexedArchetype,
    IndexedOpponent,
    SuggestionIndex,
)

if TYPE_CHECKING:
    from scooty.domain.ids import PlayerId
    from scooty.storage.in_memory_rows import Guild, StoredReport
    from scooty.storage.port import Event

__all__ = ["change_of", "index_of"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def index_of(guild: Guild) -> SuggestionIndex:
    """Return all that is suggested from in a guild's active event."""
    event = guild.active()
    reports = guild.counting(event) if event else []
    counts = count_archetypes(guild)
    return SuggestionIndex(
        event_id=event.id if event else None,
        opponents=tuple(
            _opponent(guild, reports, player_id)
            for player_id in dict.fromkeys(report.player_id for report in reports)
        ),
        archetypes=tuple(
            IndexedArchetype(
                suggestion=suggestion_of(archetype, counts), name_keys=archetype.name_keys()
            )
            for archetype in sorted(STARTER_ARCHETYPES, key=lambda archetype: archetype.name)
        ),
    )


def change_of(guild: Guild, event: Event, report: StoredReport) -> IndexChange:
    """Return what a report that was just stored changes."""
    counted = suggestion_of(report.archetype, count_archetypes(guild))
    return IndexChange(
        event_id=event.id,
        opponent=_opponent(guild, guild.counting(event), report.player_id),
        archetype_id=counted.id,
        archetype_report_count=counted.report_count,
    )


def _opponent(guild: Guild, reports: list[StoredReport], player_id: PlayerId) -> IndexedOpponent:
    own = [report for report in reports if report.player_id == player_id]
    newest, name = own[0], guild.names[player_id]
    suggestion = OpponentSuggestion(
        player_id=player_id,
        name=name,
        archetype=newest.archetype.name,
        reporter_id=newest.reporter_id,
        reporter_name=newest.reporter_name,
        report_count=len(own),
    )
    return IndexedOpponent(
        suggestion=suggestion,
        name_keys=(name_key(name),),
        report_id=newest.id,
        reported_us=(newest.reported_at - _EPOCH) // timedelta(microseconds=1),
    )
