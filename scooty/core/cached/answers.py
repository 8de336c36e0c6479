"""Answering reads from the cache, from the database, or from what was kept last."""

from __future__ import annotations

import asyncio
import hashlib
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import orjson

from actors.cache.messages import GetValue, Hit, PutValue
from actors.kernel import ActorKitError
from scooty.core.cached.logs import CACHE_S, cache_key
from scooty.core.cached.single_flight import SingleFlight
from scooty.core.cached.values import pack_value, parse_value
from scooty.core.shapes import shape_of
from scooty.core.storage.migrations import MIGRATIONS
from scooty.errors import StorageError, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from actors.kernel import Address, Clock
    from scooty.core.cached.logs import GuildLogs, Looked
    from scooty.core.call import Read
    from scooty.core.calls import Sql
    from scooty.domain.ids import GuildId

T = TypeVar("T")

FRESH_S: Final = 120.0
"""How long an answer is used without asking the database again, though nothing is known to have
changed: the longest that a process which was not told of a change stays wrong."""
KEPT_S: Final = 6 * 3600.0
"""How long it is kept to be shown while the database is away: a day's rounds, not another event."""

_SHORTEST_S: Final = 0.05
"""A cache that is well answers sooner."""
_VERSION: Final = hashlib.sha256(MIGRATIONS.definitions.encode()).hexdigest()[:8]
"""Of the functions: another version's answers may have another form."""


def shortened(seconds: float) -> float:
    """Return up to a tenth less, so that what was kept together does not end together."""
    return seconds * (1 - 0.1 * random.random())  # noqa: S311 - spreads load, no secret


def slot_of(call: Read[Any]) -> str:
    """Return where in a guild's part of the cache the answer is kept."""
    asked = orjson.dumps(call.arguments(), option=orjson.OPT_SORT_KEYS).decode()
    return f"{call.function}:{_VERSION}:{asked}"


class CachedAnswers:
    """The cache of answers.

    Args:
        sql: The way to the database.
        cache: The cache actor.
        logs: Say what changed.
        clock: Tells how old an answer is.
    """

    def __init__(self, sql: Sql, *, cache: Address, logs: GuildLogs, clock: Clock) -> None:
        self._sql = sql
        self._cache = cache
        self._logs = logs
        self._clock = clock
        self._flights = SingleFlight()

    async def answer(self, guild_id: GuildId, call: Read[T]) -> T:
        """Answer from the cache if that is right, else from the database, else from earlier.

        Raises:
            StorageUnavailable: The database is away and nothing is kept.
        """
        slot, began_s = slot_of(call), self._clock.monotonic_s()
        looked = await self._logs.look(guild_id, slot)
        left_s = self.left_s(began_s)
        current = None if looked is None else self._current(guild_id, call, looked)
        self._logs.count(hit=current is not None)
        if current is not None:
            return current
        return await self.fetch(
            guild_id,
            slot,
            looked,
            call=lambda: self.load(guild_id, call, looked),
            earlier=lambda: self._earlier(guild_id, call, slot, left_s),
            patience_s=call.patience_s,
        )

    async def load(self, guild_id: GuildId, call: Read[T], looked: Looked | None) -> T:
        """Ask the database, and keep what it answers if it is known up to what it holds."""
        json = await self._sql.read_json(guild_id, call)
        answer = self._sql.answer(call, json)
        if looked is not None:
            self.keep(guild_id, slot_of(call), json, looked.position)
        return answer

    async def fetch(  # noqa: PLR0913 - what to fetch, and what to do when that takes long
        self,
        guild_id: GuildId,
        slot: str,
        looked: Looked | None,
        *,
        call: Callable[[], Coroutine[Any, Any, T]],
        earlier: Callable[[], Awaitable[T | None]],
        patience_s: float,
    ) -> T:
        """Ask the database, once for all who ask the same after the same changes.

        Args:
            guild_id: Whose answer it is.
            slot: What is asked for.
            looked: What was seen in the cache before.
            call: Asks the database.
            earlier: Returns an answer of earlier, for when the database is away or slow.
            patience_s: How long the database may take if there is one.

        Raises:
            StorageUnavailable: The database is away and there is none of earlier.
        """
        position = None if looked is None else looked.position
        key = guild_id, slot, position, self._logs.turn(guild_id)
        flight = self._flights.board(key, call)
        await asyncio.wait((flight,), timeout=patience_s)
        if flight.done():
            try:
                return flight.result()
            except StorageUnavailable:
                found = await earlier()
                if found is None:
                    raise
                return found
        found = await earlier()
        return await asyncio.shield(flight) if found is None else found

    def left_s(self, began_s: float) -> float:
        """Return how long whoever asked the cache first at ``began_s`` may still wait for it."""
        return CACHE_S - (self._clock.monotonic_s() - began_s)

    async def read_kept(self, guild_id: GuildId, slot: str, *, left_s: float) -> Hit | None:
        """Return what is kept in a slot, of whatever age, if there is time left to ask for it."""
        if left_s < _SHORTEST_S:
            return None
        query = GetValue(key=cache_key(guild_id, slot))
        try:
            found = await self._cache.ask(query, timeout_s=left_s)
        except ActorKitError:
            return None
        return found if isinstance(found, Hit) else None

    def keep(self, guild_id: GuildId, slot: str, json: bytes, position: int) -> None:
        """Keep an answer of ``position``."""
        self._cache.tell(self.to_keep(guild_id, slot, json, position))

    def to_keep(self, guild_id: GuildId, slot: str, json: bytes, position: int) -> PutValue:
        """Return the message that keeps an answer of ``position``."""
        packed = pack_value(guild_id, position, json)
        return PutValue(key=cache_key(guild_id, slot), value=packed, ttl_s=KEPT_S)

    def _current(self, guild_id: GuildId, call: Read[T], looked: Looked) -> T | None:
        if looked.hit is None:
            return None
        age = self._clock.now() - looked.hit.stored_at
        if age >= timedelta(seconds=shortened(FRESH_S)):
            return None
        read = read_hit(guild_id, call, looked.hit)
        if read is None:
            return None
        answer, position = read
        return answer if call.is_current(looked.view, answer, position) else None

    async def _earlier(
        self, guild_id: GuildId, call: Read[T], slot: str, left_s: float
    ) -> T | None:
        hit = await self.read_kept(guild_id, slot, left_s=left_s)
        read = None if hit is None else read_hit(guild_id, call, hit)
        if hit is None or read is None:
            return None
        return call.dated(read[0], hit.stored_at)


def read_hit(guild_id: GuildId, call: Read[T], hit: Hit) -> tuple[T, int] | None:
    """Return the answer that is kept and its position; None when it cannot be read."""
    kept = parse_value(hit.value, guild_id)
    if kept is None:
        return None
    try:
        return shape_of(call.answers()).read(kept.json), kept.position
    except StorageError:
        return None
