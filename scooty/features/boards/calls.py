"""What is shown to a team without being asked for: its board, its digest, what turned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.player_card import Event
from scooty.core.storage.stats import ScoutCount
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId
from scooty.domain.metagame import PlayerCount
from scooty.domain.observations import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldInBrief:
    """An event's field in figures, counted by players."""

    event: Event
    players: int
    """Known or not."""
    reports: int
    """That count."""
    conflicts: int
    """Players of whom reports contradict one another."""
    archetypes: tuple[PlayerCount, ...]
    """Most played first; together, the players who are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestReport:
    """One of the last reports."""

    player: str
    archetype: str
    colours: str
    reported_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A guild's live board: where it stands and what it shows."""

    outcome: Literal["board"] = "board"
    channel_id: int
    message_id: int | None
    """None before it was posted."""
    started_at: Moment
    language: str | None
    """The team's; None when it has chosen none, and reads the server's."""
    ethics_line: str | None
    """The team's own words beside "before you sit down only"."""
    field: FieldInBrief | None
    """None without an active event."""
    newest: tuple[NewestReport, ...]
    """Newest first, five at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBoard:
    """The guild has none."""

    outcome: Literal["no_board"] = "no_board"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardKept:
    """The message's id is stored."""

    outcome: Literal["board_kept"] = "board_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPlace:
    """Where a board stood."""

    channel_id: int
    message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepBoardMessage(Write[BoardKept | NoBoard]):
    """Remember which message the board is, if it still stands in that channel.

    The request's id is the message's.
    """

    of_caller: ClassVar = ()

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBoard(Read[Board | NoBoard]):
    """Where the board stands and all that it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStarted:
    """The guild has a board in that channel."""

    outcome: Literal["board_started"] = "board_started"
    left: BoardPlace | None
    """The other channel in which it stood before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBoard(Write[BoardStarted]):
    """Say in which channel the guild's live board stands; it has one at most."""

    channel_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStopped(BoardPlace):
    """The guild has no board any more where it stood."""

    outcome: Literal["board_stopped"] = "board_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is new in a guild's event since its last digest."""

    outcome: Literal["digest"] = "digest"
    channel_id: int
    language: str | None
    ethics_line: str | None
    since: Moment
    reports: int
    """New ones that count; at least one."""
    contributors: tuple[ScoutCount, ...]
    """Of the new ones; who reported most first."""
    field: FieldInBrief


@dataclass(frozen=True, slots=True, kw_only=True)
class StopBoard(Write[BoardStopped | NoBoard]):
    """Say that the guild has none any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDigest:
    """Nothing to tell: no channel, no active event, or no new report."""

    outcome: Literal["no_digest"] = "no_digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensuses:
    """What each player of the active event is believed to play."""

    outcome: Literal["consensuses"] = "consensuses"
    event_id: EventId | None
    """None without an active event."""
    pairs: tuple[tuple[PlayerId, ArchetypeId], ...]

    @property
    def by_player(self) -> Mapping[PlayerId, ArchetypeId]:
        """What each is believed to play."""
        return dict(self.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListConsensuses(Read[Consensuses]):
    """What each player of the active event is believed to play."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDigest(Read[Digest | NoDigest]):
    """What is new up to a moment, since the last digest before it."""

    until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A player who is believed to play another archetype than before."""

    player_id: PlayerId
    player: str
    confidence: Confidence
    was: str
    was_colours: str
    now: str
    now_colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What to tell of turns, and where."""

    outcome: Literal["turns"] = "turns"
    admin_channel_id: int | None
    """The guild's own; None when it has chosen none."""
    language: str | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeTurns(Read[Turns]):
    """What to tell of players who were believed to play something else."""

    earlier: tuple[tuple[PlayerId, ArchetypeId], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileEvent:
    """What one member has contributed to one event."""

    event: Event
    reports: int
    players: int
    agreeing: int
    """Of those players, of how many the team believes what the member reported last."""
    last_reported_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoutingProfile:
    """What one member has contributed."""

    outcome: Literal["profile"] = "profile"
    reports: int
    """In all events."""
    event_count: int
    events: tuple[ProfileEvent, ...]
    """Newest first, ten at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScoutingProfile(Read[ScoutingProfile]):
    """What one member has contributed."""

    function: ClassVar = "scouting_profile"

    member_id: MemberId
