"""Who of a team is which player, and whom they play: functions and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field as JsonField
from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.player_card import Event, KnownElsewhere, PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.domain.names import name_key, word_key
from scooty.domain.text import clean
from scooty.features.players.calls.players import PlayerGone

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue

Round: TypeAlias = Annotated[int, JsonField(alias="round")]
MeetingEnd: TypeAlias = Literal["win", "loss", "draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The member is that player now."""

    outcome: Literal["linked"] = "linked"
    name: str = field(repr=False)
    former: str | None = field(repr=False)
    """Whom they were before, if they were another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedBefore:
    """The member was that player already."""

    outcome: Literal["linked_before"] = "linked_before"
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerTaken:
    """That player is another member."""

    outcome: Literal["player_taken"] = "player_taken"
    name: str = field(repr=False)
    member_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMember(Write[Linked | LinkedBefore | PlayerTaken | PlayerGone]):
    """Say which player a member is, who may be whoever says so."""

    linked_id: MemberId
    linked_name: str = field(repr=False)
    """How the member is called at Discord."""
    player_id: PlayerId | None
    """None for one of that name, who is made when there is none."""
    name: str = field(repr=False)
    """The player's."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "linked_id": self.linked_id,
            "linked_name": self.linked_name,
            "player_id": self.player_id,
            "name": clean(self.name),
            "name_key": name_key(self.name),
            "word_key": word_key(self.name),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """The member is no player any more."""

    outcome: Literal["unlinked"] = "unlinked"
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLinked:
    """Nobody has said which player the member is."""

    outcome: Literal["not_linked"] = "not_linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkMember(Write[Unlinked | NotLinked]):
    """Say that a member is no player any more."""

    linked_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationSet:
    """Whether direct messages are wanted; perhaps that was so already."""

    outcome: Literal["notified", "notified_before"]
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNotification(Write[NotificationSet | NotLinked]):
    """Say whether the caller gets direct messages when a round is up."""

    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLink:
    """A member, and which player they are."""

    member_id: MemberId
    player: str = field(repr=False)
    is_notified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All of them, by the members' names."""

    outcome: Literal["links"] = "links"
    links: tuple[TeamLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLinks(Read[Links]):
    """Who is which player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRound:
    """No pairings were applied: none at all, or none of that round."""

    outcome: Literal["no_round"] = "no_round"
    event: str
    round_number: Annotated[int | None, JsonField(alias="round")]
    """The one that was asked for; None for the newest."""
    newest: int | None
    as_of: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatInRound:
    """Where a member sits in a round."""

    event: Event
    round_number: Round
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

    outcome: Literal["bye", "not_paired"]
    place: SeatInRound
    as_of: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstTeammate:
    """The other one is of the team too."""

    outcome: Literal["teammate"] = "teammate"
    place: SeatInRound
    facing: Facing
    member_id: MemberId
    as_of: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpponentInDraft:
    """Nobody may read notes while the event is in a draft."""

    outcome: Literal["drafting"] = "drafting"
    place: SeatInRound
    facing: Facing
    as_of: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A round in which one of the team played the opponent before."""

    event: str
    event_id: EventId
    round_number: Round
    member_id: MemberId
    player: str = field(repr=False)
    """The member, as players are called."""
    end: Annotated[MeetingEnd | None, JsonField(alias="outcome")]
    """For the team; None while nobody told it."""
    games_won: int | None
    """By the team, as those lost and drawn."""
    games_lost: int | None
    games_drawn: int | None

    @property
    def games(self) -> tuple[int, int, int] | None:
        """Won, lost and drawn by the team; None while nobody told them."""
        if self.games_won is None or self.games_lost is None:
            return None
        return self.games_won, self.games_lost, self.games_drawn or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpponentFound:
    """Whom a member plays, and all that the team knows of them."""

    outcome: Literal["opponent"] = "opponent"
    place: SeatInRound
    facing: Facing
    card: PlayerCard | None
    """None when nobody has reported them in this event."""
    elsewhere: tuple[KnownElsewhere, ...]
    meetings: tuple[Meeting, ...]
    """The newest first, at most six."""
    as_of: Moment | None = None
    """When that was so, while the database is away; None: now."""


OpponentOutcome: TypeAlias = (
    OpponentFound
    | AgainstTeammate
    | OpponentInDraft
    | NoOpponent
    | NoRound
    | NotLinked
    | NoActiveEvent
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyOpponent(Read[OpponentOutcome]):
    """Whom a member plays, in the newest round if no other is asked for."""

    is_kept: ClassVar = True

    member_id: MemberId
    round_number: Annotated[int | None, JsonField(alias="round")] = None
