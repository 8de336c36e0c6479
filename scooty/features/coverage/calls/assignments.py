"""Who watches whom: nobody is watched twice, and a report ends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator
from pydantic import Field as JsonField

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.domain.watch_order import Teammate
from scooty.features.coverage.rules import FieldPlayer

Table: TypeAlias = Annotated[int | None, JsonField(alias="table_number")]


def _player(row: object) -> FieldPlayer:
    """Decode a row: thousands come at once, so they have no names of fields."""
    match row:
        case [
            int() as player_id,
            str() | None as name,
            int() | None as table,
            int() | None as seat,
            int() | None as opponent_id,
            int() | None as points,
            int() | None as rank,
            bool() as is_known,
            int() | None as watcher_id,
            bool() as is_team,
        ]:
            return FieldPlayer(
                player_id=PlayerId(player_id),
                name=name or "",
                table=table,
                seat=seat,
                opponent_id=None if opponent_id is None else PlayerId(opponent_id),
                points=points,
                rank=rank,
                is_known=is_known,
                watcher_id=None if watcher_id is None else MemberId(watcher_id),
                is_team=is_team,
            )
        case _:
            raise ValueError("no row of a player")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageMate(Teammate):
    """One of the team, as the function names what it says of them."""

    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPlayer:
    """Somebody who is watched, and by whom."""

    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId
    table: Table
    """In the round that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All who play in a round, or in an event that has none yet."""

    outcome: Literal["coverage"] = "coverage"
    event: Event
    is_active: bool
    round_number: Annotated[int | None, JsonField(alias="round")]
    """None: the event has no pairings yet."""
    players: tuple[Annotated[FieldPlayer, BeforeValidator(_player)], ...]
    team: tuple[CoverageMate, ...]
    """Of the team, those who play in the event."""
    watches: tuple[WatchedPlayer, ...]
    """By table, whether in the round or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundUnknown:
    """No pairings of that round were applied."""

    outcome: Literal["round_unknown"] = "round_unknown"
    event: Event
    newest: int | None
    """The highest round that has some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A member watches a player from now on."""

    outcome: Literal["assigned"] = "assigned"
    event_id: EventId
    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId
    instead_of: MemberId | None
    """Who watched the player until now."""
    table: Table
    watching: int
    """How many players the member watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedAlready:
    """Somebody watches the player; nothing changed."""

    outcome: Literal["watched_already"] = "watched_already"
    event_id: EventId
    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId
    since: Moment


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

    outcome: Literal[
        "known_already",
        "is_teammate",
        "not_playing",
        "nobody_free",
        "event_over",
        "no_active_event",
    ]
    player_id: PlayerId | None = None
    name: str = field(default="", repr=False)
    """The player's, where one was found."""

    @property
    def why(self) -> Hindrance:
        """What hinders it."""
        return Hindrance(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Nobody watches the player any more."""

    outcome: Literal["released"] = "released"
    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId
    """Who did until now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWatched:
    """Nobody watches the player; nothing changed."""

    outcome: Literal["not_watched"] = "not_watched"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYourAssignment:
    """Somebody else watches the player; nothing changed."""

    outcome: Literal["not_your_assignment"] = "not_your_assignment"
    player_id: PlayerId
    name: str = field(repr=False)
    member_id: MemberId


AssignOutcome: TypeAlias = Assigned | WatchedAlready | NotAssigned
ReleaseOutcome: TypeAlias = Released | NotWatched | NotYourAssignment


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCoverage(Read[Coverage | RoundUnknown | EventUnknown | NoActiveEvent]):
    """Who plays in a round; the active event's newest one unless others are named."""

    event_id: EventId | None = None
    round_number: Annotated[int | None, JsonField(alias="round")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPlayer(Write[Assigned | WatchedAlready | NotAssigned]):
    """Let a member watch the first of some players who may be watched."""

    event_id: EventId | None
    """Which must be the active one; None says so."""
    player_ids: tuple[PlayerId, ...]
    """The first who is free is taken; of one alone it is said why they are not."""
    watcher_id: MemberId
    watcher_name: str | None = field(default=None, repr=False)
    """None when only the database may know."""
    instead: bool = False
    """In the place of whoever watches the player now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlayer(Write[Released | NotWatched | NotYourAssignment]):
    """Let nobody watch a player any more; a captain may for anybody."""

    of_caller: ClassVar = ("member_id", "as_captain")

    event_id: EventId
    player_id: PlayerId
