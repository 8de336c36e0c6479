"""What can go wrong on the way, on purpose."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from typing import Literal

__all__ = ["Fault", "Faults", "Kind"]

Kind = Literal["hang", "reset", "drop", "drip", "status", "html", "too_many", "slow", "twice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong with a request."""

    kind: Kind
    """``hang``: no answer, ever. ``reset``: half of the answer, then a reset. ``drop``: closed
    without a byte. ``drip``: a byte every ``seconds``. ``status``: a gateway's page with that
    status. ``html``: a page with 200. ``too_many``: 429. ``slow``: ``seconds`` late. ``twice``:
    delivered two times, answered once."""
    after_call: bool = False
    """The database does the call, and commits it, before that happens to the answer."""
    status: int = 503
    seconds: float = 0.0
    """How late, or how long the caller is asked to stay away."""
    share: float = 1.0
    """How many of the requests it happens to, from 0 to 1."""


class Faults:
    """Which fault the next request meets; set from any thread."""

    def __init__(self) -> None:
        self._next: deque[Fault] = deque()
        self._always: tuple[Fault, ...] = ()
        self._random = random.Random(4)  # noqa: S311 - the same faults in every run

    def once(self, *faults: Fault) -> None:
        """Let the next requests meet these, one each."""
        self._next.extend(faults)

    def always(self, *faults: Fault) -> None:
        """Let every request from now on meet the first of these that its share selects."""
        self._always = faults

    def clear(self) -> None:
        """Let everything be well."""
        self._next.clear()
        self._always = ()

    def take(self) -> Fault | None:
        """Return what happens to the request that just came in."""
        if self._next:
            return self._next.popleft()
        return next((f for f in self._always if self._random.random() < f.share), None)
