"""What storage knows of a whole event: who plays what, counted by players."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import MemberId

if TYPE_CHECKING:
    from scooty.core.storage.player_card import Event
    from scooty.domain.metagame import PlayerCount


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoutCount:
    """What one member has contributed to an event, of what still counts."""

    member_id: MemberId
    reports: int
    players: int
    """How many different players they are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStats:
    """An event in figures; each player is on what the consensus of their reports says."""

    event: Event
    seen: int
    """Players who were reported at all; of those who are not known, no report counts any more."""
    archetypes: tuple[PlayerCount, ...]
    """Most played first; together, the players who are known."""
    scouts: tuple[ScoutCount, ...]
    """Who contributed most first."""
    queued: int = 0
    """Reports on their way to the database, in none of the other fields."""
    as_of: datetime | None = None
    """As that of a `PlayerCard`."""

    @property
    def known(self) -> int:
        """Players of whom it is known what they play."""
        return sum(each.players for each in self.archetypes)


StatsOutcome: TypeAlias = EventStats | NoActiveEvent
