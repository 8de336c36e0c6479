"""What teams believed of players when it was last told, and who turned since: pure.

A belief that is new is remembered and not told: it is no turn. One that turns and turns back before
it could be told is none either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.domain.ids import ArchetypeId, EventId, GuildId, PlayerId
    from scooty.features.boards.calls import Consensuses


@dataclass(slots=True)
class _Event:
    event_id: EventId
    by_player: dict[PlayerId, ArchetypeId]


class LastTold:
    """Outlives the operator alerts's incarnations, so that no turn is missed or told twice."""

    def __init__(self) -> None:
        self._events: dict[GuildId, _Event] = {}

    def take_in(self, guild_id: GuildId, found: Consensuses) -> Mapping[PlayerId, ArchetypeId]:
        """Compare with what was told, and remember whoever is new.

        Returns:
            Who turned, each with the archetype that was told of them last.
        """
        if found.event_id is None:
            self._events.pop(guild_id, None)
            return {}
        known = self._events.get(guild_id)
        if known is None or known.event_id != found.event_id:
            self._events[guild_id] = _Event(found.event_id, dict(found.pairs))
            return {}
        by_player = found.by_player
        for gone in known.by_player.keys() - by_player.keys():
            del known.by_player[gone]
        turned = {}
        for player_id, archetype_id in by_player.items():
            told = known.by_player.setdefault(player_id, archetype_id)
            if told != archetype_id:
                turned[player_id] = told
        return turned

    def told(self, guild_id: GuildId, found: Consensuses) -> None:
        """Remember all that was found as told."""
        if found.event_id is not None:
            self._events[guild_id] = _Event(found.event_id, dict(found.pairs))
