"""What the book of assignments answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId

if TYPE_CHECKING:
    from scooty.core.storage.player_card import Event
    from scooty.domain.watch_order import Teammate
    from scooty.features.coverage.rules import FieldPlayer


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPlayer:
    """Somebody who is watched, and by whom."""

    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId
    table: int | None
    """In the round that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All who play in a round, or in an event that has none yet."""

    event: Event
    is_active: bool
    round_number: int | None
    """None: the event has no pairings yet."""
    players: tuple[FieldPlayer, ...]
    team: tuple[Teammate, ...]
    """Of the team, those who play in the event."""
    watches: tuple[WatchedPlayer, ...]
    """By table, whether in the round or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundUnknown:
    """No pairings of that round were applied."""

    newest: int | None
    """The highest round that has some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A member watches a player from now on."""

    event_id: EventId
    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId
    instead_of: MemberId | None
    """Who watched the player until now."""
    table: int | None
    watching: int
    """How many players the member watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedAlready:
    """Somebody watches the player; nothing changed."""

    event_id: EventId
    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId
    since: datetime


class Hindrance(StrEnum):
    """Why nobody begins to watch a player."""

    KNOWN = "known_already"
    """It is known what they play."""
    TEAMMATE = "is_teammate"
    NOT_PLAYING = "not_playing"
    """In that event."""
    NOBODY_FREE = "nobody_free"
    """Whoever is unknown is watched."""
    EVENT_OVER = "event_over"
    """Another event is the active one."""
    NO_EVENT = "no_active_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAssigned:
    """Nothing changed."""

    why: Hindrance
    name: str = field(default="", repr=False)
    """The player's, where one was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Nobody watches the player any more."""

    name: str = field(repr=False)
    member_id: MemberId
    """Who did until now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWatched:
    """Nobody watches the player; nothing changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYourAssignment:
    """Somebody else watches the player; nothing changed."""

    name: str = field(repr=False)
    member_id: MemberId


CoverageOutcome: TypeAlias = Coverage | RoundUnknown | EventUnknown | NoActiveEvent
AssignOutcome: TypeAlias = Assigned | WatchedAlready | NotAssigned
ReleaseOutcome: TypeAlias = Released | NotWatched | NotYourAssignment
