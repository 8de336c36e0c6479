"""One incarnation of an `AsyncioActor`: its life, its workers, its child tasks, its end.

All state is touched on the actor's loop only; calls from other threads hop there first.
"""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from pykka import ActorRegistry

from actors.kernel.accepted import accepts
from actors.kernel.child_tasks import ChildTasks
from actors.kernel.exits import (
    LAST_MOMENT_S,
    Exit,
    HangOnPurpose,
    IncarnationEnded,
    IncarnationReady,
)
from actors.kernel.keyed_mailbox import KeyedMailbox
from actors.kernel.log import say
from actors.kernel.loops import call_on, running_loop
from actors.kernel.worker import Worker

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Coroutine

    import pykka

    from actors.kernel.cell import Cell
    from actors.kernel.envelope import Envelope
    from actors.kernel.spec import ChildSpec

T = TypeVar("T")
_MOST_PARKED = 8
"""Workers that wait for more while nothing is to be done; making one costs as much as an ask."""
_TIMER_GRAIN_S = 0.001  # a timer that comes a little early must not be set again for less


class _Hooks(Protocol):
    """What is run of an `AsyncioActor`."""

    actor_stopped: threading.Event
    finishes_expired: ClassVar[bool]

    @property
    def actor_ref(self) -> pykka.ActorRef[Any]: ...

    async def on_start(self) -> None: ...

    async def on_receive(self, message: Any, /) -> object: ...

    async def on_drain(self) -> None: ...

    async def on_stop(self) -> None: ...


class AsyncioRun:
    """Runs one actor object from ``on_start`` to ``on_stop``."""

    def __init__(
        self,
        cell: Cell,
        spec: ChildSpec,
        actor: _Hooks,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self.cell = cell
        self.loop = loop
        self.number = cell.number
        self.exit: Exit | None = None
        self.time = cell.runtime.time
        self.context = cell.runtime.context
        self.inherited = cell.runtime.inherited
        self.finishes_expired = actor.finishes_expired
        is_keyed = isinstance(cell.mailbox, KeyedMailbox)
        self.release: Callable[[Envelope], None] | None = cell.mailbox.release if is_keyed else None
        self.receive: Callable[[Any], Coroutine[Any, Any, object]] = actor.on_receive
        self._spec = spec
        self.actor = actor
        self._accepted: set[type] = set()
        self._over: asyncio.Future[Exit] = loop.create_future()
        self._hurried: asyncio.Future[None] = loop.create_future()
        self._workers: list[Worker] = []
        self._parked: list[asyncio.Future[bool]] = []
        self._children = ChildTasks(self, cell, loop)
        self._life: asyncio.Task[None] | None = None
        self.is_open = False
        self._stopping: str | None = None
        self._wake_is_due = False
        self._draining: asyncio.Task[None] | None = None
        self._watch: asyncio.TimerHandle | None = None

    # --- Life -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start the task that is this incarnation's life; its done callback is the exit report."""
        self._life = self.loop.create_task(
            self._live(), name=f"{self.cell.name}#{self.number}", context=self.context.copy()
        )
        self._life.add_done_callback(self._report_end)

    async def _live(self) -> None:
        opening = self.loop.create_task(self._attempt(self.actor.on_start))
        self._children.running.add(opening)
        await asyncio.wait((opening, self._over), return_when=asyncio.FIRST_COMPLETED)
        self._children.running.discard(opening)
        if self.exit is None:
            failure = opening.result()
            if failure is None:
                self._open()
            else:
                self.kill(failure)
        elif not opening.done():
            self._children.running.add(opening)
        await self._over
        await self._close()

    async def _attempt(self, hook: Callable[[], Coroutine[Any, Any, None]]) -> Exit | None:
        try:
            await hook()
        except BaseException as error:  # noqa: BLE001 - a hook may raise anything, SystemExit too
            return Exit.of(error)
        return None

    def _open(self) -> None:
        self.is_open = True
        self.cell.attach(self)
        self.cell.report(IncarnationReady(name=self.cell.name, incarnation=self.number))
        self._pump()

    async def _close(self) -> None:
        pending = {worker.task for worker in self._workers} | self._children.running
        pending = {task for task in pending if not task.done()}
        end_at = self.loop.time() + self._spec.stop_timeout_s
        if pending:  # half of the time, so that some is left for cleaning up
            letting_go = self.loop.create_task(asyncio.wait(pending))
            await self._give_time({letting_go, self._hurried}, self._spec.stop_timeout_s / 2)
            letting_go.cancel()
            self._leave({task for task in pending if not task.done()}, "actor.left_work_behind")
        closing = self.loop.create_task(self._attempt(self.actor.on_stop))
        await self._give_time({closing}, end_at - self.loop.time())
        self._leave({closing} if not closing.done() else set(), "actor.stop_timed_out")
        failure = closing.result() if closing.done() and not closing.cancelled() else None
        if failure is not None:
            self._log_error("actor.on_stop_failed", failure)
        self.actor.actor_stopped.set()

    async def _give_time(self, first_of: set[asyncio.Future[Any]], seconds: float) -> None:
        await asyncio.wait(first_of, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    def _leave(self, late: set[asyncio.Task[Any]], complaint: str) -> None:
        for task in late:
            task.cancel()
        if late:
            say(
                "error",
                complaint,
                actor=self.cell.name,
                incarnation=self.number,
                task_count=len(late),
            )

    def _report_end(self, life: asyncio.Task[None]) -> None:
        if life.cancelled():  # the loop itself is being torn down
            self.kill(Exit(kind="CancelledError"))
        elif (error := life.exception()) is not None:
            self.kill(Exit.of(error))
        ActorRegistry.unregister(self.actor.actor_ref)
        exit_ = self.exit or Exit()
        self.cell.report(IncarnationEnded(name=self.cell.name, incarnation=self.number, exit=exit_))

    # --- Ending -----------------------------------------------------------------------------

    def kill(self, exit_: Exit) -> None:
        """End now: fence the incarnation, settle what it has in hand, then cancel its work."""
        if running_loop() is not self.loop:
            call_on(self.loop, self.kill, exit_)
            return
        if self.exit is not None:
            return
        self.exit = exit_
        self.cell.fence(self)
        if self._watch is not None:
            self._watch.cancel()
        in_hand = [worker.envelope for worker in self._workers if worker.envelope is not None]
        self.cell.settle(in_hand, exit_)
        current = asyncio.current_task()
        for task in [worker.task for worker in self._workers] + list(self._children.running):
            if task is not current:
                task.cancel()
        if not self._over.done():
            self._over.set_result(exit_)
        if exit_.is_failure:
            self.cell.note_failure(exit_)
            self._log_error("actor.failed", exit_)

    def hurry(self) -> None:
        """Wait a last moment, and no longer, for work that was cancelled and does not end."""
        if running_loop() is not self.loop:
            call_on(self.loop, self.hurry)
        else:
            self.loop.call_later(LAST_MOMENT_S, self._stop_waiting)

    def _stop_waiting(self) -> None:
        if not self._hurried.done():
            self._hurried.set_result(None)

    def request_stop(self, *, drain: bool) -> None:
        """End in good order: after the messages in hand, or after all that wait (``drain``)."""
        if running_loop() is not self.loop:
            call_on(self.loop, lambda: self.request_stop(drain=drain))
            return
        self._stopping = "drain" if drain else "hold"
        if not self.is_open:
            self.kill(Exit())
        self._stop_when_idle()

    def begin_drain(self) -> None:
        """Let the actor stop taking things in from outside."""
        if running_loop() is not self.loop:
            call_on(self.loop, self.begin_drain)
        elif self.is_open and self.exit is None:
            self._draining = self.spawn(self._drain(), "on_drain")

    async def _drain(self) -> None:
        failure = await self._attempt(self.actor.on_drain)
        if failure is not None and self.exit is None:
            self._log_error("actor.on_drain_failed", failure)
        self._draining = None
        self._stop_when_idle()

    def _stop_when_idle(self) -> None:
        if self.exit is not None or self._stopping is None or self._draining is not None:
            return
        if not self.is_busy and (self._stopping == "hold" or not len(self.cell.mailbox)):
            self.kill(Exit())

    @property
    def is_busy(self) -> bool:
        """Whether a message is in hand."""
        return any(worker.envelope is not None for worker in self._workers)

    # --- Messages ---------------------------------------------------------------------------

    def wake(self) -> None:
        """Let a worker look into the mailbox; from any thread."""
        if running_loop() is self.loop:
            self._pump()
        elif not self._wake_is_due:
            self._wake_is_due = True
            call_on(self.loop, self._pump_for_others)

    def _pump_for_others(self) -> None:
        self._wake_is_due = False
        self._pump()

    def _pump(self) -> None:
        while self._parked:
            parked = self._parked.pop()
            if not parked.done():  # else its worker was cancelled as it waited
                parked.set_result(True)
                return
        if len(self._workers) < self._spec.concurrency and self.exit is None and self.is_open:
            self._workers.append(Worker(self))

    def look(self) -> None:
        """Put new workers in the place of idle ones if a message waits beside them."""
        busy = [worker for worker in self._workers if worker.envelope is not None]
        takes = self.exit is None and self._stopping != "hold"
        is_free = takes and len(busy) < self._spec.concurrency
        if not self.cell.is_stuck(self, is_free=is_free):
            return
        for worker in self._workers:
            if worker.envelope is None:
                worker.task.cancel()
        self._workers = busy
        self._parked.clear()
        self._pump()

    def take(self) -> Envelope | None:
        """Return the next message for a worker, or None when it has to wait or to end."""
        if self.exit is not None or self._stopping == "hold":
            return None
        return self.cell.mailbox.take()

    async def park(self) -> bool:
        """Wait for more; False when the worker is not needed any more."""
        if self._stopping is not None:
            self._stop_when_idle()
        if self.exit is not None or len(self._parked) >= _MOST_PARKED:
            return False
        parked: asyncio.Future[bool] = self.loop.create_future()
        self._parked.append(parked)
        # Between the last look and now, another thread may have seen nobody parked.
        if self.cell.mailbox.has_ready and not parked.done() and self._stopping != "hold":
            self._parked.remove(parked)
            return True
        return await parked

    def worker_done(self, worker: Worker) -> None:
        """Forget a worker that ended, and start another if there is work for it."""
        with suppress(ValueError):
            self._workers.remove(worker)
        if self.exit is None and self.cell.mailbox.has_ready:
            self._pump()
        self._stop_when_idle()

    def is_due(self, envelope: Envelope, now: float) -> bool:
        """Whether a message still has to be handled; counts it if not. Arms the watch if so."""
        if envelope.abandoned:
            self.cell.drop(envelope, envelope.abandoned)
            return False
        if envelope.deadline is not None and now >= envelope.deadline:
            self.cell.drop(envelope, "expired")
            return False
        if type(envelope.message) not in self._accepted and not self._learn(envelope):
            return False
        if self._watch is None:
            self._watch = self.loop.call_later(self._spec.handle_timeout_s, self._check_hands)
        return True

    def deadline_of(self, envelope: Envelope) -> float:
        """Return when the asks that are made for a message have to end."""
        if envelope.deadline is None or self.finishes_expired:
            return math.inf
        return envelope.deadline

    def _learn(self, envelope: Envelope) -> bool:
        message = envelope.message
        if isinstance(message, HangOnPurpose):
            self.receive = _hang
            return True
        if not accepts(type(self.actor), message):
            self.cell.drop_unknown(envelope)
            return False
        self._accepted.add(type(message))
        return True

    def handled(self, envelope: Envelope, value: object, seconds: float) -> None:
        """Count one handled message and answer its asker."""
        cell = self.cell
        cell.handled += 1
        cell.latency.record(seconds)
        if envelope.reply is not None:
            envelope.reply.resolve(value)
        if self._stopping is not None:
            self._stop_when_idle()

    def handler_failed(self, error: BaseException) -> None:
        """End the incarnation because one of its handlers raised."""
        self.kill(Exit.of(error))

    def _check_hands(self) -> None:
        self._watch = None
        now = self.time()
        limit_s = self._spec.handle_timeout_s
        busy = [worker for worker in self._workers if worker.envelope is not None]
        if not busy:
            return
        stalls = self.cell.runtime.stalls
        left_s = limit_s - max(
            worker.handling_s(now) - stalls.lost_s(worker.started) for worker in busy
        )
        if left_s < _TIMER_GRAIN_S:
            self.kill(Exit(kind="HandleTimeout"))
            return
        self._watch = self.loop.call_later(left_s, self._check_hands)

    def spawn(self, coroutine: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Run a child task that ends with this incarnation, and ends it when it raises."""
        return self._children.spawn(coroutine, name)

    def _log_error(self, event: str, exit_: Exit) -> None:
        say(
            "error",
            event,
            actor=self.cell.name,
            incarnation=self.number,
            kind=exit_.kind,
            exc_info=None if exit_.fatal else exit_.error,  # its sentence is logged at the end
        )


async def _hang(_message: object) -> object:
    return await asyncio.Event().wait()
