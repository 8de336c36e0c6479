"""Where calls wait for their turn, in order, while as many as may be are under way."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.repository.concurrency import ConcurrencyLimit


class CallLimiter:
    """Lets in as many as a limit allows, which may change at any time; first come, first served.

    Args:
        limit: How many may be inside.
    """

    def __init__(self, limit: ConcurrencyLimit) -> None:
        self._limit = limit
        self._inside = 0
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def inside(self) -> int:
        """How many are inside."""
        return self._inside

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    async def enter(self, *, within_s: float) -> None:
        """Wait for one's turn; who gets in calls `leave` at the end, whatever happens.

        Raises:
            TimeoutError: When it was not one's turn in time.
        """
        if not self._queue and self._inside < self._limit.current:
            self._inside += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(within_s):
                await turn
        except (TimeoutError, asyncio.CancelledError):
            if turn.done() and not turn.cancelled():
                self._inside -= 1  # let in at the very moment of giving up
            else:
                with contextlib.suppress(ValueError):  # passed over already
                    self._queue.remove(turn)
            self._let_in()
            raise

    def leave(self) -> None:
        """Make room for the next ones."""
        self._inside -= 1
        self._let_in()

    def _let_in(self) -> None:
        while self._queue and self._inside < self._limit.current:
            turn = self._queue.popleft()
            if not turn.done():
                self._inside += 1
                turn.set_result(None)
