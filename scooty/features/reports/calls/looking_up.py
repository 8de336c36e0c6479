"""Players looked up: by name, by choice from a list, by one of their reports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, TypeVar

from typing_extensions import override

from scooty.core.call import Read
from scooty.core.shapes import Moment
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import Event, KnownElsewhere, PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.core.waiting import QueuedName, QueuedReport, ReadWithQueued
from scooty.domain.ids import EventId, PlayerId, ReportId
from scooty.domain.names import begins_words, name_key, word_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from actors.repository.messages import JsonValue
    from scooty.core.cached.view import GuildView

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerFound:
    """What the team knows of the player."""

    outcome: Literal["found"] = "found"
    card: PlayerCard


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerMatch:
    """A player whose name resembles what was typed."""

    player_id: PlayerId
    name: str = field(repr=False)
    archetype: str
    """Empty for somebody who is only on the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralPlayers:
    """No player has exactly that name, several resemble it; the best match comes first."""

    outcome: Literal["several_players"] = "several_players"
    matches: tuple[PlayerMatch, ...]
    """2 to 25, or a single near miss."""
    as_of: Moment | None = None
    """As that of a `PlayerCard`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyListed:
    """The player is on the event's roster, and nobody has reported them."""

    player_id: PlayerId
    name: str = field(repr=False)
    event: Event
    elsewhere: tuple[KnownElsewhere, ...] = ()
    """As that of a `PlayerCard`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyFound:
    """Nobody of that or a similar name has been reported."""

    outcome: Literal["nobody_found"] = "nobody_found"
    listed: OnlyListed | None = None
    """Who is meant, when the roster knows them."""
    as_of: Moment | None = None
    """As that of a `PlayerCard`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyQueued:
    """Nothing is known but reports that wait for the database."""

    reports: tuple[QueuedReport, ...]
    """Newest first, at least one; of several players when several names fit what was typed."""
    database_away: bool
    """True when there may be more, which cannot be reached now."""


_FoundByName: TypeAlias = PlayerFound | SeveralPlayers | NobodyFound | NoActiveEvent | EventUnknown
_FoundById: TypeAlias = PlayerFound | NobodyFound | NoActiveEvent | EventUnknown


class _LookUp(ReadWithQueued[R]):
    """What finds a player in the active event, or in another one."""

    __slots__ = ()
    is_kept: ClassVar = True

    @override
    def is_current(self, view: GuildView, answer: R, position: int) -> bool:
        # Nobody else can come to have a player's very name; all else may change with any report.
        if isinstance(answer, PlayerFound) and self.names(answer.card):
            return view.has_card(answer.card, position)
        return view.is_unchanged_since(position)

    @override
    def dated(self, answer: Any, as_of: datetime) -> Any:
        if isinstance(answer, PlayerFound):
            return PlayerFound(card=replace(answer.card, as_of=as_of))
        return super().dated(answer, as_of)

    def names(self, card: PlayerCard) -> bool:  # noqa: ARG002
        """Tell whether the card is of exactly who was asked for, and can be nobody else's."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPlayer(_LookUp[_FoundByName | OnlyQueued]):
    """Find a player by name, tolerant of order, accents and typos."""

    name: str = field(repr=False)
    event_id: EventId | None = None
    """None: the active one."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "name_key": name_key(self.name),
            "word_key": word_key(self.name),
            "event_id": self.event_id,
        }

    @override
    def names(self, card: PlayerCard) -> bool:
        return name_key(card.name) == name_key(self.name)

    @override
    def with_queued(
        self, found: _FoundByName | OnlyQueued, queued: Sequence[QueuedName]
    ) -> _FoundByName | OnlyQueued:
        if self.event_id is not None:
            return found
        if isinstance(found, PlayerFound):
            return _with_queued(found, queued, self.name)
        key = name_key(self.name)
        reports = tuple(each.report for each in queued if each.name_key == key)
        # What is remembered of earlier, because the database is away, may be less than it knows.
        is_remembered = isinstance(found, SeveralPlayers | NobodyFound) and found.as_of is not None
        return OnlyQueued(reports=reports, database_away=is_remembered) if reports else found

    @override
    def only_queued(self, queued: Sequence[QueuedName]) -> OnlyQueued | None:
        reports = () if self.event_id is not None else find_queued(queued, self.name)
        return OnlyQueued(reports=reports, database_away=True) if reports else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPlayerById(_LookUp[PlayerFound | NobodyFound | NoActiveEvent | EventUnknown]):
    """Find a player that was chosen from a list."""

    player_id: PlayerId
    event_id: EventId | None = None
    """None: the active one."""

    @override
    def with_queued(self, found: _FoundById, queued: Sequence[QueuedName]) -> _FoundById:
        if self.event_id is None and isinstance(found, PlayerFound):
            return _with_queued(found, queued)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOfReport(Read[PlayerFound | NobodyFound]):
    """Find the player and the event that a report is of."""

    is_kept: ClassVar = True

    report_id: ReportId
    """It need not count any more."""
    skipped: int = 0
    """How many newer reports are not to be on the card."""

    @override
    def dated(self, answer: Any, as_of: datetime) -> Any:
        if isinstance(answer, PlayerFound):
            return PlayerFound(card=replace(answer.card, as_of=as_of))
        return super(CardOfReport, self).dated(answer, as_of)


def find_queued(queued: Sequence[QueuedName], name: str) -> tuple[QueuedReport, ...]:
    """Find queued reports by a player's name as somebody typed it.

    Of that very name; else of the same words in another order; else of names that begin so.
    """
    key, words = name_key(name), word_key(name)
    for fits in (
        lambda each: each.name_key == key,
        lambda each: " ".join(sorted(each.name_key.split())) == words,
        lambda each: begins_words(key, each.name_key),
    ):
        found = tuple(each.report for each in queued if fits(each))
        if found:
            return found
    return ()


def _with_queued(found: PlayerFound, queued: Sequence[QueuedName], *names: str) -> PlayerFound:
    """Add the queued reports of the card's player, who may also be known by other ``names``."""
    keys = {name_key(name) for name in (found.card.name, *names)}
    reports = tuple(each.report for each in queued if each.name_key in keys)
    return PlayerFound(card=replace(found.card, queued=reports))
