"""Stops asking Discord when it refuses everything: 10,000 refusals in 10 minutes ban the address.

Refusals that count are 401, 403 and 429, but not a 429 of a limit that is shared with others.

Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.kernel import Backoff

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["InvalidRequests"]

_IN_A_ROW: Final = 10
_PAUSES: Final = Backoff(first_s=1.0, factor=2.0, max_s=300.0, jitter=0.2)
_INVALID: Final = frozenset({401, 403, 429})
_SHARED: Final = "shared"


class InvalidRequests:
    """Counts refusals in a row and pauses after ten; one request at a time tests the water then.

    Args:
        monotonic_s: the clock.
        report: told a sentence when a pause begins, and None when Discord accepts again.
    """

    def __init__(
        self, *, monotonic_s: Callable[[], float], report: Callable[[str | None], None]
    ) -> None:
        self._now = monotonic_s
        self._report = report
        self._in_a_row = 0
        self._pauses = 0
        self._paused_until_s = 0.0
        self.total = 0
        """Refusals that count towards Discord's limit, since the start."""

    def wait_s(self) -> float:
        """Return how long a request has to wait; 0 lets it be sent, and the others wait for it."""
        if not self._pauses:
            return 0.0
        left_s = self._paused_until_s - self._now()
        if left_s <= 0:
            # A trial: should its outcome never be noted, another one follows after as long again.
            self._paused_until_s = self._now() + _PAUSES.delay_s(self._pauses)
        return max(0.0, left_s)

    def note(self, status: int, *, scope: str | None = None) -> None:
        """Take account of an answer.

        Args:
            status: its HTTP status.
            scope: its ``X-RateLimit-Scope`` header.
        """
        if status not in _INVALID or scope == _SHARED:
            self._note_accepted()
            return
        self.total += 1
        self._in_a_row += 1
        if self._in_a_row >= _IN_A_ROW:
            self._pause(status)

    def _note_accepted(self) -> None:
        self._in_a_row = 0
        if self._pauses:
            self._pauses = 0
            self._report(None)

    def _pause(self, status: int) -> None:
        self._pauses += 1
        pause_s = _PAUSES.delay_s(self._pauses)
        self._paused_until_s = self._now() + pause_s
        self._report(
            f"Discord refused {self._in_a_row} requests in a row (HTTP {status});"
            f" pausing for {pause_s:.0f} s, so that it does not ban this address"
        )
