"""When a loop stood still: the process was suspended, or some code held its thread.

No handler can work then, so the time does not count against any.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

ROUND_S = 0.25
"""How often a loop is to set a mark."""
_STOOD_STILL_S = 4 * ROUND_S


class _Timed(Protocol):
    time: Callable[[], float]


class Stalls:
    """Found by marks that were to be set every quarter of a second and were not."""

    def __init__(self, timed: _Timed) -> None:
        self._timed = timed
        self._marked_at: float | None = None
        self._found: deque[tuple[float, float]] = deque(maxlen=64)
        """When each ended, and how long it was."""

    def mark(self) -> None:
        """Say that the loop runs; on the loop."""
        now = self._timed.time()
        if self._marked_at is not None and now - self._marked_at > _STOOD_STILL_S:
            self._found.append((now, now - self._marked_at - ROUND_S))
        self._marked_at = now

    def lost_s(self, since: float) -> float:
        """Return how long the loop has stood still since a moment; 0 where nobody sets marks."""
        if self._marked_at is None:
            return 0.0
        self.mark()
        return sum(lost_s for ended_at, lost_s in self._found if ended_at > since)
