from __future__ import annotations

import asyncio
import gc
from contextvars import ContextVar
from typing import TYPE_CHECKING

from actors.kernel import correlation, current_correlation_id
from scooty.core.cached.single_flight import SingleFlight

if TYPE_CHECKING:
    import pytest

in_hand: ContextVar[str] = ContextVar("in_hand", default="nothing")


async def test_a_call_bears_the_id_of_who_made_it_and_nothing_else_of_their_context() -> None:
    flights = SingleFlight()

    async def look_around() -> tuple[str, str]:
        return current_correlation_id(), in_hand.get()

    in_hand.set("a message")
    with correlation("first"):
        flight = flights.board("key", look_around)
    with correlation("second"):
        joined = flights.board("key", look_around)

    assert joined is flight
    assert await asyncio.shield(flight) == ("first", "nothing")


async def test_a_call_that_has_ended_is_made_anew_for_the_next() -> None:
    flights, made = SingleFlight(), []

    async def call() -> None:
        made.append("call")

    for _ in range(2):
        await asyncio.shield(flights.board("key", call))
        await asyncio.sleep(0)  # the task says that it is done in the loop's next turn

    assert made == ["call", "call"]


async def test_an_error_that_nobody_waits_for_is_not_complained_about(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail() -> None:
        raise OSError

    flight = SingleFlight().board("key", fail)
    await asyncio.wait((flight,))
    del flight
    gc.collect()

    assert not caplog.records
