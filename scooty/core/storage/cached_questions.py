"""Questions whose answers are kept: where, in what form, and how long they are right."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import orjson

from scooty.core.storage.cached_values import check_as_json, check_outcome, parse_value
from scooty.core.storage.decoding import archetype_suggestions, opponent_suggestions, outcome
from scooty.core.storage.json_fields import object_of
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent, NobodyFound, OnlyListed, SeveralPlayers
from scooty.core.storage.stats import EventStats
from scooty.domain.ids import GuildId, PlayerId
from scooty.domain.names import name_key
from scooty.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from actors.cache.messages import Hit
    from actors.repository.messages import JsonValue
    from scooty.core.storage.cached_values import Kept
    from scooty.core.storage.cached_view import GuildView
    from scooty.core.storage.calls import Calls
    from scooty.core.storage.port import CheckOutcome, FoundById, Storage
    from scooty.core.storage.stats import StatsOutcome
    from scooty.core.storage.suggestion_index import ArchetypeSuggestion, OpponentSuggestion

T = TypeVar("T")

CARD_PATIENCE_S: Final = 1.0
"""How long a slow database is waited for when there is something of earlier to show instead."""
TYPING_PATIENCE_S: Final = 0.5
FUNCTIONS_VERSION: Final = hashlib.sha256(MIGRATIONS.definitions.encode()).hexdigest()[:8]
"""Of the functions: another version's answers may have another form."""
_NOTHING: Final = ("no_active_event", "event_unknown")
"""That there was none once is nothing to go by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[T]):
    """One question to the database."""

    guild_id: GuildId
    slot: str
    """Where in the cache the answer is kept."""
    load: Callable[[], Coroutine[Any, Any, T]]
    """Asks the database."""
    encode: Callable[[T], Any]
    """Writes the answer as JSON; None when it is not to be kept."""
    decode: Callable[[JsonValue], T]
    """Reads it back, or raises `StorageError`."""
    is_current: Callable[[GuildView, T, int], bool]
    """Whether an answer of that position is right still."""
    dated: Callable[[T, datetime], T | None] = lambda answer, _: answer
    """The answer as one of an earlier time; None when that is of no use."""
    patience_s: float = TYPING_PATIENCE_S

    def read(self, hit: Hit) -> tuple[T, int] | None:
        """Return the answer that is kept and its position; None when it cannot be read."""
        kept: Kept | None = parse_value(hit.value, self.guild_id)
        if kept is None:
            return None
        try:
            return self.decode(kept.value), kept.position
        except StorageError:
            return None


def card_slot(name: str) -> str:
    """Return where a card is kept that is found by exactly that name."""
    return f"check:{name_key(name)}"


def player_named(storage: Storage, guild_id: GuildId, name: str) -> Question[CheckOutcome]:
    """``/check name``."""
    key = name_key(name)

    def is_current(view: GuildView, found: CheckOutcome, position: int) -> bool:
        # Nobody else can come to have a player's very name; all else may change with any report.
        if isinstance(found, PlayerCard) and name_key(found.name) == key:
            return view.has_card(found, position)
        return view.is_unchanged_since(position)

    return Question(
        guild_id=guild_id,
        slot=card_slot(name),
        load=lambda: storage.check_player(guild_id=guild_id, name=name),
        encode=check_as_json,
        decode=check_outcome,
        is_current=is_current,
        dated=_dated,
        patience_s=CARD_PATIENCE_S,
    )


def player_by_id(storage: Storage, guild_id: GuildId, player_id: PlayerId) -> Question[FoundById]:
    """A player chosen from a list."""

    def is_current(view: GuildView, found: FoundById, position: int) -> bool:
        if isinstance(found, PlayerCard):
            return view.has_card(found, position)
        return view.is_unchanged_since(position)

    return Question(
        guild_id=guild_id,
        slot=f"player:{player_id}",
        load=lambda: storage.check_player_by_id(guild_id=guild_id, player_id=player_id),
        encode=check_as_json,
        decode=lambda value: outcome(value, PlayerCard, OnlyListed, NobodyFound, NoActiveEvent),
        is_current=is_current,
        dated=_dated,
        patience_s=CARD_PATIENCE_S,
    )


def event_stats(storage: Storage, guild_id: GuildId) -> Question[StatsOutcome]:
    """``/stats``, however it is grouped: any report may change it."""
    return Question(
        guild_id=guild_id,
        slot="stats",
        load=lambda: storage.read_stats(guild_id=guild_id),
        encode=_stats_as_json,
        decode=lambda value: outcome(value, EventStats, NoActiveEvent),
        is_current=lambda view, _, position: view.is_unchanged_since(position),
        dated=_dated,
        patience_s=CARD_PATIENCE_S,
    )


def function_answer(
    calls: Calls,
    guild_id: GuildId,
    function: str,
    arguments: Mapping[str, JsonValue],
    *,
    despite_reports: bool,
) -> Question[JsonValue]:
    """Ask what an SQL function says that changes nothing; an answer that is kept is an object."""
    asked = orjson.dumps(arguments, option=orjson.OPT_SORT_KEYS).decode()

    def is_current(view: GuildView, _answer: JsonValue, position: int) -> bool:
        return (
            view.had_only_reports_since(position)
            if despite_reports
            else view.is_unchanged_since(position)
        )

    return Question(
        guild_id=guild_id,
        slot=f"{function}:{FUNCTIONS_VERSION}:{asked}",
        load=lambda: calls.read(function, guild_id=guild_id, **arguments),
        encode=lambda answer: answer,
        decode=lambda value: value,
        is_current=is_current,
        dated=_object_dated,
        patience_s=CARD_PATIENCE_S,
    )


def _object_dated(answer: JsonValue, as_of: datetime) -> JsonValue:
    fields = object_of(answer, "the answer")
    if fields.get("outcome") in _NOTHING:
        return None
    return {**fields, "as_of": as_of.isoformat()}


def _stats_as_json(found: StatsOutcome) -> dict[str, Any]:
    if isinstance(found, EventStats):
        return {"outcome": "stats", "stats": found}
    return {"outcome": "no_active_event"}


def alike_opponents(
    storage: Storage, guild_id: GuildId, text: str
) -> Question[tuple[OpponentSuggestion, ...]]:
    """Players for a text with which no name begins."""
    return Question(
        guild_id=guild_id,
        slot=f"players:{name_key(text)}",
        load=lambda: storage.suggest_opponents(guild_id=guild_id, text=text),
        encode=lambda found: None if any(each.queued for each in found) else found,
        decode=opponent_suggestions,
        is_current=lambda view, _, position: view.is_unchanged_since(position),
    )


def alike_archetypes(
    storage: Storage, guild_id: GuildId, text: str
) -> Question[tuple[ArchetypeSuggestion, ...]]:
    """Archetypes for a text with which no name begins."""
    return Question(
        guild_id=guild_id,
        slot=f"archetypes:{text.strip().casefold()}",
        load=lambda: storage.suggest_archetypes(guild_id=guild_id, text=text),
        encode=lambda found: found,
        decode=archetype_suggestions,
        is_current=lambda view, _, position: view.is_unchanged_since(position),
    )


def _dated(found: T, as_of: datetime) -> T | None:
    if isinstance(found, PlayerCard | SeveralPlayers | OnlyListed | NobodyFound | EventStats):
        return replace(found, as_of=as_of)
    return None  # that there was no event once is nothing to go by
