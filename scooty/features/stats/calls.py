"""Who plays what in an event, counted by players; `scooty.domain.field` says of what shares are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field as JsonField
from typing_extensions import override

from scooty.core.shapes import Moment
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.core.storage.stats import ScoutCount
from scooty.core.waiting import QueuedName, ReadWithQueued
from scooty.domain.ids import EventId
from scooty.domain.metagame import PlayerCount

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


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
    as_of: Moment | None = None
    """As that of a `PlayerCard`."""

    @property
    def known(self) -> int:
        """Players of whom it is known what they play."""
        return sum(each.players for each in self.archetypes)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsFound:
    """The event is counted."""

    outcome: Literal["stats"] = "stats"
    stats: EventStats


_Answer: TypeAlias = StatsFound | NoActiveEvent | EventUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEvent(ReadWithQueued[StatsFound | NoActiveEvent | EventUnknown]):
    """Count an event, the active one if no other is asked for, or one round of it."""

    function: ClassVar = "event_stats"
    is_kept: ClassVar = True

    event_id: EventId | None = None
    round_number: Annotated[int | None, JsonField(alias="round")] = None

    @override
    def with_queued(self, found: _Answer, queued: Sequence[QueuedName]) -> _Answer:
        """Say how much is on its way; that is only known of the whole active event."""
        if self != CountEvent() or not isinstance(found, StatsFound):
            return found
        return StatsFound(stats=replace(found.stats, queued=len(queued)))

    @override
    def dated(self, answer: _Answer, as_of: datetime) -> _Answer | None:
        if not isinstance(answer, StatsFound):
            return None
        return StatsFound(stats=replace(answer.stats, as_of=as_of))
