"""What the book of results answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from scooty.storage.books.event_values import EventUnknown
from scooty.storage.port import NoActiveEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.domain.field import Field
    from scooty.domain.ids import ArchetypeId, MemberId, PlayerId
    from scooty.domain.match_scores import MatchScore
    from scooty.domain.matchups import Matchup, Outcome
    from scooty.storage.port import ArchetypeSuggestion, Event

__all__ = [
    "ArchetypeFacts",
    "ArchetypeNotKnown",
    "Deck",
    "Drafting",
    "MatchupFound",
    "MatchupOutcome",
    "NoOpponent",
    "NotTold",
    "PairedOtherwise",
    "Record",
    "RecordOutcome",
    "ReplacedResult",
    "ResultGone",
    "ResultNotYours",
    "ResultTold",
    "ResultUndone",
    "RoundWithout",
    "TeamRecord",
    "TeammateRecord",
    "Telling",
    "TellingOutcome",
    "ToldResult",
    "UndoneOutcome",
    "WhoTells",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a match ended, as somebody tells it."""

    outcome: Outcome
    score: MatchScore | None = None
    round_number: int | None = None
    """None: the newest round whose pairings were imported."""
    player_id: PlayerId | None = None
    player: str | None = field(default=None, repr=False)
    """The teammate, by name; None: whoever tells it."""
    opponent: str | None = field(default=None, repr=False)
    """None: whoever the pairings say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """What a player plays."""

    name: str
    colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldResult:
    """A result that is kept."""

    round_number: int
    player_id: PlayerId
    player: str = field(repr=False)
    player_deck: Deck | None
    opponent: str = field(repr=False)
    opponent_deck: Deck | None
    outcome: Outcome
    score: MatchScore | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedResult:
    """What was kept of the round before."""

    opponent: str = field(repr=False)
    outcome: Outcome
    score: MatchScore | None
    is_of_a_file: bool
    """The round's own file had told it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTold:
    """The result is kept."""

    event: str
    told: ToldResult
    replaced: ReplacedResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """What is played now is drafted, and no deck of the field."""


class WhoTells(StrEnum):
    """Why a result is nobody's who may be told of; the values are the database's."""

    NOT_LINKED = "not_linked"
    NO_TEAMMATE = "no_teammate"
    OTHERS_BY_CAPTAINS = "others_by_captains"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """Nobody knows whose result it is, or it is another one's."""

    reason: WhoTells


class NoOpponent(StrEnum):
    """Why there is nobody whom the match was against; the values are the database's."""

    NO_ROUND = "no_round"
    ROUND_UNKNOWN = "round_unknown"
    NOT_PAIRED = "not_paired"
    BYE = "bye"
    AGAINST_ONESELF = "against_oneself"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWithout:
    """The round has no opponent for the player."""

    reason: NoOpponent
    round_number: int | None = None
    current: int | None = None
    """The newest round whose pairings were imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedOtherwise:
    """The pairings name another opponent than whoever told the result."""

    round_number: int
    opponent: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultUndone:
    """The result is not kept any more; perhaps the one before is."""

    told: ToldResult
    restored: ReplacedResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGone:
    """It was told anew or taken back since, or too long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultNotYours:
    """Somebody else told it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeFacts:
    """What is shown of an archetype."""

    id: ArchetypeId
    name: str
    colours: str
    display_colour: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A matchup, and how many matches more may belong to it."""

    matchup: Matchup
    unknown: int
    """In which one deck is unknown, or both, and nothing speaks against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchupFound:
    """How one archetype of ours does against one of theirs."""

    ours: ArchetypeFacts
    theirs: ArchetypeFacts
    event: str | None
    """The active one; None: there is none."""
    here: Record | None
    everywhere: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeNotKnown:
    """One of the two is nobody's archetype."""

    is_ours: bool
    nearest: tuple[ArchetypeSuggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeammateRecord:
    """How one teammate did in an event."""

    member_id: MemberId | None
    """None: no member is linked to the player any more."""
    player: str = field(repr=False)
    deck: Deck | None
    wins: int
    losses: int
    draws: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRecord:
    """How the team did in an event, and what it is to face there."""

    event: Event
    wins: int
    """As losses and draws, of all matches but those between teammates."""
    losses: int
    draws: int
    own_unknown: int
    """Matches of teammates of whom nobody reported what they play."""
    theirs_unknown: int
    """Of the others, those whose opponent's deck is unknown."""
    between_teammates: int
    matchups: tuple[Matchup, ...]
    """Of this event."""
    matchups_ever: tuple[Matchup, ...]
    """Of all events of the guild."""
    teammates: tuple[TeammateRecord, ...]
    """Most wins first."""
    field: Field[ArchetypeId]
    played_by_teammates: Mapping[ArchetypeId, int]
    archetypes: Mapping[ArchetypeId, ArchetypeFacts]


TellingOutcome: TypeAlias = (
    ResultTold | NoActiveEvent | Drafting | NotTold | RoundWithout | PairedOtherwise
)
UndoneOutcome: TypeAlias = ResultUndone | ResultGone | ResultNotYours
MatchupOutcome: TypeAlias = MatchupFound | ArchetypeNotKnown
RecordOutcome: TypeAlias = TeamRecord | NoActiveEvent | EventUnknown
