"""What a team is told of a round: the captain's brief, and a half page for everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field as JsonField

from scooty.core.call import Read
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import Event, KnownElsewhere, PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.domain.observations import Confidence
from scooty.domain.watch_order import Teammate, Watchable
from scooty.features.team.calls import Meeting

Table: TypeAlias = Annotated[int | None, JsonField(alias="table_number")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opponent:
    """Against whom somebody of the team plays."""

    player_id: PlayerId
    name: str = field(repr=False)
    archetype: str | None
    """What the reports come to; None: nothing was reported."""
    colours: str | None
    confidence: Confidence | None
    is_contested: bool
    watched_by: MemberId | None
    """Who is to watch them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mate(Teammate):
    """Somebody of the team in a round."""

    player_id: PlayerId
    name: str = field(repr=False)
    is_paired: bool
    """Whether the round names them at all."""
    table: Table
    opponent: Opponent | None
    """None, where they are paired: a bye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownPlayer(Watchable):
    """A player of whom nothing is known, as the function names what it says of them."""

    table: Table


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

    outcome: Literal["brief"] = "brief"
    event: Event
    round: int
    mates: tuple[Mate, ...]
    """By table; without one last."""
    unknowns: tuple[UnknownPlayer, ...]
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
    table: Table
    opponent: Faced | None
    """None, where they are paired: a bye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Half pages of a round."""

    outcome: Literal["sheets"] = "sheets"
    event: Event
    round: int
    sheets: tuple[Sheet, ...]
    """By table."""
    total: int
    """How many there would be without a limit; none: who asked is linked to no player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundNotApplied:
    """The round's pairings were never applied."""

    outcome: Literal["no_round"] = "no_round"
    event: Event
    newest: int | None
    """The newest whose were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInDraft:
    """The event is in a draft, where nobody may have notes."""

    outcome: Literal["drafting"] = "drafting"
    event: Event


Refusal: TypeAlias = RoundInDraft | RoundNotApplied | NoActiveEvent | EventUnknown
"""Why there is nothing to tell of a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBrief(Read[RoundBrief | Refusal]):
    """What a captain has to know of a round, in one call however large the team is."""

    event_id: EventId | None = None
    """The active one's when it is left out."""
    round: int | None
    """The newest when it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheets(Read[Sheets | Refusal]):
    """What is printed for a round, in one call."""

    event_id: EventId | None = None
    """The active one's when it is left out."""
    round: int | None = None
    """The newest when it is left out."""
    member_id: MemberId | None = None
    """For the player of this member alone."""
    player_id: PlayerId | None = None
    """For this player alone; the whole team when both are left out."""
