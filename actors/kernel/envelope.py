"""A message on its way, and where its reply goes.

The first completion of a reply wins, all later ones are ignored, and they may come from any thread.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Literal, Protocol

from actors.kernel.loops import running_loop

if TYPE_CHECKING:
    import asyncio

    import pykka

    from actors.kernel.messages import Message


class Reply(Protocol):
    """Where the answer to one envelope goes."""

    def resolve(self, value: Any) -> None:
        """Complete with a value, unless completed already."""
        ...

    def fail(self, error: BaseException) -> None:
        """Complete with an error, unless completed already."""
        ...


class Envelope:
    """A message with all that the kernel must know about its journey."""

    __slots__ = (
        "abandoned",
        "correlation_id",
        "deadline",
        "forwarded",
        "message",
        "on_abandoned",
        "redeliveries",
        "reply",
    )

    def __init__(
        self,
        message: Any,
        reply: Reply | None,
        correlation_id: str,
        deadline: float | None,
    ) -> None:
        self.message: Message = message
        self.reply = reply
        self.correlation_id = correlation_id
        self.deadline = deadline
        self.redeliveries = 0
        self.abandoned: Literal["cancelled", "expired"] | None = None
        """The asker was cancelled, or its deadline passed; nobody waits for this any more."""
        self.forwarded: Envelope | None = None
        """What another actor was handed in its place."""
        self.on_abandoned: Any = None
        """Called, on any thread, when that happens while this is being handled."""

    def abandon(self, why: Literal["cancelled", "expired"]) -> None:
        """Tell whoever handles this that nobody waits for the reply."""
        self.abandoned = why
        if self.forwarded is not None:
            self.forwarded.abandon(why)
        notify = self.on_abandoned
        if notify is not None:
            notify(self)


class LoopReply:
    """A reply awaited on an event loop."""

    __slots__ = ("_future", "_loop")

    def __init__(self, loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any]) -> None:
        self._loop = loop
        self._future = future

    def resolve(self, value: Any) -> None:
        """Complete with a value, at once when called on the asker's own loop."""
        if running_loop() is self._loop:
            if not self._future.done():
                self._future.set_result(value)
        else:
            self._later(self._set_result, value)

    def fail(self, error: BaseException) -> None:
        """Complete with an error, at once when called on the asker's own loop."""
        if running_loop() is self._loop:
            self._set_error(error)
        else:
            self._later(self._set_error, error)

    def _later(self, complete: Any, outcome: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(complete, outcome)
        except RuntimeError:  # the asker's loop is closed, so nobody waits
            return

    def _set_result(self, value: Any) -> None:
        if not self._future.done():
            self._future.set_result(value)

    def _set_error(self, error: BaseException) -> None:
        if not self._future.done():
            self._future.set_exception(error)


class ThreadReply:
    """A reply that a thread blocks for."""

    __slots__ = ("_done", "_error", "_lock", "_value")

    def __init__(self) -> None:
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._value: Any = None
        self._error: BaseException | None = None

    def resolve(self, value: Any) -> None:
        """Complete with a value."""
        with self._lock:
            if not self._done.is_set():
                self._value = value
                self._done.set()

    def fail(self, error: BaseException) -> None:
        """Complete with an error."""
        with self._lock:
            if not self._done.is_set():
                self._error = error
                self._done.set()

    def wait(self, timeout_s: float) -> bool:
        """Block until completed; False when ``timeout_s`` passed first."""
        return self._done.wait(timeout_s)

    def take(self) -> Any:
        """Return the value or raise the error of a completed reply."""
        if self._error is not None:
            raise self._error
        return self._value


class PykkaReply:
    """A reply to Pykka's own ``ActorRef.ask``."""

    __slots__ = ("_future",)

    def __init__(self, future: pykka.Future[Any]) -> None:
        self._future = future

    def resolve(self, value: Any) -> None:
        """Complete with a value; the kernel's futures ignore a second completion."""
        self._future.set(value)

    def fail(self, error: BaseException) -> None:
        """Complete with an error."""
        self._future.set_exception((type(error), error, error.__traceback__))
