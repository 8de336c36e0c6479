"""How the team's matches ended, and what that says of its decks: functions and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field as JsonField
from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.core.suggestions import ArchetypeSuggestion
from scooty.domain.field import Field, count_field
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, RequestId
from scooty.domain.names import fold, name_key, word_key
from scooty.features.results.rules.match_scores import MatchScore
from scooty.features.results.rules.matchups import Matchup, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue

Round: TypeAlias = Annotated[int, JsonField(alias="round")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """What a player plays."""

    name: str
    colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedResult:
    """What was kept of the round before."""

    opponent_id: PlayerId
    opponent: str = field(repr=False)
    result: Outcome
    games_won: int | None
    games_lost: int | None
    games_drawn: int | None
    is_of_a_file: bool
    """The round's own file had told it."""

    @property
    def score(self) -> MatchScore | None:
        """The games; None: nobody told them."""
        return _score(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldResult:
    """A result that is kept."""

    event_id: EventId
    round_number: Round
    told_at: Moment
    player_id: PlayerId
    player: str = field(repr=False)
    player_deck: Deck | None
    opponent_id: PlayerId
    opponent: str = field(repr=False)
    opponent_deck: Deck | None
    result: Outcome
    games_won: int | None
    games_lost: int | None
    games_drawn: int | None

    @property
    def score(self) -> MatchScore | None:
        """The games; None: nobody told them."""
        return _score(self)


def _score(result: ToldResult | ReplacedResult) -> MatchScore | None:
    if result.games_won is None or result.games_lost is None:
        return None
    return MatchScore(won=result.games_won, lost=result.games_lost, drawn=result.games_drawn or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTold:
    """The result is kept."""

    outcome: Literal["result_told"] = "result_told"
    event: str
    told: ToldResult
    replaced: ReplacedResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftUnderWay:
    """What is played now is drafted, and no deck of the field."""

    outcome: Literal["drafting"] = "drafting"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """Nobody knows whose result it is, or it is another one's."""

    outcome: Literal["not_linked", "no_teammate", "others_by_captains"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWithout:
    """The round has no opponent for the player."""

    outcome: Literal["no_round", "round_unknown", "not_paired", "bye", "against_oneself"]
    round_number: Annotated[int | None, JsonField(alias="round")] = None
    current: int | None = None
    """The newest round whose pairings were imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedOtherwise:
    """The pairings name another opponent than whoever told the result."""

    outcome: Literal["paired_otherwise"] = "paired_otherwise"
    round_number: Round
    opponent: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellResult(
    Write[ResultTold | NoActiveEvent | DraftUnderWay | NotTold | RoundWithout | PairedOtherwise]
):
    """Keep how a match of the active event ended, in place of what was kept of the round."""

    of_caller: ClassVar = ("member_id", "as_captain")

    result: Outcome
    score: MatchScore | None = None
    round_number: int | None = None
    """None: the newest round whose pairings were imported."""
    player_id: PlayerId | None = None
    player: str | None = field(default=None, repr=False)
    """The teammate, by name; None: whoever tells it."""
    opponent: str | None = field(default=None, repr=False)
    """None: whoever the pairings say."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        score, player, opponent = self.score, self.player, self.opponent
        return {
            "result": self.result.value,
            "games_won": None if score is None else score.won,
            "games_lost": None if score is None else score.lost,
            "games_drawn": None if score is None else score.drawn,
            "round": self.round_number,
            "player_id": self.player_id,
            "name_key": None if player is None else name_key(player),
            "word_key": None if player is None else word_key(player),
            "opponent": opponent,
            "opponent_key": None if opponent is None else name_key(opponent),
            "opponent_word_key": None if opponent is None else word_key(opponent),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultUndone:
    """The result is not kept any more; perhaps the one before is."""

    outcome: Literal["result_undone"] = "result_undone"
    told: ToldResult
    replaced: ReplacedResult | None
    """What is kept again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGone:
    """It was told anew or taken back since, or too long ago."""

    outcome: Literal["result_gone"] = "result_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultNotYours:
    """Somebody else told it."""

    outcome: Literal["not_your_result"] = "not_your_result"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoResult(Write[ResultUndone | ResultGone | ResultNotYours]):
    """Take back what a request told, and put back what it had replaced."""

    of_caller: ClassVar = ("member_id", "as_captain")

    told_request_id: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeFacts:
    """What is shown of an archetype."""

    id: ArchetypeId
    name: str
    colours: str
    display_colour: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchupRecord(Matchup):
    """A matchup, and how many matches more may belong to it."""

    unknown: int
    """In which one deck is unknown, or both, and nothing speaks against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchupFound:
    """How one archetype of ours does against one of theirs."""

    outcome: Literal["matchup"] = "matchup"
    ours: ArchetypeFacts
    theirs: ArchetypeFacts
    event: str | None
    """The active one; None: there is none."""
    here: MatchupRecord | None
    everywhere: MatchupRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeNotKnown:
    """One of the two is nobody's archetype."""

    outcome: Literal["matchup_unknown"] = "matchup_unknown"
    is_ours: bool
    nearest: tuple[ArchetypeSuggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMatchup(Read[MatchupFound | ArchetypeNotKnown]):
    """How the team did with one archetype against another; both as they are typed."""

    function: ClassVar = "matchup_record"

    ours: str
    theirs: str

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "archetype_key": fold(self.ours),
            "archetype_word_key": word_key(self.ours),
            "theirs_key": fold(self.theirs),
            "theirs_word_key": word_key(self.theirs),
        }


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
class ArchetypePlayed:
    """How many play an archetype in an event."""

    archetype_id: ArchetypeId
    players: int
    teammates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRecord:
    """How the team did in an event, and what it is to face there."""

    outcome: Literal["team_record"] = "team_record"
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
    seen: int
    """Players of whom there is a report, or who were listed."""
    played: Annotated[tuple[ArchetypePlayed, ...], JsonField(alias="field")]
    archetypes_met: Annotated[tuple[ArchetypeFacts, ...], JsonField(alias="archetypes")]

    @property
    def field(self) -> Field[ArchetypeId]:
        """What is played there."""
        return count_field(
            (each.archetype_id for each in self.played for _ in range(each.players)),
            active=self.seen,
        )

    @property
    def played_by_teammates(self) -> Mapping[ArchetypeId, int]:
        """How many teammates play an archetype."""
        return {each.archetype_id: each.teammates for each in self.played if each.teammates}

    @property
    def archetypes(self) -> Mapping[ArchetypeId, ArchetypeFacts]:
        """All archetypes that are named, by their ids."""
        return {each.id: each for each in self.archetypes_met}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord(Read[TeamRecord | NoActiveEvent | EventUnknown]):
    """The team's record in an event; in the active one if no other is asked for."""

    function: ClassVar = "team_record"

    event_id: EventId | None = None
