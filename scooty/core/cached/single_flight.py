"""One call for everybody who asks the same at the same time."""

from __future__ import annotations

import asyncio
from contextvars import Context
from typing import TYPE_CHECKING, Any, TypeVar

from actors.kernel import correlation, current_correlation_id

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable

T = TypeVar("T")


class SingleFlight:
    """Calls that are on their way, by what they fetch."""

    def __init__(self) -> None:
        self._flights: dict[Hashable, asyncio.Task[Any]] = {}

    def board(self, key: Hashable, call: Callable[[], Coroutine[Any, Any, T]]) -> asyncio.Task[T]:
        """Return the call of ``key``, made now unless it is on its way.

        It belongs to nobody, and goes on when who waits for it is cancelled. So it must not be
        awaited bare, which would cancel it too, but through `asyncio.shield` or `asyncio.wait`.
        """
        flight = self._flights.get(key)
        if flight is None:
            # A context of its own: in that of its first passenger, an actor in the middle of a
            # message, its waits would count as that actor's.
            reference = current_correlation_id()
            flight = asyncio.create_task(_fly(call, reference), context=Context())
            self._flights[key] = flight
            flight.add_done_callback(lambda landed: self._land(key, landed))
        return flight

    def _land(self, key: Hashable, landed: asyncio.Task[Any]) -> None:
        self._flights.pop(key, None)
        if not landed.cancelled():
            landed.exception()  # looked at, in case that no passenger is left to do so


async def _fly(call: Callable[[], Coroutine[Any, Any, T]], reference: str) -> T:
    with correlation(reference):
        return await call()
