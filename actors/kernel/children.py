"""A supervisor's notes on its children, and its count of restarts."""

from __future__ import annotations

import math
from collections import deque
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from actors.kernel.cell import Cell
    from actors.kernel.exits import Exit
    from actors.kernel.spec import ChildSpec, RestartIntensity, Strategy, SupervisorSpec


class Phase(Enum):
    """Where a child stands, in its supervisor's eyes."""

    WAITING = auto()
    """To be started: when its back-off is over and those it comes after are ready."""
    STARTING = auto()
    RUNNING = auto()
    STOPPING = auto()
    DOWN = auto()
    """Not to be started again."""


class Child:
    """One child; its cell outlives this record when the supervisor itself is restarted."""

    def __init__(self, spec: ChildSpec | SupervisorSpec, cell: Cell) -> None:
        self.spec = spec
        self.cell = cell
        self.phase = Phase.WAITING
        self.number = cell.number
        """The incarnation that reports are believed from."""
        self.failures = 0
        """In a row, without a healthy while in between."""
        self.not_before = 0.0
        self.ready_at = math.inf
        """When the present incarnation became ready; infinity before that."""
        self.last_kind = ""
        self.restarts_after_stop = False
        self.is_leaving = False
        """It is stopped for good, and forgotten then."""
        self.awaits_turn = False
        """It is to stop as soon as those after it in its group have."""
        self.is_draining = False
        """It handles what is left in its mailbox, and is started only for that."""
        self.timer: asyncio.TimerHandle | None = None
        self.gone: asyncio.Future[None] | None = None
        """Done when the incarnation that is being stopped is over."""
        self.group: tuple[Child, ...] = ()
        """Those restarted together with it; none starts before all are down."""

    @property
    def name(self) -> str:
        """The child's name."""
        return self.spec.name

    @property
    def is_up(self) -> bool:
        """Whether an incarnation of it exists."""
        return self.phase in (Phase.STARTING, Phase.RUNNING, Phase.STOPPING)

    def restarts_after(self, exit_: Exit) -> bool:
        """Tell whether another incarnation follows one that ended so."""
        if self.phase is Phase.STOPPING and not (self.restarts_after_stop and self.is_draining):
            return self.restarts_after_stop
        if self.is_draining and not len(self.cell.mailbox):
            return False
        restart = self.spec.restart
        return restart == "permanent" or (restart == "transient" and exit_.is_failure)

    def disarm(self) -> None:
        """Forget the deadline that was set for it."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def count_failure(self, now: float) -> None:
        """Count one more failure in a row, or the first after a healthy while."""
        if now - self.ready_at >= self.spec.backoff.reset_after_s:
            self.failures = 0
        self.failures += 1


class RestartWindow:
    """Counts restarts within a sliding time."""

    def __init__(self, intensity: RestartIntensity) -> None:
        self.intensity = intensity
        self._moments: deque[float] = deque()

    def record(self, now: float) -> bool:
        """Count a restart at ``now``; False when it is one too many."""
        self._moments.append(now)
        while self._moments[0] <= now - self.intensity.within_s:
            self._moments.popleft()
        return len(self._moments) <= self.intensity.restarts


def affected(strategy: Strategy, order: Sequence[Child], failed: Child) -> tuple[Child, ...]:
    """Return who is restarted when ``failed`` fails, in start order, ``failed`` included."""
    if strategy == "one_for_one":
        return (failed,)
    if strategy == "one_for_all":
        return tuple(order)
    return tuple(order[order.index(failed) :])
