"""One of the coroutines that take messages from a mailbox and handle them, one at a time."""

from __future__ import annotations

import asyncio
import math
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Protocol

from actors.kernel.correlation import correlation_variable
from actors.kernel.errors import AskTimeoutError
from actors.kernel.handling import Waits, current_handling, deadline_variable
from actors.kernel.loops import call_on

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextvars import Context, ContextVar

    from actors.kernel.cell import Cell
    from actors.kernel.envelope import Envelope
    from actors.kernel.exits import Exit

TIME_SLICE_S = 0.002
"""How long one worker may go on without letting the loop's other work run."""
_TIMER_GRAIN_S = 0.001  # a timer may come a little before its time


class _Employer(Protocol):
    """The run whose messages a worker handles."""

    cell: Cell
    loop: asyncio.AbstractEventLoop
    exit: Exit | None
    time: Callable[[], float]
    context: Context
    inherited: tuple[tuple[ContextVar[Any], object], ...]
    finishes_expired: bool
    receive: Callable[[Any], Coroutine[Any, Any, object]]
    release: Callable[[Envelope], None] | None

    def take(self) -> Envelope | None: ...

    async def park(self) -> bool: ...

    def is_due(self, envelope: Envelope, now: float) -> bool: ...

    def deadline_of(self, envelope: Envelope) -> float: ...

    def handled(self, envelope: Envelope, value: object, seconds: float) -> None: ...

    def handler_failed(self, error: BaseException) -> None: ...

    def worker_done(self, worker: Worker) -> None: ...


class Worker(Waits):
    """Runs handlers of one incarnation; replaced when a handler leaves its context dirty."""

    __slots__ = ("_deadline", "_run", "task")

    def __init__(self, run: _Employer) -> None:
        super().__init__(run.time)
        self._run = run
        self._deadline = math.inf
        context = run.context.copy()
        context.run(current_handling.set, self)
        context.run(correlation_variable.set, "")
        context.run(deadline_variable.set, math.inf)
        self.task = run.loop.create_task(self._work(len(context)), context=context)
        self.task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._run.worker_done(self)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._run.handler_failed(error)  # a fault of the kernel itself

    async def _work(self, clean: int) -> None:
        run = self._run
        time = run.time
        slice_began = time()
        while (envelope := run.take()) is not None or await run.park():
            if envelope is None:
                slice_began = time()
                continue
            now = time()
            envelope.on_abandoned = self._asker_left  # before is_due asks whether it was
            goes_on = await self._handle(envelope, now) if run.is_due(envelope, now) else True
            if run.release is not None and run.exit is None:
                run.release(envelope)
            if not goes_on or len(copy_context()) != clean or _is_dirty(run.inherited):
                return
            now = time()
            if now - slice_began > TIME_SLICE_S:
                await asyncio.sleep(0)
                slice_began = time()

    async def _handle(self, envelope: Envelope, now: float) -> bool:
        run = self._run
        correlation_variable.set(envelope.correlation_id)
        deadline = run.deadline_of(envelope)
        if deadline != self._deadline:
            self._deadline = deadline
            deadline_variable.set(deadline)
        self.take_in_hand(envelope, now)
        try:
            value = await run.receive(envelope.message)
        except BaseException as error:  # noqa: BLE001 - the kernel's loop: nothing may pass it
            self._handler_raised(error, envelope)
            return False
        if run.exit is not None:
            return False
        envelope.on_abandoned = None
        self.envelope = None
        run.handled(envelope, value, self._time() - now)
        return not envelope.abandoned

    def _handler_raised(self, error: BaseException, envelope: Envelope) -> None:
        if self._run.exit is not None:
            return
        if self._is_over(envelope, error):
            self.envelope = None
            self._run.cell.drop(envelope, envelope.abandoned or "expired")
        else:
            self._run.handler_failed(error)

    def _is_over(self, envelope: Envelope, error: BaseException) -> bool:
        """Tell whether the handler only ended because nobody waits for its reply any more."""
        if isinstance(error, asyncio.CancelledError):
            return envelope.abandoned is not None
        # An ask made for this one, whose time went out with that of this one.
        left_s = self._run.deadline_of(envelope) - self._time()
        return isinstance(error, AskTimeoutError) and left_s < _TIMER_GRAIN_S

    def _asker_left(self, envelope: Envelope) -> None:
        call_on(self._run.loop, self._cancel_handling, envelope)

    def _cancel_handling(self, envelope: Envelope) -> None:
        # The task is replaced after this, so a cancellation that comes a moment too late
        # cannot hit the next message.
        finishes = envelope.abandoned == "expired" and self._run.finishes_expired
        if self.envelope is envelope and not finishes:
            self.task.cancel()


def _is_dirty(inherited: tuple[tuple[ContextVar[Any], object], ...]) -> bool:
    return any(variable.get(None) is not value for variable, value in inherited)
