"""Who handles a message now, by when it must be answered, and how long it has been worked on."""

from __future__ import annotations

import math
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from actors.kernel.correlation import correlation_variable

if TYPE_CHECKING:
    from actors.kernel.envelope import Envelope


class Handling(Protocol):
    """Whoever handles a message now; told when it waits for another actor."""

    envelope: Envelope | None

    def begin_wait(self) -> int:
        """Stop the clock of the message in hand; returns a token for `end_wait`."""
        ...

    def end_wait(self, token: int) -> None:
        """Let the clock go on."""
        ...


current_handling: ContextVar[Handling | None] = ContextVar("actor_handling", default=None)
deadline_variable: ContextVar[float] = ContextVar("actor_deadline", default=math.inf)
"""By when the ask in hand must be answered; no ask made for it may last longer."""

KERNEL_VARIABLES = (correlation_variable, current_handling, deadline_variable)
"""Set anew for each message, or each task."""


class Waits:
    """How long the message in hand has been handled, not counting waits for other actors."""

    __slots__ = ("_sequence", "_time", "_wait_began", "_waited", "_waits", "envelope", "started")

    def __init__(self, time: Any) -> None:
        self._time = time
        self._sequence = 0
        self._waits = 0
        self._wait_began = 0.0
        self._waited = 0.0
        self.envelope: Envelope | None = None
        self.started = 0.0

    def take_in_hand(self, envelope: Envelope, now: float) -> None:
        """Start the clock for a message."""
        self._sequence += 1
        self._waits = 0
        self._waited = 0.0
        self.started = now
        self.envelope = envelope

    def begin_wait(self) -> int:
        """Stop the clock; waits may nest, as under ``asyncio.gather``."""
        if self._waits == 0:
            self._wait_began = self._time()
        self._waits += 1
        return self._sequence

    def end_wait(self, token: int) -> None:
        """Let the clock go on, unless the wait belonged to an earlier message."""
        if token != self._sequence:
            return
        self._waits -= 1
        if self._waits == 0:
            self._waited += self._time() - self._wait_began

    def handling_s(self, now: float) -> float:
        """Return how long the message in hand has been worked on."""
        if self.envelope is None:
            return 0.0
        waiting_s = now - self._wait_began if self._waits else 0.0
        return now - self.started - self._waited - waiting_s
