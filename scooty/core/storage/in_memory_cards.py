"""Players' cards of the in-memory twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.in_memory_rows import archetype_id
from scooty.core.storage.player_card import KnownElsewhere, PlayerCard, Report
from scooty.core.storage.standing import derive_standing
from scooty.domain.ids import PlayerId, ReportId

if TYPE_CHECKING:
    from scooty.core.storage.in_memory_rows import Guild, StoredReport
    from scooty.core.storage.player_card import Event

_ON_A_CARD: Final = 10
_ELSEWHERE: Final = 3


def card_of(
    guild: Guild, event: Event, player_id: PlayerId, *, also: ReportId | None = None
) -> PlayerCard | None:
    """Return a player's card; None when nothing that counts was reported."""
    known = guild.known_of(event, player_id, also=also)
    if known is None:
        return None
    counted = guild.counted(event, player_id, also=also)
    newest = [guild.reports[each.observation.report_id] for each in counted[:_ON_A_CARD]]
    return PlayerCard(
        player_id=player_id,
        name=guild.names[player_id],
        event=event,
        archetype=known.archetype.name,
        colours=known.archetype.colours,
        reports=tuple(map(_shown, newest)),
        report_count=len(counted),
        others=counted[_ON_A_CARD:],
        elsewhere=_known_elsewhere(guild, event, player_id),
    )


def _known_elsewhere(guild: Guild, event: Event, player_id: PlayerId) -> tuple[KnownElsewhere, ...]:
    found = (
        (other, derive_standing(guild.counted(other, player_id)))
        for other in reversed(guild.events)
        if other.id != event.id
    )
    known = [
        KnownElsewhere(
            event=other.name, archetype=standing.archetype, confidence=standing.confidence
        )
        for other, standing in found
        if standing is not None
    ]
    return tuple(known[:_ELSEWHERE])


def _shown(report: StoredReport) -> Report:
    return Report(
        id=report.id,
        archetype=report.archetype.name,
        archetype_id=archetype_id(report.archetype),
        colours=report.archetype.colours,
        comment=report.comment,
        reporter_id=report.reporter_id,
        reported_at=report.reported_at,
        sighting=report.sighting,
    )
