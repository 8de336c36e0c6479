"""Where an actor is reached, for as long as its system lives."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Any, Generic

from typing_extensions import TypeVar, override

from actors.kernel.correlation import correlation_variable, new_correlation_id
from actors.kernel.deadlines import expire_later
from actors.kernel.envelope import Envelope, LoopReply, ThreadReply
from actors.kernel.errors import ActorKitError, AskTimeoutError
from actors.kernel.frozen import require_frozen
from actors.kernel.handling import current_handling, deadline_variable
from actors.kernel.loops import running_loop
from actors.kernel.mailbox import Verdict
from actors.kernel.messages import Message, Query

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from actors.kernel.cell import Cell
    from actors.kernel.messages import Asked, Told

M_contra = TypeVar("M_contra", contravariant=True, default=Any)
R = TypeVar("R")


class Address(Generic[M_contra]):
    """A name that stays valid over restarts; usable from any thread and any event loop.

    ``Address[A | B]`` is where an ``A`` or a ``B`` may be sent: so an actor that handles more is
    as good. A type checker refuses what the receiver has no arm for, and to tell a query.

    Taken from `ActorSystem.address`, or from an actor's own ``self.address``.
    """

    __slots__ = ("_cell", "name")

    def __init__(self, cell: Cell) -> None:
        self.name = cell.name
        self._cell = cell

    @override
    def __repr__(self) -> str:
        return f"Address({self.name!r})"

    @override
    def __hash__(self) -> int:
        return hash(self.name)

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and other._cell is self._cell

    def tell(self, message: Told[M_contra]) -> bool:
        """Send without waiting; never blocks and never raises for delivery.

        Raises:
            TypeError: it is no `Message`; or it can change, where that is looked for.

        Returns:
            False when the message was dropped, which is counted as a dead letter.
        """
        if not isinstance(message, Message):
            raise TypeError(
                f"{type(message).__name__} is no Message, so {self.name} is not told it"
            )
        cell = self._cell
        if cell.runtime.checks_messages:
            require_frozen(message)
        correlation_id = correlation_variable.get("") or new_correlation_id()
        envelope = Envelope(message, None, correlation_id, None)
        verdict = cell.post(envelope)
        if verdict is Verdict.ACCEPTED:
            return True
        cell.refuse(envelope, verdict)
        return False

    def hand_over(self, envelope: Envelope) -> None:
        """Deliver what another actor took; `Member.forward` is the way."""
        verdict = self._cell.post(envelope)
        if verdict is not Verdict.ACCEPTED:
            self._cell.refuse(envelope, verdict)

    @property
    def is_gone(self) -> bool:
        """Whether the actor was there and has ended for good, as far as its supervisor knows."""
        return self._cell.number > 0 and self._cell.mailbox.closed

    # With Any in place of object, mypy takes what ``asyncio.gather`` returns of several for Any.
    def ask(self, query: Asked[M_contra, R], *, timeout_s: float) -> Coroutine[object, object, R]:
        """Send and await the reply, from a coroutine on any event loop.

        Cancelling the awaiting task reaches the handler, and so does the deadline, unless the
        actor `finishes_expired` work. An ask made by a handler ends when the one in hand does. A
        reply after the deadline is ignored.

        Args:
            query: what to ask.
            timeout_s: the deadline in seconds, more than 0.

        Raises:
            AskTimeoutError: no reply before the deadline.
            MailboxFullError: the receiver's mailbox refused it.
            ActorStoppedError: the receiver is not started, stopping, or gone for good.
            ActorFailedError: the receiver failed with this query in hand.
            UnknownMessageError: the receiver has no arm for this query.
            ValueError: the deadline is not a positive number of seconds; when the ask is built.
        """
        _check(self._cell, query, timeout_s)
        return self._ask(query, timeout_s)

    async def _ask(self, query: Asked[M_contra, R], timeout_s: float) -> R:
        cell = self._cell
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        correlation_id = correlation_variable.get("") or new_correlation_id()
        deadline, timeout_s = _clip(cell.runtime.time(), timeout_s)
        envelope = Envelope(query, LoopReply(loop, future), correlation_id, deadline)
        handling = current_handling.get()
        token = handling.begin_wait() if handling is not None else 0
        bucket = expire_later(
            loop, future, timeout_s, lambda: _timeout_error(self.name, query, timeout_s)
        )
        try:
            verdict = cell.post(envelope)
            if verdict is not Verdict.ACCEPTED:
                await self._knock(envelope, verdict, future)
            return await future
        except asyncio.CancelledError:
            envelope.abandon("cancelled")
            raise
        except AskTimeoutError:
            envelope.abandon("expired")
            raise
        finally:
            bucket.pop(future, None)
            if handling is not None:
                handling.end_wait(token)

    async def _knock(
        self, envelope: Envelope, verdict: Verdict, reply: asyncio.Future[Any]
    ) -> None:
        cell = self._cell
        loop = asyncio.get_running_loop()
        while verdict is Verdict.FULL and cell.mailbox.overflow == "block":
            room: asyncio.Future[None] = loop.create_future()
            waiter = LoopReply(loop, room)
            cell.mailbox.wait_for_room(waiter)
            try:
                await asyncio.wait((room, reply), return_when=asyncio.FIRST_COMPLETED)
            except asyncio.CancelledError:
                cell.mailbox.leave_room(waiter)  # room that came at this moment is for the next
                raise
            if reply.done():
                cell.mailbox.leave_room(waiter)
                cell.drop(envelope, "full")
                return
            verdict = cell.post(envelope)
        if verdict is not Verdict.ACCEPTED:
            cell.refuse(envelope, verdict)

    def ask_blocking(self, query: Asked[M_contra, R], *, timeout_s: float) -> R:
        """Send and wait for the reply, from a thread that runs no event loop.

        Raises the same errors as `ask`.
        """
        _check(self._cell, query, timeout_s)
        if running_loop() is not None:
            raise ActorKitError(
                f"ask_blocking of {self.name} would stop this thread's event loop; use ask"
            )
        cell = self._cell
        reply = ThreadReply()
        correlation_id = correlation_variable.get("") or new_correlation_id()
        deadline, timeout_s = _clip(cell.runtime.time(), timeout_s)
        envelope = Envelope(query, reply, correlation_id, deadline)
        handling = current_handling.get()
        token = handling.begin_wait() if handling is not None else 0
        try:
            self._knock_blocking(envelope, deadline)
            if not reply.wait(deadline - cell.runtime.time()):
                reply.fail(_timeout_error(self.name, query, timeout_s))
                envelope.abandon("expired")
            value: R = reply.take()
            return value
        finally:
            if handling is not None:
                handling.end_wait(token)

    def _knock_blocking(self, envelope: Envelope, deadline: float) -> None:
        cell = self._cell
        verdict = cell.post(envelope)
        while verdict is Verdict.FULL and cell.mailbox.overflow == "block":
            room = ThreadReply()
            cell.mailbox.wait_for_room(room)
            if not room.wait(deadline - cell.runtime.time()):
                cell.mailbox.leave_room(room)
                cell.drop(envelope, "full")
                return
            verdict = cell.post(envelope)
        if verdict is not Verdict.ACCEPTED:
            cell.refuse(envelope, verdict)


def _check(cell: Cell, query: object, timeout_s: float) -> None:
    name = cell.name
    try:
        is_deadline = 0 < timeout_s < math.inf
    except TypeError:  # None, or a word
        is_deadline = False
    if not is_deadline:
        raise ValueError(
            f"ask of {name} with timeout_s={timeout_s!r}: a deadline in seconds above 0 is needed"
        )
    if not isinstance(query, Query):
        raise TypeError(
            f"{type(query).__name__} is no Query, so {name} cannot be asked it; tell it"
        )
    if cell.runtime.checks_messages:
        require_frozen(query)


def _clip(now: float, timeout_s: float) -> tuple[float, float]:
    """Return when an ask ends: at its deadline, or at that of the ask for which it is made."""
    deadline, limit = now + timeout_s, deadline_variable.get()
    return (deadline, timeout_s) if deadline <= limit else (limit, max(limit - now, 0.0))


def _timeout_error(name: str, query: object, timeout_s: float) -> AskTimeoutError:
    return AskTimeoutError(name=name, query=type(query).__name__, timeout_s=timeout_s)
