"""Who is to be asked for more time, and when: one task for all interactions in hand.

Nearly every command is done long before its time; a task and a timer for each of them would be a
good part of what it costs.
"""

from __future__ import annotations

from collections import deque
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

    from actors.kernel import Clock


class Spawn(Protocol):
    """An actor's way to run something beside its handlers."""

    def __call__(self, coroutine: Coroutine[Any, Any, None], *, name: str) -> object:
        """Run it in a task."""
        ...


class Deferral:
    """One interaction that may need more time.

    Args:
        due_s: When to ask for it, by the monotonic clock.
        ask: Starts the asking, in a task of its own; run in the context of its maker.
    """

    __slots__ = ("_ask", "_context", "asked", "due_s", "is_dropped")

    def __init__(self, due_s: float, ask: Callable[[], asyncio.Task[bool]]) -> None:
        self.due_s = due_s
        self.asked: asyncio.Task[bool] | None = None
        """Set when it was due; its result is whether Discord gave the time."""
        self.is_dropped = False
        self._ask = ask
        self._context = copy_context()

    def drop(self) -> None:
        """Do not ask any more."""
        self.is_dropped = True

    def begin(self) -> None:
        """Ask now, unless it was dropped."""
        if not self.is_dropped:
            self.asked = self._context.run(self._ask)


class Deferrals:
    """Begins each deferral when it is due, unless it was dropped before.

    Args:
        clock: Tells when.
        spawn: Runs what waits.
    """

    def __init__(self, clock: Clock, spawn: Spawn) -> None:
        self._clock = clock
        self._spawn = spawn
        self._waiting: deque[Deferral] = deque()
        self._is_watched = False

    def add(self, deferral: Deferral) -> None:
        """Begin it when it is due."""
        if self._waiting and deferral.due_s < self._waiting[-1].due_s:
            # Interactions are handled in the order in which they came, but for a redelivery.
            self._spawn(self._begin_alone(deferral), name="deferral")
            return
        self._waiting.append(deferral)
        if not self._is_watched:
            self._is_watched = True
            self._spawn(self._watch(), name="deferrals")

    async def _watch(self) -> None:
        while self._waiting:
            first = self._waiting[0]
            left_s = first.due_s - self._clock.monotonic_s()
            if left_s > 0 and not first.is_dropped:
                await self._clock.sleep(left_s)
            else:
                self._waiting.popleft().begin()
        self._is_watched = False

    async def _begin_alone(self, deferral: Deferral) -> None:
        await self._clock.sleep(deferral.due_s - self._clock.monotonic_s())
        deferral.begin()
