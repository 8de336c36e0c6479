"""A database and a cache, of which a test can hold, refuse or lose every step."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.kernel import AskTimeoutError
from actors.testing import ManualClock, run_actor
from scooty.core.cached import Cached
from scooty.core.calls import Sql
from tests.asked import Asked
from tests.repository_road import AWAY, LOST, Gate, RepositoryRoad
from tests.scooty.core.storage.conftest import AZORIUS, Team, new_guild

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from actors.kernel import Address, Message, Query
    from scooty.domain.ids import GuildId

__all__ = ["AWAY", "AZORIUS", "LOST", "CacheRoad", "Gate", "Rig", "cached_rig"]


class CacheRoad:
    """Stands where the cache's address does, and may lose what goes to the cache or comes back."""

    def __init__(self, address: Address[Any]) -> None:
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
    """Everything around the cache; another process is another road by the same cache."""

    database: RepositoryRoad
    shelf: Shelf
    cache: Address[Any]
    clock: ManualClock
    guild_id: GuildId
    beneath: Asked
    """The database past the road and the cache."""
    request_ids: Iterator[int] = field(default_factory=lambda: count(1_400_000_000_000_000_000))

    def process(
        self,
        *,
        untold: Callable[[GuildId], None] = lambda _guild_id: None,
        changed: Callable[[GuildId], None] = lambda _guild_id: None,
    ) -> tuple[Team, CacheRoad]:
        """Return the people of a new process, and its road to the cache."""
        road = CacheRoad(self.cache)
        cached = Cached(
            Sql(self.database.address, is_strict=True),
            cache=cast("Address[Any]", road),
            clock=self.clock,
            untold=untold,
            changed=changed,
        )
        return Team(Asked(cached), self.guild_id, self.request_ids), road


@asynccontextmanager
async def cached_rig(repository: Address[Any]) -> AsyncIterator[Rig]:
    shelf, clock = Shelf(), ManualClock()
    async with run_actor(InMemoryCache(shelf), clock=clock) as cache:
        beneath = Asked(Sql(repository, is_strict=True))
        yield Rig(RepositoryRoad(repository), shelf, cache, clock, new_guild(), beneath)
