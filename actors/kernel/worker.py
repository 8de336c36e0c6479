"""One of the coroutines that take messages from a mailbox and handle them, one at a time."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any, Protocol

from actors.kernel.correlation import correlation_variable
from actors.kernel.loops import call_on

if TYPE_CHECKING:
    from actors.kernel.asyncio_run import AsyncioRun
    from actors.kernel.envelope import Envelope

TIME_SLICE_S = 0.002
"""How long one worker may go on without letting the loop's other work run."""


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


class Worker(Waits):
    """Runs handlers of one incarnation; replaced when a handler leaves its context dirty."""

    __slots__ = ("_run", "task")

    def __init__(self, run: AsyncioRun) -> None:
        super().__init__(run.time)
        self._run = run
        context = run.context.copy()
        context.run(current_handling.set, self)
        context.run(correlation_variable.set, "")
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
            if not goes_on or len(copy_context()) != clean:
                return
            now = time()
            if now - slice_began > TIME_SLICE_S:
                await asyncio.sleep(0)
                slice_began = time()

    async def _handle(self, envelope: Envelope, now: float) -> bool:
        run = self._run
        correlation_variable.set(envelope.correlation_id)
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
        if isinstance(error, asyncio.CancelledError) and envelope.abandoned:
            self.envelope = None
            self._run.cell.drop(envelope, "cancelled")
            return
        self._run.handler_failed(error)

    def _asker_left(self, envelope: Envelope) -> None:
        call_on(self._run.loop, self._cancel_handling, envelope)

    def _cancel_handling(self, envelope: Envelope) -> None:
        # The task is replaced after this, so a cancellation that comes a moment too late
        # cannot hit the next message.
        if self.envelope is envelope:
            self.task.cancel()
