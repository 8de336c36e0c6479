"""What the book of pairings and standings answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from scooty.core.storage.imports import ImportGone
from scooty.domain.ids import EventId, PlayerId, RequestId

if TYPE_CHECKING:
    from scooty.features.pairings.rules import Identity
    from scooty.features.players.calls.rosters import KnownNames, LikelyPlayer, SkippedLine

RoundFileKind: TypeAlias = Literal["pairings", "standings"]


class RoundFrom(StrEnum):
    """Who says which round pairings are of."""

    OPTION = "option"
    FILE = "file"
    PROPOSED = "proposed"
    """Nobody: it is the one after the current round."""
    TOLD = "told"
    """A person, after it was proposed."""


class RoundMode(StrEnum):
    """What becomes of a round that is there already."""

    NEW = "new"
    """It stays, and a person is asked."""
    REPLACE = "replace"
    MERGE = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFileNames:
    """Everybody whom a file may name."""

    known: KnownNames
    linked: frozenset[PlayerId]
    """Who is a teammate."""
    current_round: int | None
    number: int | None
    """The round of the import that is added to."""
    round_from: RoundFrom | None
    taken: tuple[Identity, ...] = field(repr=False)
    """Who is in the import that is added to, one for each of its people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundCounts:
    """How much is in a file, without what is left out."""

    tables: int
    byes: int
    players: int
    new_players: int
    """Whom the guild did not know."""
    teammates: int
    paired: int
    """Teammates who have an opponent."""
    known: int
    """Teammates of whose opponents the deck is known."""
    left_out: int
    """Tables, or rows of standings, of somebody who stands in an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFileKept:
    """What an import would do."""

    import_id: RequestId
    expires_at: datetime
    event_name: str
    number: int | None
    """None for standings."""
    round_from: RoundFrom | None
    told: tuple[int, ...]
    """The rounds that the file tells of."""
    elsewhere: int
    """Tables of other rounds, which are not taken."""
    is_there: bool
    """The round, or standings, are there already."""
    counts: RoundCounts
    skipped_count: int
    skipped: tuple[SkippedLine, ...]
    """At most 20."""
    likely_count: int
    likely: tuple[LikelyPlayer, ...]
    """At most 25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChanged:
    """Another paste was added in between; what is to be added has to be matched anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingsApplied:
    """A round is up."""

    event_id: EventId
    event_name: str
    number: int
    counts: RoundCounts
    unpaired: int
    """Players of the round as it was before who have no table in it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsApplied:
    """Everybody stands where the file says."""

    event_name: str
    counts: RoundCounts


RoundFileOutcome: TypeAlias = RoundFileKept | ImportGone
