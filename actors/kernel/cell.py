"""What survives a restart: an actor's name, mailbox, numbers, and count of incarnations."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from actors.kernel.errors import (
    ActorFailedError,
    ActorKitError,
    ActorStoppedError,
    MailboxFullError,
    UnknownMessageError,
)
from actors.kernel.keyed_mailbox import KeyedMailbox
from actors.kernel.latency import LatencyHistogram
from actors.kernel.log import say
from actors.kernel.mailbox import Mailbox, Verdict
from actors.kernel.statistics import ActorState, ActorStatistics

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from actors.kernel.dead_letters import DropReason
    from actors.kernel.envelope import Envelope, Reply
    from actors.kernel.exits import Exit, LifeReport
    from actors.kernel.runtime import Runtime
    from actors.kernel.spec import ChildSpec

MAX_REDELIVERIES = 2


class Run(Protocol):
    """One incarnation being run, on a loop or on a thread; every call may come from any thread."""

    number: int
    exit: Exit | None

    @property
    def is_busy(self) -> bool:
        """Whether a message is in hand."""
        ...

    def begin(self) -> None:
        """Start it; a report tells when it is ready or over."""

    def wake(self) -> None:
        """Say that the mailbox has something."""

    def begin_drain(self) -> None:
        """Let the actor stop taking things in from outside."""

    def request_stop(self, *, drain: bool) -> None:
        """End in good order: after the messages in hand, or after all that wait (``drain``)."""

    def kill(self, exit_: Exit) -> None:
        """End now: fence the incarnation, settle what it has in hand, then cancel its work."""

    def hurry(self) -> None:
        """Wait no longer for work that was cancelled and does not end."""

    def look(self) -> None:
        """Mend it if messages wait and nobody works; on the cell's loop, twice a second or more."""


class Cell:
    """One actor's place in a system; bound to a spec before its first incarnation."""

    def __init__(self, name: str, runtime: Runtime) -> None:
        self.name = name
        self.runtime = runtime
        self.spec: ChildSpec | None = None
        self.above: Cell | None = None
        """The cell of the supervisor that it is a child of."""
        self.loop: asyncio.AbstractEventLoop | None = None
        """Where its asyncio incarnations run."""
        self.mailbox = Mailbox(size=1, overflow="reject")
        self.mailbox.closed = True
        self.stash: list[Envelope] = []
        self.run: Run | None = None
        """The incarnation that takes messages now; the fence is taking it away."""
        self.latest: Run | None = None
        """The incarnation that was started last, whatever has become of it."""
        self.number = 0
        self.state: ActorState = "starting"
        self.reason: str | None = None
        self.restarts = 0
        self.handled = 0
        self.failed = 0
        self.dropped = 0
        self.mended = 0
        self.last_failure_kind: str | None = None
        self.last_failure_at: datetime | None = None
        self.latency = LatencyHistogram()
        self.report: Callable[[LifeReport], None] = lambda _report: None
        self._lock = threading.Lock()
        self._seen_waiting: tuple[int, Envelope | None] = (0, None)

    @property
    def is_idle(self) -> bool:
        """Whether it is running, nothing waits, and nothing is in hand."""
        return self.run is not None and not self.run.is_busy and not len(self.mailbox)

    def is_under(self, top: Cell) -> bool:
        """Whether it is ``top``, or a child of it, or of a child of it."""
        return self is top or (self.above is not None and self.above.is_under(top))

    def bind(
        self,
        spec: ChildSpec,
        *,
        loop: asyncio.AbstractEventLoop,
        report: Callable[[LifeReport], None],
    ) -> None:
        """Give the cell its spec; from now on its mailbox takes messages.

        What waits in the mailbox of a cell that was bound before stays there.
        """
        self.spec = spec
        self.loop = loop
        self.report = report
        if self.mailbox.closed:
            self.mailbox = _make_mailbox(spec)

    # --- Delivery, from any thread ----------------------------------------------------------

    def post(self, envelope: Envelope) -> Verdict:
        """Put a message in the mailbox and wake the incarnation; the caller counts drops."""
        verdict, displaced = self.mailbox.offer(envelope)
        if verdict is Verdict.ACCEPTED:
            run = self.run
            if run is not None:
                run.wake()
            if displaced is not None:
                self.drop(displaced, "displaced")
        return verdict

    def post_system(self, envelope: Envelope) -> bool:
        """Put a message in the system lane and wake the incarnation."""
        accepted = self.mailbox.offer_system(envelope)
        run = self.run
        if accepted and run is not None:
            run.wake()
        return accepted

    def refuse(self, envelope: Envelope, verdict: Verdict) -> ActorKitError:
        """Count a message that `post` did not accept and return the error that says why."""
        reason: DropReason = "closed" if verdict is Verdict.CLOSED else "full"
        if verdict is Verdict.SWALLOWED:
            reason = "swallowed"
        self.drop(envelope, reason)
        return self.drop_error(reason)

    def drop(self, envelope: Envelope, reason: DropReason) -> None:
        """Count a message that will not be handled, and tell its asker."""
        with self._lock:
            self.dropped += 1
        dead_letters = self.runtime.dead_letters
        dead_letters.record(name=self.name, envelope=envelope, reason=reason)
        dead_letters.publish(name=self.name, envelope=envelope, reason=reason)
        # An asker's own timer may be 20 ms later than the deadline, and it says what happened.
        if envelope.reply is not None and reason != "expired":
            envelope.reply.fail(self.drop_error(reason))

    def drop_unknown(self, envelope: Envelope) -> None:
        """Count a message whose type the actor does not handle, and tell its asker so."""
        message = type(envelope.message).__name__
        if envelope.reply is not None:
            envelope.reply.fail(UnknownMessageError(name=self.name, message=message))
        self.drop(envelope, "unknown")

    def drop_error(self, reason: DropReason) -> ActorKitError:
        """Return what an asker is told about a message dropped for ``reason``."""
        if reason in ("full", "swallowed", "displaced"):
            return MailboxFullError(name=self.name, size=self.mailbox.size)
        return ActorStoppedError(name=self.name)

    # --- Life -------------------------------------------------------------------------------

    def request_stop(self, reply: Reply | None) -> None:
        """Stop the present incarnation in good order, as Pykka's ``stop`` does."""
        if self.latest is not None:
            self.latest.request_stop(drain=False)
        if reply is not None:
            reply.resolve(None)

    def attach(self, run: Run) -> None:
        """Let a ready incarnation take messages; it may have complained in ``on_start`` already."""
        self.state = "running"
        self.run = run

    def fence(self, run: Run) -> None:
        """Take the mailbox away from an incarnation that is ending, and its complaint."""
        self.reason = None
        if self.run is run:
            self.run = None

    def note_failure(self, exit_: Exit) -> None:
        """Remember what ended an incarnation, by kind and time only."""
        self.last_failure_kind = exit_.kind
        self.last_failure_at = self.runtime.clock.now()

    def settle(self, in_hand: Sequence[Envelope], exit_: Exit) -> None:
        """Decide what becomes of messages whose handling was cut off."""
        self.mailbox.release_all()
        kind = exit_.kind or "stopped"
        for envelope in reversed(in_hand):
            idempotent = getattr(envelope.message, "idempotent", False)  # Pykka sends any object
            may_retry = idempotent and envelope.redeliveries < MAX_REDELIVERIES
            if may_retry and envelope.abandoned is None:
                envelope.redeliveries += 1
                envelope.on_abandoned = None
                self.mailbox.put_back(envelope)
                continue
            if envelope.reply is not None:
                envelope.reply.fail(ActorFailedError(name=self.name, kind=kind))
            self.failed += 1
        self.unstash()

    def unstash(self) -> None:
        """Put what an incarnation put aside back, before all that waits."""
        while self.stash:
            self.give_back(self.stash.pop())

    def give_back(self, envelope: Envelope) -> None:
        """Put a message back that a fenced incarnation took, and wake the next one for it."""
        self.mailbox.put_back(envelope)
        run = self.run
        if run is not None:
            run.wake()

    def is_stuck(self, run: Run, *, is_free: bool) -> bool:
        """Tell whether a message waits that waited at the last look, though the run is free.

        Called on the run's loop, in a turn of its own. Whatever wakes a worker was called before
        the last look has had its effect by now, so this should be impossible; it is counted.
        """
        now = (run.number, self.mailbox.head if is_free else None)
        before, self._seen_waiting = self._seen_waiting, now
        if now[1] is None or now != before:
            return False
        self.mended += 1
        say("error", "actor.mended", actor=self.name, incarnation=run.number)
        return True

    def close(self) -> int:
        """Take nothing more, ever; fail and count what still waits, and return how many."""
        self.mailbox.close()
        left = self.mailbox.take_all()
        for envelope in left:
            self.drop(envelope, "left")
        self.state = "stopped"
        return len(left)

    def statistics(self) -> ActorStatistics:
        """Return the cell's numbers as they are now."""
        p50_ms, p95_ms, p99_ms = self.latency.percentiles_ms(0.5, 0.95, 0.99)
        state = self.state
        if state == "running" and self.reason is not None:
            state = "degraded"
        return ActorStatistics(
            name=self.name,
            state=state,
            reason=self.reason,
            incarnation=self.number,
            restarts=self.restarts,
            mailbox_depth=len(self.mailbox),
            mailbox_peak=self.mailbox.peak,
            handled=self.handled,
            failed=self.failed,
            dropped=self.dropped,
            p50_ms=p50_ms,
            p95_ms=p95_ms,
            p99_ms=p99_ms,
            mended=self.mended,
            last_failure_kind=self.last_failure_kind,
            last_failure_at=self.last_failure_at,
        )


def _make_mailbox(spec: ChildSpec) -> Mailbox:
    size, overflow = spec.mailbox_size, spec.overflow
    if spec.order_by is None or spec.concurrency == 1:
        return Mailbox(size=size, overflow=overflow)
    return KeyedMailbox(size=size, overflow=overflow, key_of=spec.order_by)
