"""The base of actors that live on an event loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import pykka
from typing_extensions import override

from actors.kernel.messages import Message

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine

    from structlog.typing import FilteringBoundLogger

    from actors.kernel.address import Address
    from actors.kernel.clock import Clock

__all__ = ["AsyncioActor", "Crashed", "Finished", "Outcome"]

M = TypeVar("M", bound=Message)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Generic[T]):
    """Isolated work returned."""

    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """Isolated work raised; ``kind`` is the type name of what it raised."""

    kind: str


Outcome: TypeAlias = Finished[T] | Crashed


class AsyncioActor(pykka.Actor, Generic[M]):
    """An actor on the system's event loop; override the three hooks, all run on that loop."""

    address: Address
    log: FilteringBoundLogger
    clock: Clock

    @override
    async def on_start(self) -> None:  # type: ignore[override]
        """Prepare; the actor is ready when this returns. Raising ends the incarnation."""

    @override
    async def on_receive(self, message: M) -> object:
        """Handle one message; what is returned is the reply of a `Query`."""
        raise NotImplementedError

    @override
    async def on_stop(self) -> None:  # type: ignore[override]
        """Clean up, after an orderly stop and after a failure alike."""

    def spawn(self, coroutine: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Run ``coroutine`` beside the handlers, for this incarnation only."""
        raise NotImplementedError

    async def isolate(self, coroutine: Coroutine[Any, Any, T]) -> Outcome[T]:
        """Run ``coroutine`` and turn what it raises into a value, logged and counted."""
        raise NotImplementedError

    def report_degraded(self, reason: str) -> None:
        """Say that this actor works, but not fully, and why."""
        raise NotImplementedError

    def report_recovered(self) -> None:
        """Take the last `report_degraded` back."""
        raise NotImplementedError

    @override
    @staticmethod
    def _create_actor_inbox() -> Any:
        raise NotImplementedError

    @override
    @staticmethod
    def _create_future() -> Any:
        raise NotImplementedError

    @override
    def _start_actor_loop(self) -> None:
        raise NotImplementedError
