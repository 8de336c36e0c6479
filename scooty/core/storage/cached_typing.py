"""Completing what somebody types from an index that this process holds: no call, mostly."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, TypeVar

from scooty.core.storage.cached_answers import FRESH_S, shortened
from scooty.core.storage.cached_index import HeldIndex
from scooty.core.storage.cached_questions import (
    TYPING_PATIENCE_S,
    Question,
    alike_archetypes,
    alike_opponents,
)
from scooty.core.storage.cached_values import parse_value
from scooty.core.storage.index_decoding import index_as_json, suggestion_index
from scooty.core.storage.typed import typed_colours
from scooty.domain.ids import GuildId
from scooty.domain.names import fold, name_key
from scooty.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import Clock
    from scooty.core.storage.cached_answers import CachedAnswers
    from scooty.core.storage.cached_logs import GuildLogs, Looked
    from scooty.core.storage.inner_port import IndexedStorage
    from scooty.core.storage.suggestion_index import ArchetypeSuggestion, OpponentSuggestion

T = TypeVar("T")

_SLOT: Final = "index"
_MOST_INDEXES: Final = 100
"""The least recently used one beyond is dropped."""


class CachedTyping:
    """Suggestions of all guilds.

    Args:
        storage: The way to the database.
        answers: Keep what an index does not know: names that are merely alike.
        logs: Say what changed.
        clock: Tells how old an index is.
    """

    def __init__(
        self, storage: IndexedStorage, *, answers: CachedAnswers, logs: GuildLogs, clock: Clock
    ) -> None:
        self._storage = storage
        self._answers = answers
        self._logs = logs
        self._clock = clock
        self._last: OrderedDict[GuildId, HeldIndex] = OrderedDict()

    async def suggest_opponents(
        self, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        """As `Storage.suggest_opponents`."""
        key = name_key(text)
        alike = alike_opponents(self._storage, guild_id, text)
        return await self._suggest(alike, lambda index: index.suggest_opponents(key))

    async def suggest_archetypes(
        self, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        """As `Storage.suggest_archetypes`."""
        key, colours = fold(text), typed_colours(text)
        alike = alike_archetypes(self._storage, guild_id, text)
        return await self._suggest(alike, lambda index: index.suggest_archetypes(key, colours))

    def last_index(self, guild_id: GuildId) -> HeldIndex | None:
        """Return the index that this process held last, whatever has happened since."""
        return self._last.get(guild_id)

    async def _suggest(
        self, alike: Question[tuple[T, ...]], choose: Callable[[HeldIndex], tuple[T, ...] | None]
    ) -> tuple[T, ...]:
        """Choose from the index; ask the database when no name in it begins as typed."""
        guild_id, began_s = alike.guild_id, self._clock.monotonic_s()
        looked = await self._logs.look(guild_id)
        left_s = self._answers.left_s(began_s)
        if looked is None:
            return await self._ask_database(alike, choose)
        index = looked.view.index(now_s=self._clock.monotonic_s())
        at_once = index is not None
        if index is None:
            index = await self._answers.fetch(
                guild_id,
                _SLOT,
                looked,
                call=lambda: self._load(guild_id, looked),
                earlier=lambda: self._earlier(guild_id, left_s),
                patience_s=TYPING_PATIENCE_S,
            )
        found = choose(index)
        if found is None:
            return await self._answers.answer(alike)
        self._logs.count(hit=at_once)
        return found

    async def _ask_database(
        self, alike: Question[tuple[T, ...]], choose: Callable[[HeldIndex], tuple[T, ...] | None]
    ) -> tuple[T, ...]:
        """Ask for this text alone: without a cache nobody would be told when an index changes."""

        async def earlier() -> tuple[T, ...] | None:
            index = self._last.get(alike.guild_id)
            return None if index is None else choose(index)

        self._logs.count(hit=False)
        return await self._answers.fetch(
            alike.guild_id,
            alike.slot,
            None,
            call=alike.load,
            earlier=earlier,
            patience_s=alike.patience_s,
        )

    async def _load(self, guild_id: GuildId, looked: Looked) -> HeldIndex:
        index = await self._storage.read_suggestion_index(guild_id=guild_id)
        held = HeldIndex(index)
        until_s = self._clock.monotonic_s() + shortened(FRESH_S)
        looked.view.keep_index(held, looked.position, until_s=until_s)
        self._remember(guild_id, held)
        self._answers.keep(guild_id, _SLOT, index_as_json(index), looked.position)
        return held

    async def _earlier(self, guild_id: GuildId, left_s: float) -> HeldIndex | None:
        """Return the index that was held last, here or by the process before this one."""
        held = self._last.get(guild_id)
        if held is not None:
            return held
        hit = await self._answers.read_kept(guild_id, _SLOT, left_s=left_s)
        kept = None if hit is None else parse_value(hit.value, guild_id)
        if kept is None:
            return None
        try:
            held = HeldIndex(suggestion_index(kept.value))
        except StorageError:
            return None
        self._remember(guild_id, held)
        return held

    def _remember(self, guild_id: GuildId, held: HeldIndex) -> None:
        self._last[guild_id] = held
        self._last.move_to_end(guild_id)
        if len(self._last) > _MOST_INDEXES:
            self._last.popitem(last=False)


class AtHand:
    """Suggests from what this process holds, perhaps of a moment ago, asking nobody.

    Args:
        typing: Holds the indexes.
    """

    def __init__(self, typing: CachedTyping) -> None:
        self._typing = typing

    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        """Return players of whom a name begins as typed; nobody when no index is held."""
        index = self._typing.last_index(guild_id)
        return () if index is None else index.suggest_opponents(name_key(text)) or ()

    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        """Return archetypes of that name or those colours; none when no index is held."""
        index = self._typing.last_index(guild_id)
        if index is None:
            return ()
        return index.suggest_archetypes(fold(text), typed_colours(text)) or ()
