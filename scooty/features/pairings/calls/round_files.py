"""Pairings and standings that were read and wait to be applied, kept in the database until then."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field as JsonField
from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.imports import EventOver, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId, RequestId
from scooty.features.players.calls.rosters import KnownNames, LikelyPlayer, SkippedLine

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue

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
class NamesForRound(KnownNames):
    """Everybody whom a file may name."""

    outcome: Literal["round_file_names"] = "round_file_names"
    linked: frozenset[PlayerId]
    """Who is a teammate."""
    current_round: int | None
    number: Annotated[int | None, JsonField(alias="round")]
    """The round of the import that is added to."""
    round_from: RoundFrom | None
    taken: tuple[tuple[PlayerId | None, str], ...] = field(repr=False)
    """Who is in the import that is added to: the player, if known, and the key of the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFileNames(Read[NamesForRound | NoActiveEvent | ImportGone]):
    """Everybody known and, for one more paste, what is in the import already."""

    member_id: MemberId
    """Whose import it is."""
    kind: RoundFileKind
    import_id: RequestId | None = None


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

    outcome: Literal["round_file_kept"] = "round_file_kept"
    import_id: RequestId
    expires_at: Moment
    event: str
    number: Annotated[int | None, JsonField(alias="round")]
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
    chosen: frozenset[int]
    """The places of those of whom a person said that they are the player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRoundFile(Write[RoundFileKept | ImportGone]):
    """Keep a file for 15 minutes."""

    is_large: ClassVar = True

    kind: RoundFileKind
    content: JsonValue = field(repr=False)
    """As `round_file_content` writes it."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"kind": self.kind, "content": self.content}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChanged:
    """Another paste was added in between; what is to be added has to be matched anew."""

    outcome: Literal["import_changed"] = "import_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToRoundFile(Write[RoundFileKept | ImportGone | ImportChanged]):
    """Add one more paste to an import, unless another one was added since it was matched."""

    is_large: ClassVar = True

    kind: RoundFileKind
    import_id: RequestId
    content: JsonValue = field(repr=False)
    """As `round_file_content` writes it."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"kind": self.kind, "import_id": self.import_id, "content": self.content}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseInRoundFile(Write[RoundFileKept | ImportGone]):
    """Note which names, by their places, are the players whom they are like."""

    kind: RoundFileKind
    import_id: RequestId
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRoundFile(Write[RoundFileKept | ImportGone]):
    """Say which round pairings are of that do not say it themselves."""

    import_id: RequestId
    number: Annotated[int, JsonField(alias="round")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingsApplied(RoundCounts):
    """A round is up."""

    outcome: Literal["pairings_applied"] = "pairings_applied"
    event_id: EventId
    event: str
    number: Annotated[int, JsonField(alias="round")]
    unpaired: int
    """Players of the round as it was before who have no table in it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyPairings(Write[PairingsApplied | RoundFileKept | EventOver | ImportGone]):
    """Pair everybody, in one transaction.

    Answers with the preview when the round is there and nobody said what becomes of it.
    """

    is_large: ClassVar = True

    import_id: RequestId
    mode: RoundMode


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsApplied(RoundCounts):
    """Everybody stands where the file says."""

    outcome: Literal["standings_applied"] = "standings_applied"
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyStandings(Write[StandingsApplied | EventOver | ImportGone]):
    """Put standings in the place of the event's, in one transaction."""

    is_large: ClassVar = True

    import_id: RequestId
