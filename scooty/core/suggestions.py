"""What is suggested, what it is chosen from, and what a report changes in that.

The database hands out the whole index of a guild's active event, and says with every report that it
stores what has to change in it. Whoever holds a copy can so answer typing without asking, and be
right (`scooty.core.cached.held_index`).
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from typing_extensions import override

from scooty.core.call import Read
from scooty.core.waiting import QueuedName, QueuedReport, ReadWithQueued
from scooty.domain.colours import COLOURS, in_order
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId
from scooty.domain.names import begins_words, fold, name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.repository.messages import JsonValue
    from scooty.core.cached.held_index import HeldIndex

R = TypeVar("R")
_MOST = 25
"""What one list offers, which is what Discord shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeSuggestion:
    """An archetype that fits what was typed."""

    id: ArchetypeId
    name: str
    colours: str
    report_count: int
    """In the active event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpponentSuggestion:
    """A player already reported in the active event, or on its roster and not reported yet.

    Of the latter there is no archetype and no reporter: empty texts, and 0.
    """

    player_id: PlayerId | None
    """None while only queued reports tell of the player."""
    name: str = field(repr=False)
    archetype: str
    reporter_id: MemberId
    reporter_name: str = field(repr=False)
    """The display name at the time of the newest report."""
    report_count: int
    queued: bool = False
    """The newest report has not reached the database yet."""

    @property
    def is_only_listed(self) -> bool:
        """Whether the roster is all that tells of the player."""
        return not self.report_count and not self.queued


class IndexedOpponent(NamedTuple):
    """A player of whom a report counts; bare values in the database's order, as there are many."""

    player_id: PlayerId
    name: str
    archetype: str
    reporter_id: MemberId
    reporter_name: str
    report_count: int
    report_id: ReportId
    """Of the newest report that counts. Higher for every report of this player stored later."""
    reported_us: int
    """When that was, in microseconds since 1970: who was reported last is offered first."""
    name_keys: tuple[str, ...]
    """Every spelling by which the player is found, folded."""

    @property
    def suggestion(self) -> OpponentSuggestion:
        """What is offered of the player."""
        return OpponentSuggestion(
            player_id=self.player_id,
            name=self.name,
            archetype=self.archetype,
            reporter_id=self.reporter_id,
            reporter_name=self.reporter_name,
            report_count=self.report_count,
        )


class ListedOpponent(NamedTuple):
    """A player on the roster of whom no report counts."""

    player_id: PlayerId
    name: str
    name_keys: tuple[str, ...]

    @property
    def suggestion(self) -> OpponentSuggestion:
        """What is offered of the player."""
        return OpponentSuggestion(
            player_id=self.player_id,
            name=self.name,
            archetype="",
            reporter_id=MemberId(0),
            reporter_name="",
            report_count=0,
        )


class IndexedArchetype(NamedTuple):
    """An archetype that the guild may report."""

    id: ArchetypeId
    name: str
    colours: str
    report_count: int
    name_keys: tuple[str, ...]
    """Its name and its aliases, folded."""

    @property
    def suggestion(self) -> ArchetypeSuggestion:
        """What is offered."""
        return ArchetypeSuggestion(
            id=self.id, name=self.name, colours=self.colours, report_count=self.report_count
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What the database knew at one moment."""

    event_id: EventId | None
    """None without an active event: nobody is suggested, and no archetype has been reported."""
    opponents: tuple[IndexedOpponent, ...]
    """In no order."""
    archetypes: tuple[IndexedArchetype, ...]
    """In the order of their names, as the database orders them."""
    listed: tuple[ListedOpponent, ...] = ()
    """In no order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexChange:
    """What one stored report changes."""

    event_id: EventId
    opponent: IndexedOpponent
    """Takes the place of the player's entry, unless that has a newer report."""
    archetype_id: ArchetypeId
    archetype_report_count: int
    """Takes the place of the archetype's count, unless that is higher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionIndex(Read[Index]):
    """All that is suggested from in the active event."""


class Suggest(Read[R]):
    """A read that a copy of the index answers, unless no name in it begins as typed."""

    __slots__ = ()
    is_kept: ClassVar = True
    patience_s: ClassVar = 0.5

    @abstractmethod
    def choose(self, index: HeldIndex) -> R | None:
        """Choose from the index; None when only the database can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestOpponents(
    Suggest[tuple[OpponentSuggestion, ...]], ReadWithQueued[tuple[OpponentSuggestion, ...]]
):
    """Up to 25 players of the active event; most recent first for an empty text."""

    patience_with_queued_s: ClassVar = 0.7
    """While something waits, the database is likely to be away: who types is not kept waiting for
    it, but offered what waits here."""

    text: str = field(repr=False)

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"text_key": name_key(self.text), "with_listed": True}

    @override
    def choose(self, index: HeldIndex) -> tuple[OpponentSuggestion, ...] | None:
        return index.suggest_opponents(name_key(self.text))

    @override
    def with_queued(
        self, found: tuple[OpponentSuggestion, ...], queued: Sequence[QueuedName]
    ) -> tuple[OpponentSuggestion, ...]:
        """Put the players of queued reports first, each once, marked as queued."""
        typed = name_key(self.text)
        waiting: dict[str, list[QueuedReport]] = {}
        for each in queued:
            if begins_words(typed, each.name_key):
                waiting.setdefault(each.name_key, []).append(each.report)
        known = {name_key(suggestion.name): suggestion for suggestion in found}
        first = [_suggest(reports, known.pop(key, None)) for key, reports in waiting.items()]
        return (*first, *known.values())[:_MOST]

    @override
    def only_queued(self, queued: Sequence[QueuedName]) -> tuple[OpponentSuggestion, ...] | None:
        return self.with_queued((), queued) if queued else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestArchetypes(Suggest[tuple[ArchetypeSuggestion, ...]]):
    """Up to 25 archetypes; most reported in the active event first for no text."""

    text: str

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"text_key": fold(self.text), "colours": self._colours}

    @override
    def choose(self, index: HeldIndex) -> tuple[ArchetypeSuggestion, ...] | None:
        return index.suggest_archetypes(fold(self.text), self._colours)

    @property
    def _colours(self) -> str | None:
        """The colours that somebody may have typed instead of a name: ``ur`` is blue and red."""
        letters = self.text.strip().upper()
        return in_order(letters) if letters and set(letters) <= set(COLOURS) else None


def _suggest(
    reports: Sequence[QueuedReport], known: OpponentSuggestion | None
) -> OpponentSuggestion:
    newest = reports[0]
    return OpponentSuggestion(
        player_id=None if known is None else known.player_id,
        name=newest.opponent if known is None else known.name,
        archetype=newest.archetype,
        reporter_id=newest.reporter_id,
        reporter_name=newest.reporter_name,
        report_count=len(reports) + (0 if known is None else known.report_count),
        queued=True,
    )
