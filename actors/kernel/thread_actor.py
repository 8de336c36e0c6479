"""The base of actors that own a thread, for work that holds the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import pykka
from typing_extensions import override

from actors.kernel.messages import Message

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from actors.kernel.address import Address
    from actors.kernel.clock import Clock

__all__ = ["ThreadActor"]

M = TypeVar("M", bound=Message)


class ThreadActor(pykka.ThreadingActor, Generic[M]):
    """An actor on its own thread; override the three hooks, all run on that thread."""

    address: Address
    log: FilteringBoundLogger
    clock: Clock

    @override
    def on_start(self) -> None:
        """Prepare; the actor is ready when this returns. Raising ends the incarnation."""

    @override
    def on_receive(self, message: M) -> object:
        """Handle one message; what is returned is the reply of a `Query`."""
        raise NotImplementedError

    @override
    def on_stop(self) -> None:
        """Clean up, after an orderly stop and after a failure alike."""

    def report_degraded(self, reason: str) -> None:
        """Say that this actor works, but not fully, and why."""
        raise NotImplementedError

    def report_recovered(self) -> None:
        """Take the last `report_degraded` back."""
        raise NotImplementedError
