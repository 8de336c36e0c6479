from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorStoppedError,
    AsyncioActor,
    Backoff,
    ChildSpec,
    IntensityExceededError,
    Query,
    ThreadActor,
)
from actors.testing import ManualClock, run_actor, virtual_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Query[int]):
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetTime(Query[datetime]):
    pass


class Counter(AsyncioActor[Add | GetTime]):
    """Counts, and stumbles over a zero."""

    def __init__(self, *, starts: bool = True) -> None:
        super().__init__()
        self._starts = starts
        self._total = 0
        self.is_stopped = False

    @override
    async def on_start(self) -> None:
        if not self._starts:
            raise ConnectionError("the bank is closed")

    @override
    async def on_stop(self) -> None:
        self.is_stopped = True

    @override
    async def on_receive(self, message: Add | GetTime) -> int | datetime:
        if isinstance(message, GetTime):
            return self.clock.now()
        self._total += message.amount
        return self._total // message.amount * message.amount


class Press(ThreadActor[Add]):
    @override
    def on_receive(self, message: Add) -> int:
        return message.amount


async def test_an_actor_runs_for_the_length_of_the_block() -> None:
    counter = Counter()

    async with run_actor(counter) as address:
        total = await address.ask(Add(amount=2), timeout_s=5)

    assert total == 2
    assert counter.is_stopped


async def test_a_thread_actor_runs_like_any_other() -> None:
    async with run_actor(Press()) as address:
        assert await address.ask(Add(amount=3), timeout_s=5) == 3


@virtual_time
async def test_an_actor_object_is_not_restarted() -> None:
    async with run_actor(Counter()) as address:
        with pytest.raises(ActorFailedError, match="ZeroDivisionError"):
            await address.ask(Add(amount=0), timeout_s=5)
        await asyncio.sleep(60)
        with pytest.raises(ActorStoppedError):
            await address.ask(Add(amount=1), timeout_s=5)


@virtual_time
async def test_a_spec_is_restarted_as_it_says() -> None:
    spec = ChildSpec(name="counter", start=Counter, backoff=Backoff(first_s=3.0, jitter=0.0))
    loop = asyncio.get_running_loop()

    async with run_actor(spec) as address:
        with pytest.raises(ActorFailedError):
            await address.ask(Add(amount=0), timeout_s=5)
        total = await address.ask(Add(amount=4), timeout_s=5)

    assert total == 4
    assert loop.time() == pytest.approx(3.0)


async def test_what_start_raises_is_the_cause_of_what_the_block_raises() -> None:
    with pytest.raises(IntensityExceededError) as caught:
        async with run_actor(Counter(starts=False)):
            raise AssertionError("it never began")

    assert repr(caught.value.__cause__) == "ConnectionError('the bank is closed')"


async def test_the_actor_sees_the_clock_that_the_test_holds() -> None:
    clock = ManualClock(datetime(2026, 5, 1, tzinfo=UTC))

    async with run_actor(Counter(), clock=clock) as address:
        await clock.advance(3600)
        seen = await address.ask(GetTime(), timeout_s=5)

    assert seen == datetime(2026, 5, 1, 1, tzinfo=UTC)
