"""Who of a team is which player, and whom they play."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.features.players.calls.players import PlayerGone

if TYPE_CHECKING:
    from scooty.core.storage.player_card import Event, KnownElsewhere, PlayerCard

MeetingEnd: TypeAlias = Literal["win", "loss", "draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The member is that player now."""

    name: str = field(repr=False)
    former: str | None = field(default=None, repr=False)
    """Whom they were before, if they were another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedBefore:
    """The member was that player already."""

    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerTaken:
    """That player is another member."""

    name: str = field(repr=False)
    member_id: MemberId


LinkOutcome: TypeAlias = Linked | LinkedBefore | PlayerTaken | PlayerGone


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """The member is no player any more."""

    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLinked:
    """Nobody has said which player the member is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """Direct messages are wanted from now on, or not any more."""

    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifiedBefore:
    """That was so already."""

    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLink:
    """A member who is a player."""

    member_id: MemberId
    player: str = field(repr=False)
    is_notified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All of them, by the members' names."""

    links: tuple[TeamLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRound:
    """No pairings were applied: none at all, or none of that round."""

    event: str
    round_number: int | None
    """The one that was asked for; None for the newest."""
    newest: int | None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a member sits in a round."""

    event: Event
    round_number: int
    newest: int
    """The newest round that was applied."""
    player: str = field(repr=False)
    """The member's own name among the players."""
    table: int | None
    seat: int | None
    """In an event of teams."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facing:
    """Who sits on the other side."""

    player_id: PlayerId
    name: str = field(repr=False)
    points: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOpponent:
    """A bye, or the member is not among those who are paired."""

    place: Place
    is_bye: bool
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstTeammate:
    """The other one is of the team too."""

    place: Place
    facing: Facing
    member_id: MemberId
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """Nobody may read notes while the event is in a draft."""

    place: Place
    facing: Facing
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A round in which one of the team played the opponent before."""

    event: str
    event_id: EventId
    round_number: int
    member_id: MemberId
    player: str = field(repr=False)
    """The member, as players are called."""
    end: MeetingEnd | None
    """For the team; None while nobody told it."""
    games: tuple[int, int, int] | None
    """Won, lost and drawn by the team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpponentFound:
    """Whom a member plays, and all that the team knows of them."""

    place: Place
    facing: Facing
    card: PlayerCard | None
    """None when nobody has reported them in this event."""
    elsewhere: tuple[KnownElsewhere, ...]
    meetings: tuple[Meeting, ...]
    """The newest first, at most six."""
    as_of: datetime | None = None
    """When that was so, while the database is away; None: now."""


OpponentOutcome: TypeAlias = (
    OpponentFound | AgainstTeammate | Drafting | NoOpponent | NoRound | NotLinked | NoActiveEvent
)
