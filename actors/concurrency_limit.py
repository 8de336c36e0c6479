"""How many requests may be under way at once towards somebody who may be overloaded.

Additive increase, multiplicative decrease, as TCP does it: each success allows a little more, a
sign of overload allows half. Those who wait are served in the order in which they came.

Source: RFC 5681, section 3.1 (the rule); Netflix's concurrency-limits (its use for requests).
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class ConcurrencyLimit:
    """Adapts between ``lowest`` and ``highest``; for the tasks of one event loop.

    Args:
        highest: the limit at first, and at most.
        lowest: the limit at least, above 0.
        monotonic_s: the clock.
        settle_s: one fall in so many seconds: answers to requests that were under way together
            tell of one overload, not of many.
    """

    def __init__(
        self, *, highest: int, lowest: int, monotonic_s: Callable[[], float], settle_s: float = 0.5
    ) -> None:
        if not 0 < lowest <= highest:
            raise ValueError("a limit is above 0, and the highest is not below the lowest")
        self._highest = float(highest)
        self._lowest = float(lowest)
        self._now = monotonic_s
        self._settle_s = settle_s
        self._limit = self._highest
        self._under_way = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._fell_at_s = float("-inf")

    @property
    def limit(self) -> int:
        """How many may be under way now."""
        return int(self._limit)

    @property
    def under_way(self) -> int:
        """How many are."""
        return self._under_way

    @property
    def has_room(self) -> bool:
        """Whether a place can be had without waiting."""
        return not self._waiting and self._under_way < self.limit

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it for the length of the block."""
        if self.has_room:
            self._under_way += 1
        else:
            await self._wait()
        try:
            yield
        finally:
            self._under_way -= 1
            self._let_in()

    def succeeded(self) -> None:
        """Allow one more for each full round of successes."""
        if self._limit < self._highest:
            self._limit = min(self._highest, self._limit + 1 / self._limit)
            self._let_in()

    def overloaded(self) -> None:
        """Allow half as many, unless that was done a moment ago."""
        now = self._now()
        if now - self._fell_at_s >= self._settle_s:
            self._fell_at_s = now
            self._limit = max(self._lowest, self._limit / 2)

    async def _wait(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # let in and cancelled at the same moment
                self._under_way -= 1
                self._let_in()
            else:
                self._waiting.remove(turn)
            raise

    def _let_in(self) -> None:
        while self._waiting and self._under_way < self.limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._under_way += 1
                turn.set_result(None)
