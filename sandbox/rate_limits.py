"""Discord's rate limits: a window for each route and major parameter, and one over all requests.

Source: https://discord.com/developers/docs/topics/rate-limits
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.rest.router import Route

_MAJOR_PARAMETERS: Final = ("channel_id", "guild_id", "webhook_id", "webhook_token")
"""Source: the same page, "top-level resources" with limits of their own."""
_WINDOWS_KEPT: Final = 20_000
_INVALID_ALLOWED: Final = 10_000
_INVALID_WINDOW_S: Final = 600.0


@dataclass(slots=True)
class _Window:
    remaining: int
    ends_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """The request comes too soon."""

    retry_after_s: float
    is_global: bool
    scope: str
    """``user``, ``global`` or ``shared``, as X-RateLimit-Scope tells it."""


class RateLimits:
    """Counts requests. ``requests_per_s`` is the global limit."""

    def __init__(self, requests_per_s: int) -> None:
        self._requests_per_s = requests_per_s
        self._global = _Window(requests_per_s, 0.0)
        self._windows: dict[tuple[str, ...], _Window] = {}
        self._invalid_at_s: deque[float] = deque(maxlen=_INVALID_ALLOWED)

    @property
    def is_banned(self) -> bool:
        """Whether 10,000 invalid requests were made within 10 minutes."""
        return (
            len(self._invalid_at_s) == _INVALID_ALLOWED
            and time.monotonic() - self._invalid_at_s[0] < _INVALID_WINDOW_S
        )

    def count_invalid(self) -> None:
        """Note a 401, 403 or 429."""
        self._invalid_at_s.append(time.monotonic())

    def take_global(self) -> Limited | None:
        """Spend one of the requests of this second."""
        now = time.monotonic()
        if now >= self._global.ends_s:
            self._global = _Window(self._requests_per_s, now + 1.0)
        if self._global.remaining <= 0:
            wait_s = self._global.ends_s - now
            return Limited(retry_after_s=wait_s, is_global=True, scope="global")
        self._global.remaining -= 1
        return None

    def take(self, route: Route, params: dict[str, str]) -> tuple[Limited | None, dict[str, str]]:
        """Spend one request of the route's window; return the headers to answer with."""
        if route.limit is None:
            return None, {}
        now = time.monotonic()
        key = (route.bucket, *(params[name] for name in _MAJOR_PARAMETERS if name in params))
        window = self._windows.get(key)
        if window is None or now >= window.ends_s:
            self._forget_old(now)
            window = _Window(route.limit.requests, now + route.limit.within_s)
            self._windows[key] = window
        limited = None
        if window.remaining <= 0:
            limited = Limited(retry_after_s=window.ends_s - now, is_global=False, scope="user")
        else:
            window.remaining -= 1
        return limited, _headers(route, window, now)

    def _forget_old(self, now: float) -> None:
        if len(self._windows) >= _WINDOWS_KEPT:
            self._windows = {
                key: window for key, window in self._windows.items() if window.ends_s > now
            }


def _headers(route: Route, window: _Window, now: float) -> dict[str, str]:
    limit = route.limit.requests if route.limit else 0
    reset_after_s = max(window.ends_s - now, 0.0)
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(window.remaining),
        "X-RateLimit-Reset": f"{time.time() + reset_after_s:.3f}",
        "X-RateLimit-Reset-After": f"{reset_after_s:.3f}",
        "X-RateLimit-Bucket": route.bucket,
    }
