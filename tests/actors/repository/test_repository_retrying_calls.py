"""What is tried again, how often, within which time, and what is answered in the end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from actors.repository.breaker import BreakerRules
from actors.repository.in_memory import InMemoryConnection, failed
from actors.repository.messages import (
    CallFunction,
    DatabaseUnavailable,
    FunctionRefused,
    FunctionReturned,
)
from actors.repository.retrying_calls import RetryingCalls, RetryRules
from actors.testing import ManualClock

if TYPE_CHECKING:
    from actors.repository.errors import CallFailed

READ = CallFunction(name="answer", arguments=(), writes=False)
WRITE = CallFunction(name="answer", arguments=(("request_id", 1),), writes=True)
UNREPEATABLE = CallFunction(name="answer", arguments=(("guild_id", 1),), writes=True)
RETURNED = FunctionReturned.of(42)
REFUSED = FunctionRefused(code="P0001", message="no")


class Bench:
    """Calls over a connection in memory, with a clock that a test moves."""

    def __init__(
        self, *, breaker: BreakerRules | None = None, retries: RetryRules | None = None
    ) -> None:
        self.connection = InMemoryConnection({"answer": lambda **_: 42}, most_at_once=4)
        self.clock = ManualClock()
        self.failures: list[CallFailed] = []
        self.states: list[str] = []
        self.calls = RetryingCalls(
            self.connection,
            clock=self.clock,
            on_failure=self.failures.append,
            on_breaker=self.note_state,
            breaker=breaker,
            retries=retries,
        )

    def note_state(self) -> None:
        state = self.calls.breaker.state(self.clock.monotonic_s())
        if state != (self.states[-1] if self.states else "closed"):
            self.states.append(state)

    async def call(
        self, request: CallFunction
    ) -> FunctionReturned | FunctionRefused | DatabaseUnavailable:
        """Make a call and let as much time pass as it needs."""
        task = asyncio.create_task(self.calls.call(request))
        while not task.done():
            await self.clock.advance(0.01)
        return await task

    @property
    def attempts(self) -> int:
        return len(self.connection.calls)


@pytest.fixture
async def bench() -> Bench:
    bench = Bench()
    await bench.connection.open()
    return bench


@pytest.mark.parametrize("request_", [READ, WRITE])
@pytest.mark.parametrize("failures", [0, 1, 2])
async def test_what_fails_twice_at_most_succeeds(
    bench: Bench, request_: CallFunction, failures: int
) -> None:
    bench.connection.then(*[failed(saved=True)] * failures)

    answer = await bench.call(request_)

    assert answer == RETURNED
    assert bench.attempts == failures + 1
    assert bench.calls.repeated == failures


async def test_a_third_failure_is_the_last(bench: Bench) -> None:
    bench.connection.then(*[failed(detail=f"attempt {n}") for n in (1, 2, 3)])

    answer = await bench.call(READ)

    assert answer == DatabaseUnavailable(detail="attempt 3", may_have_been_saved=False)
    assert bench.attempts == 3


async def test_a_write_without_a_request_id_is_tried_once(bench: Bench) -> None:
    bench.connection.then(failed(saved=True))

    answer = await bench.call(UNREPEATABLE)

    assert isinstance(answer, DatabaseUnavailable)
    assert answer.may_have_been_saved
    assert bench.attempts == 1


async def test_a_refusal_is_not_tried_again(bench: Bench) -> None:
    bench.connection.then(REFUSED)

    assert await bench.call(WRITE) == REFUSED
    assert bench.attempts == 1


async def test_one_attempt_that_may_have_been_saved_is_remembered_to_the_end(bench: Bench) -> None:
    bench.connection.then(failed(saved=True), failed(saved=False), failed(saved=False))

    answer = await bench.call(WRITE)

    assert isinstance(answer, DatabaseUnavailable)
    assert answer.may_have_been_saved


async def test_a_refusal_after_a_lost_answer_is_not_told_as_if_nothing_were_saved(
    bench: Bench,
) -> None:
    bench.connection.then(failed(saved=True), REFUSED)

    answer = await bench.call(WRITE)

    assert isinstance(answer, DatabaseUnavailable)
    assert answer.may_have_been_saved


async def test_pauses_grow_and_never_reach_over_the_deadline(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the lot falls on the longest pauses, 0.1 and 0.2 s
    monkeypatch.setattr("random.uniform", lambda _shortest, longest: longest)
    bench.connection.then(*[failed()] * 3)

    await bench.call(replace(READ, within_s=0.35))

    assert bench.attempts == 2
    assert bench.clock.monotonic_s() <= 0.35


async def test_what_is_left_of_the_time_goes_along_with_each_attempt(bench: Bench) -> None:
    bench.connection.then(failed(retry_after_s=1.0))

    await bench.call(replace(READ, within_s=2.0))

    first, second = (request.within_s for request in bench.connection.calls)
    assert first == 2.0
    assert 0.9 <= second <= 1.0


async def test_a_pause_that_was_asked_for_is_kept_if_there_is_time(bench: Bench) -> None:
    bench.connection.then(failed(retry_after_s=1.0))
    in_time = await bench.call(replace(READ, within_s=2.0))
    passed_s = bench.clock.monotonic_s()

    bench.connection.then(failed(retry_after_s=7.0))
    too_late = await bench.call(replace(READ, within_s=2.0))

    assert in_time == RETURNED
    assert passed_s >= 1.0
    assert isinstance(too_late, DatabaseUnavailable)


async def test_the_breaker_keeps_calls_back_at_once_and_a_probe_lets_them_in_again() -> None:
    bench = Bench(breaker=BreakerRules(least_calls=3, open_s=1.0))
    await bench.connection.open()
    bench.connection.then(*[failed()] * 3)

    await bench.call(READ)
    tried = bench.attempts
    kept_back = await bench.call(WRITE)
    await bench.clock.advance(1.0)
    probe = await bench.call(READ)

    assert kept_back == DatabaseUnavailable(detail="the breaker is open", may_have_been_saved=False)
    assert (tried, bench.attempts) == (3, 4)
    assert probe == RETURNED
    assert bench.states == ["open", "half_open", "closed"]


@pytest.mark.parametrize(
    "harmless", [REFUSED, failed(cause="contention")], ids=["a refusal", "another transaction"]
)
async def test_what_says_nothing_against_the_database_opens_no_breaker(
    harmless: FunctionRefused | CallFailed,
) -> None:
    bench = Bench(breaker=BreakerRules(least_calls=1), retries=RetryRules(attempts=1))
    await bench.connection.open()
    bench.connection.then(*[harmless] * 20)

    for _ in range(20):
        await bench.call(READ)

    assert bench.states == []
    assert bench.calls.at_once == 4


async def test_a_cancelled_call_is_not_tried_again_and_says_nothing_about_the_database() -> None:
    bench = Bench(breaker=BreakerRules(least_calls=1))
    await bench.connection.open()
    bench.connection.then(*[partial(asyncio.sleep, 60)] * 20)

    for _ in range(20):
        task = asyncio.create_task(bench.calls.call(READ))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert bench.states == []
    assert bench.attempts == 20
    assert bench.calls.limiter.inside == 0


async def test_a_database_with_too_much_to_do_gets_fewer_calls_at_once_and_recovers(
    bench: Bench,
) -> None:
    bench.connection.then(failed(cause="overload"))
    await bench.call(READ)
    fewer = bench.calls.at_once

    for _ in range(20):
        bench.connection.then(*[partial(asyncio.sleep, 0)] * 4)
        await asyncio.gather(*(bench.calls.call(READ) for _ in range(4)))

    assert (fewer, bench.calls.at_once) == (2, 4)


async def test_more_calls_than_fit_wait_and_the_last_ones_are_told_in_time(bench: Bench) -> None:
    async def take_long() -> None:
        await asyncio.sleep(0.05)

    bench.connection.then(*[take_long] * 12)
    patient, impatient = replace(READ, within_s=5.0), replace(READ, within_s=0.02)

    answers = await asyncio.gather(
        *(bench.calls.call(patient) for _ in range(8)), bench.calls.call(impatient)
    )

    assert answers[:8] == [RETURNED] * 8
    assert answers[8] == DatabaseUnavailable(
        detail="too many calls wait for the database", may_have_been_saved=False
    )
