"""Children that are started, stopped and restarted while their supervisor runs."""

from __future__ import annotations

import pytest

from actors.kernel import (
    ActorEnded,
    ActorStarted,
    ActorStoppedError,
    ActorSystem,
    AlreadyStarted,
    ChildRefused,
    ChildSpec,
    ChildStarted,
    GetStatistics,
    GroupStarted,
    InjectFault,
    Link,
    RestartChild,
    RestartingChild,
    StartChild,
    StartGroup,
    StopChild,
    StoppingChild,
    Subscribe,
    SupervisorSpec,
    Unlink,
    Unsubscribe,
    Unwatch,
    Watch,
)
from actors.testing import Probe, virtual_time
from tests.actors.kernel.kernel_desk import Desk, Double, GetNotes, Note
from tests.actors.kernel.patients import PATIENT

A, B = ChildSpec(name="a", start=Desk), ChildSpec(name="b", start=Desk)


async def names_in(system: ActorSystem) -> list[str]:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    return [actor.name for actor in statistics.actors]


@virtual_time
async def test_a_child_is_started_at_run_time_and_asked_at_once() -> None:
    system = ActorSystem()

    async with system.running([A]):
        answer = await system.supervisor.ask(StartChild(spec=B), timeout_s=1)
        assert isinstance(answer, ChildStarted)
        doubled = await answer.address.ask(Double(number=2), timeout_s=1)
        names = await names_in(system)

    assert doubled == 4
    assert names == ["a", "b"]


@virtual_time
async def test_a_child_that_is_there_already_goes_on() -> None:
    system = ActorSystem()

    async with system.running([A]):
        system.address(A).tell(Note(number=1))
        answer = await system.supervisor.ask(StartChild(spec=A), timeout_s=1)
        notes = await system.address(A).ask(GetNotes(), timeout_s=1)

    assert answer == AlreadyStarted(address=system.address(A))
    assert notes == (1,)


@virtual_time
async def test_a_name_of_another_group_and_an_unknown_sibling_are_refused() -> None:
    system = ActorSystem()
    group = SupervisorSpec(name="group", children=(B,))

    async with system.running([A, group]):
        taken = await system.supervisor.ask(StartChild(spec=B), timeout_s=1)
        late = ChildSpec(name="c", start=Desk, after=("b",))
        strange = await system.supervisor.ask(StartChild(spec=late), timeout_s=1)

    assert taken == ChildRefused(name="b", reason="there is an actor named b")
    assert strange == ChildRefused(name="c", reason="b, which it comes after, is no child")


@virtual_time
async def test_a_stopped_child_is_forgotten_and_its_name_may_be_started_again() -> None:
    system = ActorSystem()
    probe = Probe()

    async with system.running([A, B]):
        before = system.address(B)
        await system.supervisor.ask(Watch(name="b", watcher=probe.address), timeout_s=1)
        stopping = await system.supervisor.ask(StopChild(name="b"), timeout_s=1)
        with pytest.raises(ActorStoppedError):
            await before.ask(GetNotes(), timeout_s=1)
        ended = await probe.expect(ActorEnded)
        names = await names_in(system)
        await system.supervisor.ask(StartChild(spec=B), timeout_s=1)
        doubled = await before.ask(Double(number=2), timeout_s=1)

    assert stopping == StoppingChild(name="b")
    assert ended.is_final
    assert names == ["a"]
    assert doubled == 4


@virtual_time
async def test_a_child_that_is_just_stopping_is_started_again_after_it() -> None:
    system = ActorSystem()

    async with system.running([A]):
        await system.supervisor.ask(StopChild(name="a"), timeout_s=1)
        answer = await system.supervisor.ask(StartChild(spec=A), timeout_s=1)
        doubled = await system.address(A).ask(Double(number=2), timeout_s=1)

    assert isinstance(answer, ChildStarted)
    assert doubled == 4


@virtual_time
async def test_who_is_needed_by_a_sibling_and_who_is_no_child_are_not_stopped() -> None:
    system = ActorSystem()

    async with system.running([A, ChildSpec(name="c", start=Desk, after=("a",))]):
        needed = await system.supervisor.ask(StopChild(name="a"), timeout_s=1)
        strange = await system.supervisor.ask(StopChild(name="x"), timeout_s=1)

    assert needed == ChildRefused(name="a", reason="c comes after it")
    assert strange == ChildRefused(name="x", reason="there is no child of that name")


@virtual_time
async def test_a_restart_on_request_keeps_the_mailbox_and_is_no_failure() -> None:
    system = ActorSystem()

    async with system.running([A]):
        system.address(A).tell(Note(number=1))
        answer = await system.supervisor.ask(RestartChild(name="a"), timeout_s=1)
        notes = await system.address(A).ask(GetNotes(), timeout_s=1)
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)

    assert answer == RestartingChild(name="a")
    assert notes == ()
    assert statistics.actors[0].failed == 0
    assert statistics.actors[0].incarnation == 2


@virtual_time
async def test_a_child_that_gave_up_is_started_again_on_request() -> None:
    system = ActorSystem()
    probe = Probe()
    spec = ChildSpec(name="a", start=Desk, restart="temporary")

    async with system.running([spec]):
        await system.supervisor.ask(Watch(name="a", watcher=probe.address), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await probe.expect(ActorEnded)
        await system.supervisor.ask(RestartChild(name="a"), timeout_s=1)
        doubled = await system.address(spec).ask(Double(number=2), timeout_s=1)

    assert doubled == 4


@virtual_time
async def test_a_group_comes_with_its_children_and_goes_with_them() -> None:
    system = ActorSystem()
    group = SupervisorSpec(name="group", children=(B,))

    async with system.running([A]):
        probe = Probe()
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        answer = await system.supervisor.ask(StartGroup(spec=group), timeout_s=1)
        assert [(await probe.expect(ActorStarted)).name for _ in range(2)] == ["b", "group"]
        doubled = await system.address(B).ask(Double(number=2), timeout_s=1)
        await system.supervisor.ask(Unsubscribe(subscriber=probe.address), timeout_s=1)
        await system.supervisor.ask(Watch(name="group", watcher=probe.address), timeout_s=1)
        await system.supervisor.ask(StopChild(name="group"), timeout_s=1)
        await probe.expect(ActorEnded)
        names = await names_in(system)

    assert answer == GroupStarted()
    assert doubled == 4
    assert names == ["a"]


@virtual_time
async def test_a_child_that_came_is_there_after_its_supervisor_was_restarted() -> None:
    system = ActorSystem(intensity=PATIENT)

    async with system.running([SupervisorSpec(name="group", children=(A,))]):
        group = system.address("group")
        await group.ask(StartChild(spec=B), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="group", fault="crash"), timeout_s=1)
        doubled = await system.address(B).ask(Double(number=2), timeout_s=1)

    assert doubled == 4


@virtual_time
async def test_a_failure_ends_whoever_is_linked_once() -> None:
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()

    async with system.running([A, B]):
        for name in "ab":
            await system.supervisor.ask(Watch(name=name, watcher=probe.address), timeout_s=1)
        await system.supervisor.ask(Link(one="a", other="b"), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        first, second = await probe.expect(ActorEnded), await probe.expect(ActorEnded)
        await probe.expect_silence(60)
        await system.supervisor.ask(Unlink(one="b", other="a"), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        third = await probe.expect(ActorEnded)
        await probe.expect_silence(60)

    assert [(end.name, end.kind) for end in (first, second, third)] == [
        ("a", "InjectedCrash"),
        ("b", "LinkedActorFailed"),
        ("a", "InjectedCrash"),
    ]


@virtual_time
async def test_who_takes_a_watch_and_a_subscription_back_is_told_nothing_more() -> None:
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()

    async with system.running([A]):
        supervisor = system.supervisor
        await supervisor.ask(Watch(name="a", watcher=probe.address), timeout_s=1)
        await supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        await supervisor.ask(Unwatch(name="a", watcher=probe.address), timeout_s=1)
        await supervisor.ask(Unsubscribe(subscriber=probe.address), timeout_s=1)
        await supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await probe.expect_silence(60)
