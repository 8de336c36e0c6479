"""Who is restarted with whom, in one supervisor and in groups."""

from __future__ import annotations

import asyncio

import pytest

from actors.kernel import (
    ActorEnded,
    ActorFailedError,
    ActorStoppedError,
    ActorSystem,
    Backoff,
    InjectFault,
    IntensityExceededError,
    RestartIntensity,
    Strategy,
    SupervisorSpec,
    Watch,
)
from actors.testing import Probe, virtual_time
from tests.actors.kernel.patients import (
    NO_JITTER,
    PATIENT,
    Complain,
    Diary,
    Fail,
    Hang,
    Note,
    Ping,
    statistics_of,
)


@pytest.mark.parametrize(
    ("strategy", "restarted"),
    [("one_for_one", "b"), ("rest_for_one", "bc"), ("one_for_all", "abc")],
)
@virtual_time
async def test_a_strategy_restarts_whom_it_names_and_nobody_else(
    strategy: Strategy, restarted: str
) -> None:
    diary = Diary()
    system = ActorSystem(strategy=strategy, intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b", "a"), diary.spec("c", "b")]):
        with pytest.raises(ActorFailedError):
            await system.address("b").ask(Fail(), timeout_s=1)
        await asyncio.sleep(1)
        numbers = {name: await system.address(name).ask(Ping(), timeout_s=1) for name in "abc"}
        events = diary.events[3:]

    assert {name for name, number in numbers.items() if number == 2} == set(restarted)
    stops = [event for event in events if event.startswith("stop")]
    starts = [event for event in events if event.startswith("start")]
    assert starts == [f"start {name}" for name in restarted]
    assert stops[1:] == [f"stop {name}" for name in reversed(restarted) if name != "b"]
    assert events.index(starts[0]) > events.index(stops[-1])


@virtual_time
async def test_a_group_that_gives_up_is_restarted_by_the_supervisor_above() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"), diary.spec("b", "a")),
        intensity=RestartIntensity(restarts=1, within_s=60),
        backoff=NO_JITTER,
    )

    async with system.running([diary.spec("outside"), group]):
        system.address("a").tell(Complain(reason="kept"))
        for _ in range(2):
            await system.address("b").ask(Ping(), timeout_s=5)
            await system.supervisor.ask(InjectFault(name="b", fault="crash"), timeout_s=1)
        await asyncio.sleep(1)
        numbers = [
            await system.address(name).ask(Ping(), timeout_s=5) for name in ("a", "b", "outside")
        ]
        group_statistics = await statistics_of(system, "group")

    assert numbers == [2, 3, 1]  # b once alone and once with its group
    assert group_statistics.restarts == 1
    assert group_statistics.last_failure_kind == "IntensityExceededError"


@virtual_time
async def test_giving_up_goes_up_the_tree_to_the_exit_code() -> None:
    diary = Diary()
    diary.start_failures["a"] = 1000
    inner = SupervisorSpec(
        name="inner",
        children=(diary.spec("a"),),
        intensity=RestartIntensity(restarts=1),
        backoff=NO_JITTER,
    )
    outer = SupervisorSpec(
        name="outer",
        children=(inner,),
        intensity=RestartIntensity(restarts=1),
        backoff=NO_JITTER,
    )
    system = ActorSystem(intensity=RestartIntensity(restarts=1))

    with pytest.raises(IntensityExceededError):
        async with system.running([outer]):
            raise AssertionError("never ready")

    assert system.exit_code == 70
    assert diary.incarnations["a"] == 2 * 2 * 2


@virtual_time
async def test_messages_to_a_group_survive_the_groups_restart() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"),),
        intensity=RestartIntensity(restarts=0),
        backoff=NO_JITTER,
    )

    async with system.running([group]):
        for number in range(5):
            system.address("a").tell(Note(number=number))
        await asyncio.sleep(0.025)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await asyncio.sleep(2)

    assert diary.notes == [0, 1, 3, 4]  # 2 was in hand


@virtual_time
async def test_those_of_a_group_that_backs_off_back_off_with_it_and_are_not_gone() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()
    inner = SupervisorSpec(name="inner", children=(diary.spec("a"),), backoff=NO_JITTER)
    outer = SupervisorSpec(
        name="outer",
        children=(inner, diary.spec("b")),
        intensity=RestartIntensity(restarts=0),
        backoff=Backoff(first_s=1, jitter=0.0),
    )

    async with system.running([outer]):
        await system.supervisor.ask(Watch(name="a", watcher=probe.address), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="b", fault="crash"), timeout_s=1)
        ended = await probe.expect(ActorEnded)
        states = {name: (await statistics_of(system, name)).state for name in ("a", "b", "inner")}
        number = await system.address("a").ask(Ping(), timeout_s=5)

    last = await probe.expect(ActorEnded)
    assert states == dict.fromkeys(("a", "b", "inner"), "backing_off")
    assert ended == ActorEnded(name="a", incarnation=1, kind=None, is_final=False)
    assert number == 2
    assert last == ActorEnded(name="a", incarnation=2, kind=None, is_final=True)


@virtual_time
async def test_asks_to_those_of_a_group_that_is_gone_for_good_are_refused_at_once() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")
    inner = SupervisorSpec(name="inner", children=(diary.spec("a"),))
    outer = SupervisorSpec(
        name="outer",
        children=(inner, diary.spec("b")),
        intensity=RestartIntensity(restarts=0),
        restart="temporary",
    )

    async with system.running([outer]):
        hanging = asyncio.create_task(address.ask(Hang(), timeout_s=100))
        waiting = asyncio.create_task(address.ask(Ping(), timeout_s=100))
        await asyncio.sleep(0.1)
        await system.supervisor.ask(InjectFault(name="b", fault="crash"), timeout_s=1)
        with pytest.raises(ActorFailedError):
            await hanging
        with pytest.raises(ActorStoppedError):
            await waiting
        with pytest.raises(ActorStoppedError):
            await address.ask(Ping(), timeout_s=100)
        took_s = asyncio.get_running_loop().time()
        states = {name: (await statistics_of(system, name)).state for name in ("a", "b", "inner")}

    assert took_s < 10
    assert states == dict.fromkeys(("a", "b", "inner"), "stopped")
