"""What the book of boards answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from scooty.domain.ids import ArchetypeId, EventId, PlayerId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.storage.player_card import Event
    from scooty.core.storage.stats import ScoutCount
    from scooty.domain.metagame import PlayerCount
    from scooty.domain.observations import Confidence


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
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A guild's live board: where it stands and what it shows."""

    channel_id: int
    message_id: int | None
    """None before it was posted."""
    started_at: datetime
    language: str | None
    """The team's; None when it has chosen none, and reads the server's."""
    ethics_line: str | None
    """The team's own words beside "before you sit down only"."""
    field: FieldInBrief | None
    """None without an active event."""
    newest: tuple[NewestReport, ...]
    """Newest first, five at most."""


@dataclass(frozen=True, slots=True)
class NoBoard:
    """The guild has none."""


@dataclass(frozen=True, slots=True)
class BoardKept:
    """The message's id is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPlace:
    """Where a board stood."""

    channel_id: int
    message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStarted:
    """The guild has a board in that channel."""

    left: BoardPlace | None
    """The other channel in which it stood before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStopped:
    """The guild has no board any more."""

    place: BoardPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is new in a guild's event since its last digest."""

    channel_id: int
    language: str | None
    ethics_line: str | None
    since: datetime
    reports: int
    """New ones that count; at least one."""
    contributors: tuple[ScoutCount, ...]
    """Of the new ones; who reported most first."""
    field: FieldInBrief


@dataclass(frozen=True, slots=True)
class NoDigest:
    """Nothing to tell: no channel, no active event, or no new report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensuses:
    """What each player of the active event is believed to play."""

    event_id: EventId | None
    """None without an active event."""
    by_player: Mapping[PlayerId, ArchetypeId]


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

    admin_channel_id: int | None
    """The guild's own; None when it has chosen none."""
    language: str | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileEvent:
    """What one member has contributed to one event."""

    event: Event
    reports: int
    players: int
    agreeing: int
    """Of those players, of how many the team believes what the member reported last."""
    last_reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoutingProfile:
    """What one member has contributed."""

    reports: int
    """In all events."""
    event_count: int
    events: tuple[ProfileEvent, ...]
    """Newest first, ten at most."""
