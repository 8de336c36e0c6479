"""A database and a cache, of which a test can hold, refuse or lose every step."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.kernel import AskTimeoutError
from actors.testing import ManualClock, run_actor
from scooty.core.cached.cached import CachedStorage
from scooty.core.storage.in_memory import InMemoryStorage
from scooty.errors import StorageUnavailable
from tests.scooty.core.storage.conftest import Team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from actors.kernel import Address, Message, Query
    from scooty.core.storage.inner_port import IndexedStorage
    from scooty.domain.ids import GuildId

__all__ = ["AWAY", "LOST", "CacheRoad", "Gate", "Rig", "ScriptedDatabase", "cached_rig"]

AWAY = StorageUnavailable("connection refused", may_have_been_saved=False)
LOST = StorageUnavailable("no answer", may_have_been_saved=True)


class Gate:
    """Where somebody is held until the test lets them go on."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()

    async def pass_through(self) -> None:
        self.reached.set()
        await self.opened.wait()


class ScriptedDatabase:
    """The in-memory twin, counted, held, slow or away."""

    def __init__(self) -> None:
        self.inner = InMemoryStorage()
        self.calls: Counter[str] = Counter()
        self.error: StorageUnavailable | None = None
        self.most_at_once = 0
        """The most calls that were under way at the same time."""
        self._under_way = 0
        self._before: dict[str, Gate] = {}
        self._after: dict[str, Gate] = {}

    def hold_before(self, name: str) -> Gate:
        """Hold the next call of that name before the database sees it."""
        return self._before.setdefault(name, Gate())

    def hold_after(self, name: str) -> Gate:
        """Hold the next answer of that name after the database has done it."""
        return self._after.setdefault(name, Gate())

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(**arguments: Any) -> Any:
            self.calls[name] += 1
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
            try:
                return await self._answer(name, arguments)
            finally:
                self._under_way -= 1

        return call

    async def _answer(self, name: str, arguments: dict[str, Any]) -> Any:
        if (gate := self._before.pop(name, None)) is not None:
            await gate.pass_through()
        if self.error is not None:
            raise self.error
        answer = await getattr(self.inner, name)(**arguments)
        if (gate := self._after.pop(name, None)) is not None:
            await gate.pass_through()
        return answer


class CacheRoad:
    """Stands where the cache's address does, and may lose what goes to the cache or comes back."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self.unheard: set[type[Message]] = set()
        """Messages of these types do not reach the cache."""
        self.unanswered: set[type[Message]] = set()
        """Messages of these types reach it, and their answers are lost."""
        self._held: dict[type[Message], Gate] = {}
        self._held_back: dict[type[Message], Gate] = {}

    def hold(self, message_type: type[Message]) -> Gate:
        """Hold the next query of that type on its way to the cache."""
        return self._held.setdefault(message_type, Gate())

    def hold_back(self, message_type: type[Message]) -> Gate:
        """Hold the answer to the next query of that type on its way from the cache."""
        return self._held_back.setdefault(message_type, Gate())

    async def ask(self, query: Query[Any], *, timeout_s: float) -> Any:
        lost = AskTimeoutError(name="cache", query=type(query).__name__, timeout_s=timeout_s)
        if (gate := self._held.pop(type(query), None)) is not None:
            await gate.pass_through()
        if type(query) in self.unheard:
            raise lost
        gate = self._held_back.pop(type(query), None)
        answer = await self._address.ask(query, timeout_s=5)
        if gate is not None:
            await gate.pass_through()
        if type(query) in self.unanswered:
            raise lost
        return answer

    def tell(self, message: Message) -> bool:
        return type(message) not in self.unheard and self._address.tell(message)


@dataclass
class Rig:
    """Everything around a cached storage; another process is another storage on the same cache."""

    database: ScriptedDatabase
    shelf: Shelf
    cache: Address
    clock: ManualClock
    request_ids: Iterator[int] = field(default_factory=lambda: count(1_400_000_000_000_000_000))

    def process(
        self,
        *,
        untold: Callable[[GuildId], None] = lambda _guild_id: None,
        changed: Callable[[GuildId], None] = lambda _guild_id: None,
    ) -> tuple[Team, CacheRoad]:
        """Return the people of a new process, and its road to the cache."""
        road = CacheRoad(self.cache)
        storage = CachedStorage(
            cast("IndexedStorage", self.database),
            cache=cast("Address", road),
            clock=self.clock,
            untold=untold,
            changed=changed,
        )
        return Team(storage, request_ids=self.request_ids), road


@asynccontextmanager
async def cached_rig() -> AsyncIterator[Rig]:
    shelf, clock = Shelf(), ManualClock()
    async with run_actor(InMemoryCache(shelf), clock=clock) as cache:
        yield Rig(ScriptedDatabase(), shelf, cache, clock)
