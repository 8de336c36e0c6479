"""One incarnation of a `ThreadActor`: a thread that can be fenced off, but not interrupted."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from pykka import ActorRegistry

from actors.kernel.accepted import accepts
from actors.kernel.correlation import correlation_variable
from actors.kernel.exits import (
    LAST_MOMENT_S,
    Exit,
    HangOnPurpose,
    IncarnationEnded,
    IncarnationReady,
)
from actors.kernel.handling import Waits, current_handling, deadline_variable
from actors.kernel.log import say
from actors.kernel.loops import call_on

if TYPE_CHECKING:
    import asyncio
    from contextvars import Context

    import pykka

    from actors.kernel.cell import Cell
    from actors.kernel.envelope import Envelope
    from actors.kernel.messages import Message
    from actors.kernel.spec import ChildSpec


class _Hooks(Protocol):
    """What is run of a `ThreadActor`."""

    actor_stopped: threading.Event
    finishes_expired: ClassVar[bool]

    @property
    def actor_ref(self) -> pykka.ActorRef[Any]: ...

    def on_start(self) -> None: ...

    def on_receive(self, message: Any, /) -> object: ...

    def on_stop(self) -> None: ...


class ThreadRun(Waits):
    """Runs one actor object on a thread of its own; ``loop`` only carries its timers."""

    def __init__(
        self,
        cell: Cell,
        spec: ChildSpec,
        actor: _Hooks,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        super().__init__(cell.runtime.time)
        self.cell = cell
        self.number = cell.number
        self.exit: Exit | None = None
        self._spec = spec
        self._actor = actor
        self._loop = loop
        self._lock = threading.RLock()
        self._something = threading.Event()
        self._stopping: Literal["drain", "hold"] | None = None
        self._is_reported = False
        self._is_watched = False
        # A daemon, so that a handler that hangs for ever cannot keep the process alive.
        self._thread = threading.Thread(
            target=self._live, name=f"{cell.name}#{self.number}", daemon=True
        )

    def begin(self) -> None:
        """Start the thread."""
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether a message is in hand."""
        return self.envelope is not None

    def wake(self) -> None:
        """Let the thread look into the mailbox."""
        self._something.set()

    def begin_drain(self) -> None:
        """Do nothing: a thread actor takes nothing in but messages."""

    def request_stop(self, *, drain: bool) -> None:
        """End in good order: after the message in hand, or after all that wait (``drain``)."""
        self._stopping = "drain" if drain else "hold"
        self._something.set()

    def kill(self, exit_: Exit) -> None:
        """Fence the incarnation and settle what it has in hand; the thread ends when it can."""
        with self._lock:
            if self.exit is not None:
                return
            self.exit = exit_
            self.cell.fence(self)
            if self.envelope is not None:
                self.cell.settle([self.envelope], exit_)
        self._something.set()
        call_on(self._loop, self._abandon_later, self._spec.stop_timeout_s)
        if exit_.is_failure:
            self.cell.note_failure(exit_)
            self._log_error("actor.failed", exit_)

    def hurry(self) -> None:
        """Give the thread a last moment, and no longer, to end."""
        call_on(self._loop, self._abandon_later, LAST_MOMENT_S)

    def _abandon_later(self, seconds: float) -> None:
        self._loop.call_later(seconds, self.abandon)

    def look(self) -> None:
        """Wake the thread if it sleeps beside a message."""
        is_idle = self.exit is None and self.envelope is None and not self._something.is_set()
        if self.cell.is_stuck(self, is_free=is_idle and self._stopping != "hold"):
            self._something.set()

    def abandon(self) -> None:
        """Report the end although the thread still runs; harmless when it has ended."""
        if not self._is_reported:
            self._report_end()
            say("error", "actor.thread_abandoned", actor=self.cell.name, incarnation=self.number)

    def _report_end(self) -> None:
        with self._lock:
            if self._is_reported:
                return
            self._is_reported = True
        ActorRegistry.unregister(self._actor.actor_ref)
        self._actor.actor_stopped.set()
        exit_ = self.exit or Exit(kind="Abandoned")
        self.cell.report(IncarnationEnded(name=self.cell.name, incarnation=self.number, exit=exit_))

    def _log_error(self, event: str, exit_: Exit) -> None:
        say(
            "error",
            event,
            actor=self.cell.name,
            incarnation=self.number,
            kind=exit_.kind,
            exc_info=None if exit_.fatal else exit_.error,  # its sentence is logged at the end
        )

    # --- On the thread ----------------------------------------------------------------------

    def _live(self) -> None:
        try:
            self._clean_context().run(self._actor.on_start)
        except BaseException as error:  # noqa: BLE001 - a hook may raise anything, SystemExit too
            self.kill(Exit.of(error))
        else:
            self._open()
            self._serve()
        try:
            self._clean_context().run(self._actor.on_stop)
        except BaseException as error:  # noqa: BLE001 - the same
            self._log_error("actor.on_stop_failed", Exit.of(error))
        self._report_end()

    def _open(self) -> None:
        with self._lock:
            if self.exit is not None:
                return
            self.cell.attach(self)
        self.cell.report(IncarnationReady(name=self.cell.name, incarnation=self.number))

    def _serve(self) -> None:
        while self.exit is None:
            self._something.clear()
            envelope = None if self._stopping == "hold" else self.cell.mailbox.take()
            if envelope is not None:
                self._consider(envelope)
            elif self._stopping is not None:
                self.kill(Exit())
            else:
                self._something.wait()

    def _consider(self, envelope: Envelope) -> None:
        if envelope.abandoned is not None:
            self.cell.drop(envelope, envelope.abandoned)
        elif envelope.deadline is not None and self._time() >= envelope.deadline:
            self.cell.drop(envelope, "expired")
        elif not accepts(type(self._actor), envelope.message):
            self.cell.drop_unknown(envelope)
        else:
            self._handle(envelope)

    def _handle(self, envelope: Envelope) -> None:
        began = self._time()
        with self._lock:
            if self.exit is not None:
                self.cell.give_back(envelope)
                return
            self.take_in_hand(envelope, began)
        self._watch()
        context = self._clean_context()
        context.run(correlation_variable.set, envelope.correlation_id)
        if envelope.deadline is not None and not self._actor.finishes_expired:
            context.run(deadline_variable.set, envelope.deadline)
        try:
            value = context.run(self._receive, envelope.message)
        except BaseException as error:  # noqa: BLE001 - the kernel's loop: nothing may pass it
            self.kill(Exit.of(error))
            return
        with self._lock:
            if self.exit is not None:
                return
            self.envelope = None
            self.cell.handled += 1
            self.cell.latency.record(self._time() - began)
        if envelope.reply is not None:
            envelope.reply.resolve(value)

    def _receive(self, message: Message) -> object:
        if isinstance(message, HangOnPurpose):
            threading.Event().wait()
        return self._actor.on_receive(message)

    def _clean_context(self) -> Context:
        context = self.cell.runtime.context.copy()
        context.run(current_handling.set, self)
        context.run(deadline_variable.set, math.inf)
        return context

    # --- The watch, on the loop -------------------------------------------------------------

    def _watch(self) -> None:
        if not self._is_watched:
            self._is_watched = True
            call_on(self._loop, self._watch_for, self._spec.handle_timeout_s)

    def _watch_for(self, seconds: float) -> None:
        self._loop.call_later(seconds, self._check_hand)

    def _check_hand(self) -> None:
        with self._lock:
            self._is_watched = False
            if self.exit is not None or self.envelope is None:
                return
            worked_s = self.handling_s(self._time())
            worked_s -= self.cell.runtime.stalls.lost_s(self.started)
            left_s = self._spec.handle_timeout_s - worked_s
            self._is_watched = left_s > 0
        if left_s > 0:
            self._watch_for(max(left_s, 0.001))
        else:
            self.kill(Exit(kind="HandleTimeout"))
