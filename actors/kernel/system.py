"""The house the actors live in: one event loop, one supervisor, one watchdog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel.clock import Clock, SystemClock
from actors.kernel.spec import ChildSpec, RestartIntensity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from actors.kernel.address import Address

__all__ = ["ActorSystem"]


class ActorSystem:
    """Owns the cells of all actors, from the first address taken to the end of the process.

    Args:
        intensity: how many restarts the root supervisor tolerates before the process exits.
        drain_budget_s: how long a stop may go on handling queued messages.
        clock: what the actors see as time.
    """

    def __init__(
        self,
        *,
        intensity: RestartIntensity | None = None,
        drain_budget_s: float = 10.0,
        clock: Clock | None = None,
    ) -> None:
        self._intensity = intensity or RestartIntensity()
        self._drain_budget_s = drain_budget_s
        self._clock = clock or SystemClock()

    @property
    def supervisor(self) -> Address:
        """The root supervisor: answers `GetStatistics`, `InjectFault`, `StopSystem`."""
        raise NotImplementedError

    def address(self, name: str) -> Address:
        """Return the address of ``name``, which may be taken before its spec is known."""
        raise NotImplementedError

    def run(self, specs: Sequence[ChildSpec]) -> int:
        """Run on this, the main thread, until stopped; return the process's exit code."""
        raise NotImplementedError

    def running(self, specs: Sequence[ChildSpec]) -> AbstractAsyncContextManager[ActorSystem]:
        """Run on the current loop for the length of a block, without signals; for tests."""
        raise NotImplementedError
