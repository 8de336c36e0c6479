"""What a part of an actor needs of the actor that it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine

    from structlog.typing import FilteringBoundLogger

    from actors.kernel.clock import Clock

T = TypeVar("T")


class TaskOwner(Protocol):
    """An `AsyncioActor` as its parts see it, or a test in its place."""

    @property
    def clock(self) -> Clock:
        """The actor's time."""

    @property
    def log(self) -> FilteringBoundLogger:
        """The actor's logger."""

    def spawn(self, coroutine: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Run a coroutine for as long as the incarnation lives."""
