"""An ask: its reply, its deadline, and an caller who leaves."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from actors.kernel import (
    ActorKitError,
    ActorStoppedError,
    ActorSystem,
    AskTimeoutError,
    GetStatistics,
)
from actors.testing import Probe, virtual_time
from tests.actors.kernel.kernel_desk import Double, GetNotes, Note, Work, desk_spec, dropped_by


@virtual_time
async def test_ask_returns_what_the_handler_returns() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        reply = await desk.ask(Double(number=21), timeout_s=1)

    assert reply == 42


async def test_ask_works_from_another_thread_with_its_own_loop() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()], own_thread=True):

        def elsewhere() -> int:
            return asyncio.run(ask_once())

        async def ask_once() -> int:
            return await desk.ask(Double(number=4), timeout_s=5)

        reply = await asyncio.to_thread(elsewhere)

    assert reply == 8


async def test_ask_blocking_works_from_a_thread_without_a_loop() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        reply = await asyncio.to_thread(desk.ask_blocking, Double(number=5), timeout_s=5)

    assert reply == 10


@virtual_time
async def test_ask_blocking_is_refused_on_a_loops_own_thread() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        with pytest.raises(ActorKitError, match="would stop this thread's event loop"):
            desk.ask_blocking(Double(number=1), timeout_s=1)


@pytest.mark.parametrize("timeout_s", [0, -1, float("nan"), float("inf"), None, "1"])
def test_ask_without_a_real_deadline_is_refused_when_it_is_built(timeout_s: Any) -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(ValueError, match=r"ask of desk with timeout_s=.* above 0 is needed"):
        _ = desk.ask(Double(number=1), timeout_s=timeout_s)


def test_ask_without_any_deadline_is_refused_when_it_is_built() -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(TypeError, match="timeout_s"):
        _ = desk.ask(Double(number=1))  # type: ignore[call-arg]


def test_asking_a_message_that_has_no_reply_is_refused() -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(TypeError, match="Note is no Query"):
        _ = desk.ask(Note(number=1), timeout_s=1)  # type: ignore[arg-type]


@virtual_time
async def test_ask_before_the_system_runs_says_that_the_actor_is_not_there() -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(ActorStoppedError, match="desk takes no messages"):
        await desk.ask(Double(number=1), timeout_s=1)

    assert desk.tell(Note(number=1)) is False


@virtual_time
async def test_ask_times_out_at_its_deadline_which_ends_its_handler() -> None:
    system = ActorSystem()
    desk = system.address("desk")
    loop = asyncio.get_running_loop()

    async with system.running([desk_spec()]):
        with pytest.raises(AskTimeoutError, match=r"desk did not answer Work within 0\.25 s"):
            await desk.ask(Work(seconds=1), timeout_s=0.25)
        timed_out_at = loop.time()
        notes = await desk.ask(GetNotes(), timeout_s=5)

    assert timed_out_at == pytest.approx(0.25)
    assert notes == ()


@virtual_time
async def test_a_long_deadline_is_at_most_twenty_milliseconds_late() -> None:
    probe = Probe()
    loop = asyncio.get_running_loop()

    with pytest.raises(AskTimeoutError):
        await probe.address.ask(Double(number=1), timeout_s=3.333)

    assert 3.333 <= loop.time() <= 3.354


@virtual_time
async def test_work_whose_deadline_passed_in_the_mailbox_is_skipped_and_counted() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        slow = asyncio.create_task(desk.ask(Work(seconds=2, number=1), timeout_s=5))
        await asyncio.sleep(0)
        with pytest.raises(AskTimeoutError):
            await desk.ask(Work(seconds=1, number=2), timeout_s=1)
        await slow
        notes = await desk.ask(GetNotes(), timeout_s=1)
        dropped = await dropped_by(system)

    assert notes == (1,)
    assert dropped == 1


@virtual_time
async def test_cancelling_the_asker_reaches_the_handler_and_spares_the_actor() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        asking = asyncio.create_task(desk.ask(Work(seconds=100), timeout_s=200))
        await asyncio.sleep(1)
        asking.cancel()
        await asyncio.wait([asking])
        reply = await desk.ask(Double(number=1), timeout_s=1)
        (statistics,) = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors

    assert asking.cancelled()
    assert reply == 2
    assert statistics.incarnation == 1
    assert asyncio.get_running_loop().time() < 10


@virtual_time
async def test_cancelling_the_asker_of_a_waiting_query_takes_it_out() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        first = asyncio.create_task(desk.ask(Work(seconds=5, number=1), timeout_s=20))
        second = asyncio.create_task(desk.ask(Work(seconds=5, number=2), timeout_s=20))
        await asyncio.sleep(1)
        second.cancel()
        await first
        notes = await desk.ask(GetNotes(), timeout_s=1)

    assert notes == (1,)
