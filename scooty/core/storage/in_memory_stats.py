"""How the in-memory twin counts an event."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scooty.core.storage.port import NoActiveEvent
from scooty.core.storage.stats import EventStats, ScoutCount
from scooty.domain.metagame import PlayerCount

if TYPE_CHECKING:
    from scooty.core.storage.in_memory_rows import Guild
    from scooty.core.storage.stats import StatsOutcome


def stats_of(guild: Guild) -> StatsOutcome:
    """Count the active event."""
    event = guild.active()
    if event is None:
        return NoActiveEvent()
    counting = guild.counting(event)
    known = guild.known(event).values()
    played = Counter((each.archetype.name, each.archetype.colours) for each in known)
    archetypes = [
        PlayerCount(name=name, colours=colours, players=players)
        for (name, colours), players in played.items()
    ]
    reports = Counter(report.reporter_id for report in counting)
    players = Counter(member for member, _ in {(r.reporter_id, r.player_id) for r in counting})
    scouts = [
        ScoutCount(member_id=member, reports=count, players=players[member])
        for member, count in reports.items()
    ]
    seen = {r.player_id for r in guild.reports.values() if r.event_id == event.id}
    return EventStats(
        event=event,
        seen=len(seen),
        archetypes=tuple(sorted(archetypes, key=lambda each: (-each.players, each.name))),
        scouts=tuple(
            sorted(scouts, key=lambda each: (-each.players, -each.reports, each.member_id))
        ),
    )
