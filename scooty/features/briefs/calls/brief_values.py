"""What the book of briefs answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import MemberId, PlayerId

if TYPE_CHECKING:
    from scooty.core.storage.player_card import Event, KnownElsewhere, PlayerCard
    from scooty.domain.observations import Confidence
    from scooty.domain.watch_order import Watchable
    from scooty.features.team.calls import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Opponent:
    """Against whom somebody of the team plays."""

    player_id: PlayerId
    name: str = field(repr=False)
    archetype: str | None
    """What the reports come to; None: nothing was reported."""
    colours: str
    confidence: Confidence | None
    is_contested: bool
    watched_by: MemberId | None
    """Who is to watch them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mate:
    """Somebody of the team in a round."""

    member_id: MemberId
    player_id: PlayerId
    name: str = field(repr=False)
    points: int | None
    rank: int | None
    is_paired: bool
    """Whether the round names them at all."""
    table: int | None
    opponent: Opponent | None
    """None, where they are paired: a bye."""
    met: frozenset[PlayerId]
    """All opponents in the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A player of whom reports disagree."""

    player_id: PlayerId
    name: str = field(repr=False)
    archetype: str
    others: tuple[str, ...]
    """What else was reported, the most reported first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBrief:
    """A round as a captain sees it."""

    event: Event
    round: int
    mates: tuple[Mate, ...]
    """By table; without one last."""
    unknowns: tuple[Watchable, ...]
    """Of whom nothing is known, whom nobody watches, and who play against nobody of the team."""
    watched: int
    """How many more would be among those, but somebody watches them."""
    conflicts: tuple[Contested, ...]
    """The first of them: opponents of this round, then by points."""
    contested: int
    """How many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faced:
    """All that is known of an opponent."""

    name: str = field(repr=False)
    is_teammate: bool
    card: PlayerCard | None
    """None: nothing was reported."""
    listed_side: str | None = field(repr=False)
    """The sideboard of their decklist, as counts and cards; None: there is none."""
    elsewhere: tuple[KnownElsewhere, ...]
    meetings: tuple[Meeting, ...]
    """Of the team's, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on one player's half page."""

    player_id: PlayerId
    name: str = field(repr=False)
    is_paired: bool
    table: int | None
    opponent: Faced | None
    """None, where they are paired: a bye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Half pages of a round."""

    event: Event
    round: int
    sheets: tuple[Sheet, ...]
    """By table."""
    total: int
    """How many there would be without a limit; none: who asked is linked to no player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRound:
    """The round's pairings were never applied."""

    event: Event
    newest: int | None
    """The newest whose were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """The event is in a draft, where nobody may have notes."""

    event: Event


BriefOutcome: TypeAlias = RoundBrief | Drafting | NoRound | NoActiveEvent | EventUnknown
SheetOutcome: TypeAlias = Sheets | Drafting | NoRound | NoActiveEvent | EventUnknown
