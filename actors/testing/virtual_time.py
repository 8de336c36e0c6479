"""An event loop whose time jumps: nobody waits for a timer, and what hangs is found at once.

When everything that can run has run, time goes straight to the next timer. When there is no timer
either, nothing could ever happen again; that is an error which says who waits, and where.

Sockets and executor threads still work, in real time; actors with threads of their own do not mix
with virtual time, since a thread's work takes none of it.
"""

from __future__ import annotations

import asyncio
import functools
import math
import selectors
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")
P = ParamSpec("P")

_REAL_WAIT_S = 5.0
_STARTED_AT = datetime(2026, 1, 1, tzinfo=UTC)


class EverybodyWaitsError(RuntimeError):
    """All tasks wait and no timer is set, so none of them would ever go on."""

    def __init__(self, waiting: list[str]) -> None:
        listing = "\n  ".join(waiting) or "(no task at all)"
        super().__init__(f"everybody waits and no timer is set; waiting are:\n  {listing}")


class VirtualClock:
    """The virtual loop's time as an actor's clock."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def monotonic_s(self) -> float:
        """Return the virtual seconds since the loop was made."""
        return self._loop.time()

    def now(self) -> datetime:
        """Return 2026-01-01 00:00 UTC plus the virtual seconds."""
        return _STARTED_AT + timedelta(seconds=self._loop.time())

    async def sleep(self, seconds: float) -> None:
        """Let virtual time pass."""
        await asyncio.sleep(seconds)


class _JumpingSelector(selectors.DefaultSelector):
    """Never sleeps for a timer: it moves the loop's time instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.owner: VirtualTimeLoop | None = None

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if events or timeout == 0:
            return events
        if self.owner is not None and self.owner.waits_for_the_world(len(self.get_map())):
            events = super().select(timeout if timeout is None else min(timeout, _REAL_WAIT_S))
            if events:
                return events
        if timeout is None:
            raise EverybodyWaitsError(_describe_waiting(self.owner))
        self.now = max(self.now + timeout, math.nextafter(self.now, math.inf))
        return events


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An asyncio event loop with virtual time; see `run_virtual`."""

    is_virtual = True

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)
        self._own_files = len(self._jumping.get_map())
        self._jobs = 0
        self._jumping.owner = self
        # A float of a year's seconds is no finer than 4 ns; the machine's 1 ns would never be met.
        self._clock_resolution = 1e-6
        self.clock = VirtualClock(self)

    @override
    def time(self) -> float:
        """Return the virtual seconds since the loop was made."""
        return self._jumping.now

    @override
    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        """Run in a thread; virtual time stands still meanwhile."""
        self._jobs += 1
        future: asyncio.Future[T] = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._job_done)
        return future

    @override
    async def shutdown_default_executor(self, *arguments: Any) -> None:
        """Wait for the executor's threads to end; their end is no timer either."""
        self._jobs += 1
        try:
            await super().shutdown_default_executor(*arguments)
        finally:
            self._jobs -= 1

    def _job_done(self, _future: asyncio.Future[Any]) -> None:
        self._jobs -= 1

    def waits_for_the_world(self, file_count: int) -> bool:
        """Whether a socket or a thread may still bring something."""
        return self._jobs > 0 or file_count > self._own_files


def _describe_waiting(loop: asyncio.AbstractEventLoop | None) -> list[str]:
    if loop is None:
        return []
    lines = []
    for task in asyncio.all_tasks(loop):
        frames = task.get_stack(limit=1)
        place = f"{frames[-1].f_code.co_filename}:{frames[-1].f_lineno}" if frames else "?"
        lines.append(f"{task.get_name()} at {place}")
    return sorted(lines)


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a fresh loop with virtual time.

    Raises:
        EverybodyWaitsError: it can never end.
    """
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main)


def virtual_time(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Decorate an ``async def`` test so that it runs in virtual time."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        run_virtual(test(*args, **kwargs))

    return run
