"""Stops asking Discord when it refuses everything: 10,000 refusals in 10 minutes ban the address.

Refusals that count are 401, 403 and 429, but not a 429 of a limit that is shared with others.

Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.standing import RateLimited
from actors.kernel import Backoff

if TYPE_CHECKING:
    from collections.abc import Callable

_IN_A_ROW: Final = 10
_PAUSES: Final = Backoff(first_s=1.0, factor=2.0, max_s=300.0, jitter=0.2)
_INVALID: Final = frozenset({401, 403, 429})
_SHARED: Final = "shared"
_TOO_MANY: Final = 429


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
        self._limited: Counter[tuple[str, str]] = Counter()

    @property
    def rate_limited(self) -> tuple[RateLimited, ...]:
        """How often Discord answered 429, by the kind of request and whose limit it was."""
        return tuple(
            RateLimited(route=route, scope=scope, count=count)
            for (route, scope), count in sorted(self._limited.items())
        )

    def wait_s(self) -> float:
        """Return how long a request has to wait; 0 lets it be sent, and the others wait for it."""
        if not self._pauses:
            return 0.0
        left_s = self._paused_until_s - self._now()
        if left_s <= 0:
            # A trial: should its outcome never be noted, another one follows after as long again.
            self._paused_until_s = self._now() + _PAUSES.delay_s(self._pauses)
        return max(0.0, left_s)

    def note(self, status: int, *, scope: str | None = None, route: str = "unknown") -> None:
        """Take account of an answer.

        Args:
            status: its HTTP status.
            scope: its ``X-RateLimit-Scope`` header.
            route: the kind of request, see `route_kind`.
        """
        self.count(status, scope=scope, route=route)
        self.note_outcome(status, scope=scope)

    def count(self, status: int, *, scope: str | None, route: str) -> None:
        """Count an answer without concluding anything from it; arguments as of `note`.

        For requests of which a row of refusals says nothing about the others: a look at ten servers
        that have let the bot in without a scope is refused ten times, and all is well.
        """
        if status == _TOO_MANY:
            self._limited[route, scope or "unknown"] += 1
        if _counts(status, scope):
            self.total += 1

    def note_outcome(self, status: int, *, scope: str | None = None) -> None:
        """Conclude from an answer that was counted already whether to pause, or to go on."""
        if not _counts(status, scope):
            self._note_accepted()
            return
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


def route_kind(path: str) -> str:
    """Return the part of a path below ``/api/v10`` that names the kind of request.

    It is never an id or a token: those come after it.
    """
    _, _, below = path.rpartition("/api/v10")
    kind = below.lstrip("/").partition("/")[0]
    return kind if kind.isalnum() else "unknown"


def _counts(status: int, scope: str | None) -> bool:
    return status in _INVALID and scope != _SHARED
