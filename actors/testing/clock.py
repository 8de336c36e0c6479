"""A clock that stands still until a test moves it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from datetime import UTC, datetime, timedelta


class ManualClock:
    """Time in a test's hand: nothing passes until `advance` is awaited.

    Args:
        started_at: what `now` says at first, aware UTC.
    """

    def __init__(self, started_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self._started_at = started_at
        self._elapsed_s = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def monotonic_s(self) -> float:
        """Return the seconds advanced so far."""
        return self._elapsed_s

    def now(self) -> datetime:
        """Return the start plus the seconds advanced so far."""
        return self._started_at + timedelta(seconds=self._elapsed_s)

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was advanced by ``seconds``."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed_s + seconds, next(self._order), wake))
        await wake

    @property
    def sleeper_count(self) -> int:
        """How many coroutines are waiting for this clock."""
        return sum(not wake.done() for _, _, wake in self._sleepers)

    async def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass, waking each sleeper at its own moment, in order.

        Raises:
            ValueError: ``seconds`` is negative; time does not go back.
        """
        if seconds < 0:
            raise ValueError(f"the clock cannot be advanced by {seconds:g} s")
        until = self._elapsed_s + seconds
        await self._settle()
        while self._sleepers and self._sleepers[0][0] <= until:
            due, _, wake = heapq.heappop(self._sleepers)
            self._elapsed_s = max(self._elapsed_s, due)
            if not wake.done():
                wake.set_result(None)
                await self._settle()
        self._elapsed_s = until
        await self._settle()

    async def _settle(self) -> None:
        # Enough turns for a woken actor to ask another one and to sleep again.
        for _ in range(20):
            await asyncio.sleep(0)
