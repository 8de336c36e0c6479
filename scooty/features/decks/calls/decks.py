"""Decklists: read from a file or a paste, looked at, then kept with a player of an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.imports import EventOver, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.decks import Cards, Deck
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, RequestId
from scooty.domain.names import fold, name_key, word_key
from scooty.domain.observations import Confidence
from scooty.features.reports.calls.looking_up import NobodyFound, PlayerMatch
from scooty.features.reports.calls.recording import ReportRecorded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.repository.messages import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedArchetype:
    """An archetype that a rule names and that may be reported here."""

    key: str
    """The name in the rule, folded."""
    id: ArchetypeId
    name: str
    """What the guild calls it."""
    colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedDeck:
    """An earlier list of the same player in the same event."""

    added_by: MemberId
    added_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckKept:
    """A list that waits, and what there is to know before it is applied."""

    outcome: Literal["decklist_kept"] = "decklist_kept"
    import_id: RequestId
    expires_at: Moment
    event: str
    format: str | None
    """As whoever made the event wrote it."""
    player: str | None = field(repr=False)
    """As the guild knows the player; None when it does not."""
    alike: tuple[str, ...] = field(repr=False)
    """Known players whose names are like it, when nobody has it."""
    archetype: str | None
    """What the player was said to play until now."""
    replaced: ReplacedDeck | None
    archetypes: tuple[OfferedArchetype, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDecklist(Write[DeckKept | NoActiveEvent]):
    """Keep a list for 15 minutes."""

    player: str = field(repr=False)
    """A name as typed."""
    deck: Deck
    archetypes: tuple[str, ...]
    """All that it may be, of any format."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "opponent": self.player,
            "name_key": name_key(self.player),
            "word_key": word_key(self.player),
            "content": {
                "main": _board(self.deck.main),
                "side": _board(self.deck.side),
                "companion": self.deck.companion,
                "archetypes": [
                    {"key": fold(each), "word_key": word_key(each)} for each in self.archetypes
                ],
            },
        }


def _board(cards: Iterable[Cards]) -> JsonValue:
    return [{"count": each.count, "card": each.card} for each in cards]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeGone:
    """It was retired, or is nobody's here."""

    outcome: Literal["archetype_gone"] = "archetype_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckApplied:
    """A list is stored."""

    outcome: Literal["decklist_added"] = "decklist_added"
    player_id: PlayerId
    player: str = field(repr=False)
    event_id: EventId
    event: str
    main: int
    """Cards, as in the sideboard."""
    side: int
    replaced: ReplacedDeck | None
    recorded: ReportRecorded | None
    """The report that came with it, if one was wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyDecklist(Write[DeckApplied | ImportGone | EventOver | ArchetypeGone]):
    """Store a list; with an archetype, report its player as that too."""

    member_name: str = field(repr=False)
    import_id: RequestId
    archetype_id: ArchetypeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckShown:
    """A list that is stored."""

    outcome: Literal["decklist"] = "decklist"
    player_id: PlayerId
    player: str = field(repr=False)
    event_id: EventId
    event: str
    phase: str | None
    """None: the event is not the active one."""
    main: tuple[Cards, ...] = field(repr=False)
    side: tuple[Cards, ...] = field(repr=False)
    companion: str | None
    added_by: MemberId
    added_at: Moment
    archetype: str | None
    """What the reports come to."""
    colours: str | None
    confidence: Confidence | None

    @property
    def deck(self) -> Deck:
        """All of the list."""
        return Deck(main=self.main, side=self.side, companion=self.companion)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDeck:
    """The player is known, and has no list in the event."""

    outcome: Literal["no_decklist"] = "no_decklist"
    player: str = field(repr=False)
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralDecks:
    """Players with a list who may be meant."""

    outcome: Literal["several_players"] = "several_players"
    event_id: EventId
    matches: tuple[PlayerMatch, ...]


DeckFound: TypeAlias = (
    DeckShown | NoDeck | SeveralDecks | NobodyFound | NoActiveEvent | EventUnknown
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDecklist(
    Read[DeckShown | NoDeck | SeveralDecks | NobodyFound | NoActiveEvent | EventUnknown]
):
    """Find the list of a player in an event, the active one if no other is named."""

    name: str = field(default="", repr=False)
    player_id: PlayerId | None = None
    """Of a player who was chosen, not typed."""
    event_id: EventId | None = None

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "name_key": name_key(self.name),
            "word_key": word_key(self.name),
            "player_id": self.player_id,
            "event_id": self.event_id,
        }
