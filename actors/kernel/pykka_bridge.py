"""Pykka's extension points, led to the kernel: its inbox and its future.

``ActorRef.tell``, ``ActorRef.ask`` and ``ActorRef.stop`` work on kernel actors through these.
"""

from __future__ import annotations

import asyncio
import queue
from typing import TYPE_CHECKING, Any, TypeVar

import pykka
from pykka.messages import _ActorStop
from typing_extensions import override

from actors.kernel.correlation import correlation_variable, new_correlation_id
from actors.kernel.envelope import Envelope, PykkaReply
from actors.kernel.mailbox import Verdict

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator

    from actors.kernel.cell import Cell

T = TypeVar("T")

if TYPE_CHECKING:

    class PykkaActor:
        """`pykka.Actor` without its hooks, whose synchronous types an async hook cannot have.

        Type checkers would otherwise complain about each ``async def on_start`` of each actor.
        """

        actor_urn: str
        actor_inbox: Any
        actor_stopped: threading.Event

        @property
        def actor_ref(self) -> pykka.ActorRef[Any]:
            """Pykka's own reference to this incarnation."""

        @classmethod
        def start(cls, *args: Any, **kwargs: Any) -> pykka.ActorRef[Any]:
            """Start an actor without a supervisor."""

        def stop(self) -> None:
            """End this incarnation in good order after the message in hand."""

        @staticmethod
        def _create_actor_inbox() -> Any: ...

        @staticmethod
        def _create_future() -> Any: ...

        def _start_actor_loop(self) -> None: ...

else:
    PykkaActor = pykka.Actor


class KernelFuture(pykka.ThreadingFuture[T]):
    """A Pykka future whose first completion wins, and which can be awaited on a loop."""

    def __init__(self) -> None:
        super().__init__()
        self._watchers: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []

    @override
    def set(self, value: T | None = None) -> None:
        """Complete with a value; ignored when completed already."""
        with self._condition:
            try:
                super().set(value)
            except queue.Full:
                return
            self._notify()

    @override
    def set_exception(self, exc_info: Any = None) -> None:
        """Complete with an error; ignored when completed already."""
        with self._condition:
            try:
                super().set_exception(exc_info)
            except queue.Full:
                return
            self._notify()

    def _notify(self) -> None:
        for loop, watcher in self._watchers:
            try:
                loop.call_soon_threadsafe(_finish, watcher)
            except RuntimeError:  # that loop is closed, so nobody waits on it
                continue
        self._watchers.clear()

    @override
    def __await__(self) -> Generator[Any, None, T]:
        loop = asyncio.get_running_loop()
        watcher: asyncio.Future[None] | None = None
        with self._condition:
            if self._result is None and self._get_hook is None:
                watcher = loop.create_future()
                self._watchers.append((loop, watcher))
        if watcher is not None:
            yield from watcher
        value: T = self.get()
        return value


def _finish(watcher: asyncio.Future[None]) -> None:
    if not watcher.done():
        watcher.set_result(None)


class Inbox:
    """What Pykka takes for the actor's queue; it leads to the cell's mailbox."""

    __slots__ = ("_cell",)

    def __init__(self) -> None:
        self._cell: Cell | None = None

    def lead_to(self, cell: Cell) -> None:
        """Send everything that comes to ``cell``."""
        self._cell = cell

    def put(self, envelope: Any, /) -> None:
        """Deliver one of Pykka's envelopes."""
        cell = self._cell
        if cell is None:
            raise pykka.ActorDeadError("the actor is not started")
        reply = None if envelope.reply_to is None else PykkaReply(envelope.reply_to)
        if isinstance(envelope.message, _ActorStop):
            cell.request_stop(reply)
            return
        correlation_id = correlation_variable.get("") or new_correlation_id()
        ours = Envelope(envelope.message, reply, correlation_id, None)
        verdict = cell.post(ours)
        if verdict is not Verdict.ACCEPTED:
            cell.refuse(ours, verdict)

    def get(self) -> Any:
        """Not for use: incarnations read the cell's mailbox."""
        raise NotImplementedError

    def empty(self) -> bool:
        """Whether nothing waits."""
        return self._cell is None or len(self._cell.mailbox) == 0
