"""What speaks for what a player plays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

from pydantic import BeforeValidator
from pydantic import Field as JsonField
from typing_extensions import override

from scooty.core.call import Read
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import ArchetypeId
from scooty.domain.names import name_key, word_key
from scooty.domain.observations import Confidence
from scooty.features.players.calls.players import GuildPlayer
from scooty.features.predictions.rules.forecast import Spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArchetype:
    """An archetype as it is shown."""

    id: ArchetypeId
    name: str
    colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDeck:
    """What reports of this event come to."""

    archetype: str
    colours: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The player whose archetype is asked for."""

    name: str = field(repr=False)
    reported: ReportedDeck | None


class PlayedBefore(NamedTuple):
    """What the player was known to play in another event."""

    archetype_id: ArchetypeId
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionEvidence:
    """All that speaks for what a player plays."""

    outcome: Literal["evidence"] = "evidence"
    event: Event
    format: str | None
    """The event's, in its maker's words."""
    asked: Annotated[Asked | None, JsonField(alias="player")]
    """None when nobody is certain to have that name."""
    alike: Annotated[tuple[GuildPlayer, ...], JsonField(alias="candidates")]
    """Who may be meant then."""
    mentioned: str | None = field(repr=False)
    """Cards that reports of this event name, a line each."""
    listed: tuple[str, ...] | None
    past: tuple[PlayedBefore, ...]
    """The newest event first."""
    prospects: Annotated[tuple[NamedArchetype, ...], JsonField(alias="archetypes")]
    """All that may be one."""
    counts: Annotated[dict[ArchetypeId, int], BeforeValidator(dict)]
    """Players of the event by what they are known to play, the asked one not among them."""
    players: tuple[str, ...] = field(repr=False)
    """Of the event: pages of JSON, for `noted_field`."""
    decks: tuple[str, ...] = field(repr=False)
    """Of other events: the same."""

    @property
    def own(self) -> Spelled:
        """What was noted of the player in this event."""
        return Spelled(
            mentioned=tuple((self.mentioned or "").split("\n")), listed=self.listed or ()
        )

    @property
    def archetypes(self) -> Mapping[ArchetypeId, NamedArchetype]:
        """All that may be a prospect, by their ids."""
        return {each.id: each for each in self.prospects}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSurely:
    """The team is sure of what the player plays: nothing was gathered."""

    outcome: Literal["reported_surely"] = "reported_surely"
    event: Event
    asked: Annotated[Asked, JsonField(alias="player")]


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyToPredict:
    """Nobody has that name, or several have its words."""

    outcome: Literal["nobody_certain"] = "nobody_certain"
    event: Event
    player: None
    candidates: tuple[GuildPlayer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionInDraft:
    """The event is in a phase in which there are no notes."""

    outcome: Literal["drafting"] = "drafting"
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEvidence(
    Read[PredictionEvidence | ReportedSurely | NobodyToPredict | PredictionInDraft | NoActiveEvent]
):
    """What is known of a player of that name in the active event, and of all others."""

    function: ClassVar = "prediction_evidence"

    name: str = field(repr=False)
    """With cards, one whom nobody knows will do."""
    has_cards: bool
    """Somebody saw cards: even of a player of whom the team is sure, all is read."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "name_key": name_key(self.name),
            "word_key": word_key(self.name),
            "has_cards": self.has_cards,
        }
