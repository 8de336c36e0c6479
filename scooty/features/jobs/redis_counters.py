"""Counters in Redis: how many interactions ended how on a day, over all processes and restarts."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Final

from actors.cache.messages import AddCounts, CountsAdded
from actors.kernel import ActorKitError
from scooty.core.observer import GetMeasurements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.cache.messages import CacheMessage
    from actors.kernel import Address, Clock
    from actors.scheduler.messages import RunJob
    from scooty.core.observer.messages import ObserverMessage
    from scooty.features.jobs.work import JobLog

_ASK_S: Final = 5.0
_KEPT_S: Final = 40 * 86_400.0


class RedisCounters:
    """Adds what the observer has counted since the last time to the hash of the day, in UTC.

    A batch that may or may not have been added is asked for again before anything else, and the
    cache adds none twice. What the observer counted and had not told when it restarted is lost.
    A Redis that stays away is one warning, until it takes counts again.

    Args:
        observer: Has counted.
        cache: Adds.
        writer: A name that no other process has.
        clock: Says which day it is.
        log: Where a failure is told.
    """

    def __init__(
        self,
        *,
        observer: Address[ObserverMessage],
        cache: Address[CacheMessage],
        writer: str,
        clock: Clock,
        log: JobLog,
    ) -> None:
        self._observer = observer
        self._cache = cache
        self._writer = writer
        self._clock = clock
        self._log = log
        self._one_at_a_time = asyncio.Lock()  # a run may be asked for while another is under way
        self._seen: Mapping[str, int] = {}
        self._owed: Counter[str] = Counter()
        self._batch: AddCounts | None = None
        self._batches = 0
        self._is_failing = False

    async def write(self, _run: RunJob) -> str:
        """Add once, and say for the log what came of it."""
        async with self._one_at_a_time:
            self._owe(await self._read())
            is_written = await self._write_all()
        if not is_written and not self._is_failing:
            self._log.warning("counters.not_written")
        self._is_failing = not is_written
        return "written" if is_written else "not written"

    async def _read(self) -> dict[str, int]:
        measured = await self._observer.ask(GetMeasurements(), timeout_s=_ASK_S)
        return {f"{c.command}/{c.kind}/{c.outcome}": c.count for c in measured.commands}

    def _owe(self, counted: Mapping[str, int]) -> None:
        if any(counted.get(name, 0) < count for name, count in self._seen.items()):
            self._seen = {}  # the observer began anew
        self._owed.update({name: n - self._seen.get(name, 0) for name, n in counted.items()})
        self._seen = counted

    async def _write_all(self) -> bool:
        while (batch := self._batch or self._next_batch()) is not None:
            self._batch = batch
            if not await self._is_added(batch):
                return False
            self._batch = None
        return True

    def _next_batch(self) -> AddCounts | None:
        counts = tuple((name, count) for name, count in self._owed.items() if count)
        self._owed.clear()
        if not counts:
            return None
        self._batches += 1
        return AddCounts(
            key=f"counters:{self._clock.now():%Y-%m-%d}",
            counts=counts,
            ttl_s=_KEPT_S,
            writer=self._writer,
            batch=self._batches,
        )

    async def _is_added(self, batch: AddCounts) -> bool:
        try:
            answer = await self._cache.ask(batch, timeout_s=_ASK_S)
        except ActorKitError:
            return False
        return isinstance(answer, CountsAdded)
