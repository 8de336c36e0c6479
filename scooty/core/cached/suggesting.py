"""What people type, completed from an index of each guild that follows every report.

An index is held in this process as long as the guild's log is followed. Without a cache the
database is asked for each text, as nobody would be told when an index changes.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, TypeVar

from scooty.core.cached.answers import FRESH_S, read_hit, shortened, slot_of
from scooty.core.cached.held_index import HeldIndex
from scooty.core.suggestions import SuggestionIndex

if TYPE_CHECKING:
    from actors.kernel import Clock
    from scooty.core.cached.answers import CachedAnswers
    from scooty.core.cached.logs import GuildLogs, Looked
    from scooty.core.suggestions import Suggest
    from scooty.domain.ids import GuildId

T = TypeVar("T")

_INDEX: Final = SuggestionIndex()
_SLOT: Final = slot_of(_INDEX)
_MOST_INDEXES: Final = 100
"""The least recently used one beyond is dropped."""


class CachedSuggestions:
    """Suggestions of all guilds.

    Args:
        answers: Keep the indexes, and what an index does not know: names that are merely alike.
        logs: Say what changed.
        clock: Tells how old an index is.
    """

    def __init__(self, *, answers: CachedAnswers, logs: GuildLogs, clock: Clock) -> None:
        self._answers = answers
        self._logs = logs
        self._clock = clock
        self._last: OrderedDict[GuildId, HeldIndex] = OrderedDict()

    async def suggest(self, guild_id: GuildId, call: Suggest[T]) -> T:
        """Choose from the index; ask the database when no name in it begins as typed."""
        began_s = self._clock.monotonic_s()
        looked = await self._logs.look(guild_id)
        left_s = self._answers.left_s(began_s)
        if looked is None:
            return await self._ask_database(guild_id, call)
        index = looked.view.index(now_s=self._clock.monotonic_s())
        at_once = index is not None
        if index is None:
            index = await self._answers.fetch(
                guild_id,
                _SLOT,
                looked,
                call=lambda: self._load(guild_id, looked),
                earlier=lambda: self._earlier(guild_id, left_s),
                patience_s=call.patience_s,
            )
        found = call.choose(index)
        if found is None:
            return await self._answers.answer(guild_id, call)
        self._logs.count(hit=at_once)
        return found

    def last_index(self, guild_id: GuildId) -> HeldIndex | None:
        """Return the index that this process held last, whatever has happened since."""
        return self._last.get(guild_id)

    async def _ask_database(self, guild_id: GuildId, call: Suggest[T]) -> T:
        async def earlier() -> T | None:
            index = self._last.get(guild_id)
            return None if index is None else call.choose(index)

        self._logs.count(hit=False)
        return await self._answers.fetch(
            guild_id,
            slot_of(call),
            None,
            call=lambda: self._answers.load(guild_id, call, None),
            earlier=earlier,
            patience_s=call.patience_s,
        )

    async def _load(self, guild_id: GuildId, looked: Looked) -> HeldIndex:
        held = HeldIndex(await self._answers.load(guild_id, _INDEX, looked))
        until_s = self._clock.monotonic_s() + shortened(FRESH_S)
        looked.view.keep_index(held, looked.position, until_s=until_s)
        self._remember(guild_id, held)
        return held

    async def _earlier(self, guild_id: GuildId, left_s: float) -> HeldIndex | None:
        """Return the index that was held last, here or by the process before this one."""
        held = self._last.get(guild_id)
        if held is not None:
            return held
        hit = await self._answers.read_kept(guild_id, _SLOT, left_s=left_s)
        read = None if hit is None else read_hit(guild_id, _INDEX, hit)
        if read is None:
            return None
        held = HeldIndex(read[0])
        self._remember(guild_id, held)
        return held

    def _remember(self, guild_id: GuildId, held: HeldIndex) -> None:
        self._last[guild_id] = held
        self._last.move_to_end(guild_id)
        if len(self._last) > _MOST_INDEXES:
            self._last.popitem(last=False)
