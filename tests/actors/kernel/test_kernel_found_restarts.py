"""Faults in restarts that reading the kernel and the supervisor's model brought up; all mended."""

from __future__ import annotations

import asyncio

import pytest

from actors.kernel import (
    ActorState,
    ActorStopped,
    ActorStoppedError,
    ActorSystem,
    RestartIntensity,
    Strategy,
    Subscribe,
    SupervisorSpec,
)
from actors.testing import CrashInStart, FaultInjector, Probe, virtual_time
from tests.actors.kernel.clerks import PATIENT, Diary, Work, crash
from tests.actors.kernel.patients import NO_JITTER, statistics_of


@virtual_time
async def test_the_back_off_of_failing_starts_grows_after_a_healthy_while_too() -> None:
    diary, injector, system = Diary(), FaultInjector(), ActorSystem(intensity=PATIENT)
    loop = asyncio.get_running_loop()
    await asyncio.sleep(1)

    async with system.running([injector.wrap(diary.spec("a"))]):
        await asyncio.sleep(100)
        injector.arm("a", CrashInStart(), times=4)
        await crash(system, "a")
        began = loop.time()
        await system.address("a").ask(Work(), timeout_s=60)
        took_s = loop.time() - began

    assert took_s == pytest.approx(0.1 + 0.2 + 0.4 + 0.8 + 1.6, abs=0.01)


@pytest.mark.parametrize("strategy", ["rest_for_one", "one_for_all"])
@virtual_time
async def test_a_temporary_actor_stopped_with_its_group_stays_down_and_says_so(
    strategy: Strategy,
) -> None:
    diary, probe = Diary(), Probe()
    system = ActorSystem(strategy=strategy, intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b", restart="temporary")]):
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        await crash(system, "a")
        await system.address("a").ask(Work(), timeout_s=5)
        stopped = await probe.expect(ActorStopped)
        with pytest.raises(ActorStoppedError):
            await system.address("b").ask(Work(), timeout_s=5)
        state: ActorState = (await statistics_of(system, "b")).state

    assert stopped == ActorStopped(name="b")
    assert state == "stopped"
    assert diary.count == {"a": 2, "b": 1}


@virtual_time
async def test_a_group_is_stopped_in_reverse_order_one_after_the_other() -> None:
    diary = Diary()
    diary.stop_delays = {"b#1": 0.2, "c#1": 0.3}
    system = ActorSystem(strategy="one_for_all", intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b", "a"), diary.spec("c", "b")]):
        diary.events.clear()
        await crash(system, "a")
        await asyncio.sleep(3)
        events = [event for event in diary.events if not event.startswith("tick")]

    assert events == [
        *("stopping a#1", "stopped a#1"),
        *("stopping c#1", "stopped c#1"),
        *("stopping b#1", "stopped b#1"),
        *("start a#2", "start b#2", "start c#2"),
    ]


@virtual_time
async def test_a_group_that_gives_up_leaves_no_old_incarnation_alive() -> None:
    diary, system = Diary(), ActorSystem(intensity=PATIENT)
    diary.stop_delays = {"c#1": 7.0}
    group = SupervisorSpec(
        name="group",
        children=(
            diary.spec("a"),
            diary.spec("b", "a"),
            diary.spec("c", "b", stop_timeout_s=8.0),
        ),
        intensity=RestartIntensity(restarts=0),
        backoff=NO_JITTER,
    )

    async with system.running([group]):
        await crash(system, "b")
        await asyncio.sleep(10)
        diary.events.clear()
        await asyncio.sleep(10)
        ticking = {event for event in diary.events if event.startswith("tick")}
        restarts = [(await statistics_of(system, name)).incarnation for name in "abc"]

    assert ticking == {"tick a#2", "tick b#2", "tick c#2"}
    assert restarts == [2, 2, 2]


@virtual_time
async def test_every_start_after_the_first_is_counted_as_a_restart() -> None:
    diary, system = Diary(), ActorSystem(intensity=PATIENT)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"), diary.spec("b")),
        intensity=RestartIntensity(restarts=0),
        backoff=NO_JITTER,
    )

    async with system.running([group]):
        await crash(system, "b")
        await asyncio.sleep(5)
        statistics = [await statistics_of(system, name) for name in ("group", "a", "b")]

    assert [one.incarnation - 1 for one in statistics] == [1, 1, 1]
    assert [one.restarts for one in statistics] == [1, 1, 1]
