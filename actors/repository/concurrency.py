"""How many calls at once: more by one while all is well, half as many when it is too much.

Pure. Additive increase and multiplicative decrease find what a database can do without being told,
and share it fairly between processes that do the same.

Source: D. Chiu, R. Jain, Analysis of the Increase and Decrease Algorithms, 1989
"""

from __future__ import annotations

from typing import Final

_FACTOR: Final = 0.5
_PAUSE_S: Final = 0.5
"""Calls that fail together say one thing, so only the first of them counts."""


class ConcurrencyLimit:
    """A number of calls between 1 and ``most``; begins at ``most``.

    Args:
        most: More are never allowed.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._limit = float(most)
        self._halved_at_s = float("-inf")

    @property
    def current(self) -> int:
        """How many calls may be under way."""
        return int(self._limit)

    def note_success(self, in_flight: int) -> None:
        """Take a call that went well into account: a limit's worth of them allows one more.

        Args:
            in_flight: How many were under way, this one included; a limit that nobody reaches
                says nothing about more.
        """
        if in_flight >= self.current:
            self._limit = min(float(self._most), self._limit + 1 / self._limit)

    def note_overload(self, now_s: float) -> None:
        """Take a call into account that was too much for the database."""
        if now_s - self._halved_at_s >= _PAUSE_S:
            self._limit = max(1.0, self._limit * _FACTOR)
            self._halved_at_s = now_s
