"""The suggestion index of the in-memory twin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from scooty.core.storage.in_memory_rows import count_archetypes, opponent_suggestion, suggestion_of
from scooty.core.storage.starter_archetypes import STARTER_ARCHETYPES
from scooty.core.storage.suggestion_index import (
    IndexChange,
    IndexedArchetype,
    IndexedOpponent,
    ListedOpponent,
    SuggestionIndex,
)
from scooty.domain.names import name_key

if TYPE_CHECKING:
    from scooty.core.storage.in_memory_rows import Guild, StoredReport
    from scooty.core.storage.player_card import Event

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def index_of(guild: Guild) -> SuggestionIndex:
    """Return all that is suggested from in a guild's active event."""
    event = guild.active()
    reports = guild.counting(event) if event else []
    counts = count_archetypes(guild)
    return SuggestionIndex(
        event_id=event.id if event else None,
        opponents=tuple(
            _opponent(guild, reports, known)
            for known in (guild.known(event).values() if event else ())
        ),
        archetypes=tuple(
            IndexedArchetype(
                suggestion=suggestion_of(archetype, counts), name_keys=archetype.name_keys()
            )
            for archetype in sorted(STARTER_ARCHETYPES, key=lambda archetype: archetype.name)
        ),
        listed=tuple(
            ListedOpponent(
                suggestion=opponent_suggestion(guild, [], player_id, None),
                name_keys=(name_key(guild.names[player_id]),),
            )
            for player_id in (guild.listed_only(event) if event else ())
        ),
    )


def change_of(guild: Guild, event: Event, report: StoredReport) -> IndexChange:
    """Return what a report that was just stored changes."""
    counted = suggestion_of(report.archetype, count_archetypes(guild))
    known = guild.known(event)[report.player_id]
    return IndexChange(
        event_id=event.id,
        opponent=_opponent(guild, guild.counting(event), known),
        archetype_id=counted.id,
        archetype_report_count=counted.report_count,
    )


def _opponent(guild: Guild, reports: list[StoredReport], known: StoredReport) -> IndexedOpponent:
    player_id, name = known.player_id, guild.names[known.player_id]
    own = [report for report in reports if report.player_id == player_id]
    suggestion = opponent_suggestion(guild, own, player_id, known)
    return IndexedOpponent(
        suggestion=suggestion,
        name_keys=(name_key(name),),
        report_id=own[0].id,
        reported_us=(own[0].reported_at - _EPOCH) // timedelta(microseconds=1),
    )
