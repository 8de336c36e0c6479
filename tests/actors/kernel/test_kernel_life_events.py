"""What is told of starts, restarts and ends, and to whom."""

from __future__ import annotations

import asyncio

from actors.kernel import (
    ActorEnded,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStopped,
    ActorSystem,
    InjectFault,
    NoSuchActor,
    Subscribe,
    Watch,
)
from actors.testing import Probe, virtual_time
from tests.actors.kernel.patients import PATIENT, Diary, Ping, Quit


@virtual_time
async def test_events_tell_of_starts_restarts_and_giving_up() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()

    async with system.running(
        [
            diary.spec("a"),
            diary.spec("b", restart="temporary"),
            diary.spec("c", restart="transient"),
        ]
    ):
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        for name in "ab":
            await system.supervisor.ask(InjectFault(name=name, fault="crash"), timeout_s=1)
        gave_up = await probe.expect(ActorGaveUp)
        restarted = await probe.expect(ActorRestarted)
        system.address("c").tell(Quit())
        stopped = await probe.expect(ActorStopped)
        probe.expect_no_message()

    assert gave_up == ActorGaveUp(name="b", kind="InjectedCrash")
    assert restarted == ActorRestarted(name="a", incarnation=2, kind="InjectedCrash")
    assert stopped == ActorStopped(name="c")


@virtual_time
async def test_a_first_start_is_an_event_of_its_own() -> None:
    diary = Diary()
    diary.start_delays["a"] = 5
    system = ActorSystem()
    probe = Probe()

    async def subscribe_early() -> ActorStarted:
        await asyncio.sleep(1)
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        return await probe.expect(ActorStarted, timeout_s=10)

    early = asyncio.create_task(subscribe_early())
    async with system.running([diary.spec("a")]):
        started = await early

    assert started == ActorStarted(name="a", incarnation=1)


@virtual_time
async def test_death_watch_tells_of_every_end_and_whether_it_is_final() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()

    async with system.running([diary.spec("a", restart="transient")]):
        await system.supervisor.ask(Watch(name="a", watcher=probe.address), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        first = await probe.expect(ActorEnded)
        await system.address("a").ask(Ping(), timeout_s=5)
        system.address("a").tell(Quit())
        second = await probe.expect(ActorEnded)
        unknown = await system.supervisor.ask(
            Watch(name="ghost", watcher=probe.address), timeout_s=1
        )

    assert first == ActorEnded(name="a", incarnation=1, kind="InjectedCrash", is_final=False)
    assert second == ActorEnded(name="a", incarnation=2, kind=None, is_final=True)
    assert unknown == NoSuchActor(name="ghost")
