"""The way of queued writes to the database: a queue for each guild, in order.

Reports that follow one another go together, by one call: a database that has just come back is
spared, and those who report meanwhile do not wait long behind them. Everything else goes alone, and
so does the first one after a failure.

A queue that finds the database away waits, longer each time and never in step with the others, and
tries the same entry again. What the database refuses for good leaves the queue, so that it cannot
hold up those behind it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from actors.kernel import Backoff, Crashed, TaskOwner, correlation
from scooty.core.outbox.delivery import deliver, deliver_together
from scooty.core.outbox.entries import Refused
from scooty.core.waiting import NotAccepted
from scooty.errors import StorageError, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from typing import Any

    from actors.kernel import Outcome
    from scooty.core.calls import Calls
    from scooty.core.outbox.entries import Entry, Key
    from scooty.core.outbox.waiting import Waiting
    from scooty.domain.ids import GuildId

T = TypeVar("T")
_PAUSES: Final = Backoff(first_s=0.25, factor=2.0, max_s=1.0)
"""While the repository knows that the database is away an attempt costs nothing, so it may be made
often; what waits is on its way 1.2 s after the repository has found the database again."""
_TOGETHER: Final = 20
"""Reports in one call: some milliseconds of the database, and far below its deadline."""
_AT_ONCE: Final = 4
"""Deliveries under way at the same time, which leaves people half of the connections."""
_CRASHES: Final = 3
"""An entry that makes the program itself fail this often is given up."""


class QueueOwner(TaskOwner, Protocol):
    """What queues need of the actor that they run in."""

    async def isolate(self, coroutine: Coroutine[Any, Any, T]) -> Outcome[T]:
        """Turn what a coroutine raises into a value."""

    def on_delivered(self, entry: Entry) -> None:
        """An entry is in the database."""

    def on_refused(self, entry: Entry) -> None:
        """The database will never take an entry; it says so itself."""

    def on_attempt_failed(self, reason: str) -> None:
        """An attempt failed; there will be another one."""


class GuildQueues:
    """Delivers what waits.

    Args:
        owner: The actor.
        waiting: Where entries are taken from.
        calls: Where they go.
    """

    def __init__(self, owner: QueueOwner, *, waiting: Waiting, calls: Calls) -> None:
        self._owner = owner
        self._waiting = waiting
        self._calls = calls
        self._running: set[GuildId] = set()
        self._holds: defaultdict[GuildId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._crashes: dict[Key, int] = {}

    def start(self, guild_id: GuildId, *, after_failure: bool = False) -> None:
        """Deliver what waits in a guild, unless that is going on already.

        Args:
            guild_id: The guild.
            after_failure: The database has just been found away, so wait a moment first.
        """
        if guild_id not in self._running:
            self._running.add(guild_id)
            delivering = self._run(guild_id, failures=1 if after_failure else 0)
            self._owner.spawn(delivering, name=f"queue-{guild_id}")

    def hold(self, guild_id: GuildId) -> asyncio.Lock:
        """Return what has to be held to change a guild's entries: none of them is on its way."""
        return self._holds[guild_id]

    async def _run(self, guild_id: GuildId, *, failures: int) -> None:
        while self._waiting.head(guild_id) is not None:
            if failures:
                await self._owner.clock.sleep(_PAUSES.delay_s(failures))
            async with self._room, self._holds[guild_id]:
                failure = await self._advance(guild_id, most=1 if failures else _TOGETHER)
            failures = 0 if failure is None else failures + 1
            if failure is not None:
                self._owner.on_attempt_failed(failure)
        self._running.discard(guild_id)

    async def _advance(self, guild_id: GuildId, *, most: int) -> str | None:
        """Try to bring what is next to its end; return why it has to be tried again."""
        together = self._waiting.ahead_together(guild_id, most=most)
        if len(together) > 1:
            finished = await self._owner.isolate(self._deliver_together(together))
            if not isinstance(finished, Crashed) and finished.value is not None:
                return self._settle_together(together, finished.value)
            # One of them is not accepted: alone, each shows whether it is the one.
        return await self._advance_by_one(guild_id)

    def _settle_together(
        self, entries: Sequence[Entry], outcome: tuple[Any | None, ...] | StorageUnavailable
    ) -> str | None:
        if isinstance(outcome, StorageUnavailable):
            return str(outcome)
        for entry, refusal in zip(entries, outcome, strict=True):
            with correlation(str(entry.request_id)):
                self._settle(entry, refusal)
        return None

    def _settle(self, entry: Entry, refusal: Any | None) -> None:
        self._crashes.pop(entry.key, None)
        if refusal is None:
            self._owner.on_delivered(entry)
        else:
            refused = Refused(refusal=refusal, at=self._owner.clock.now())
            self._owner.on_refused(replace(entry, refused=refused))

    async def _advance_by_one(self, guild_id: GuildId) -> str | None:
        entry = self._waiting.head(guild_id)
        if entry is None:
            return None
        with correlation(str(entry.request_id)):
            finished = await self._owner.isolate(self._deliver(entry))
            outcome = (
                self._weigh(entry, finished) if isinstance(finished, Crashed) else finished.value
            )
            if isinstance(outcome, StorageUnavailable):
                return str(outcome)
            self._settle(entry, outcome)
        return None

    def _weigh(self, entry: Entry, crashed: Crashed) -> StorageUnavailable | NotAccepted:
        """Try again after a fault of the program, but not for ever."""
        self._crashes[entry.key] = self._crashes.get(entry.key, 0) + 1
        if self._crashes[entry.key] < _CRASHES:
            return StorageUnavailable(crashed.kind, may_have_been_saved=True)
        return NotAccepted(reference=str(entry.request_id))

    async def _deliver_together(
        self, entries: Sequence[Entry]
    ) -> tuple[Any | None, ...] | StorageUnavailable | None:
        try:
            return await deliver_together(entries, self._calls)
        except StorageUnavailable as error:
            return error
        except StorageError:
            return None  # none of them was stored

    async def _deliver(self, entry: Entry) -> Any | StorageUnavailable | None:
        try:
            return await deliver(entry, self._calls, now=self._owner.clock.now())
        except StorageUnavailable as error:
            return error
        except StorageError as error:
            self._owner.log.warning("outbox.not_accepted", detail=str(error))
            return NotAccepted(reference=str(entry.request_id))
