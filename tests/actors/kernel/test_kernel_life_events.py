"""What is told of starts, restarts and ends, and to whom."""

from __future__ import annotations

import asyncio
import queue

from typing_extensions import override

from actors.kernel import (
    ActorEnded,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStopped,
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    InjectFault,
    LifeEvent,
    NoSuchActor,
    Subscribe,
    SupervisorSpec,
    ThreadActor,
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


class Listener(AsyncioActor[LifeEvent]):
    """Subscribes when it starts, as any actor may, and keeps what it is told."""

    def __init__(self, system: ActorSystem, heard: list[str]) -> None:
        super().__init__()
        self._system = system
        self._heard = heard

    @override
    async def on_start(self) -> None:
        await self._system.supervisor.ask(Subscribe(subscriber=self.address), timeout_s=1)

    @override
    async def on_receive(self, message: LifeEvent) -> None:
        self._heard.append(f"{type(message).__name__} {message.name}")


@virtual_time
async def test_an_actor_may_subscribe_and_hears_of_the_children_of_groups_too() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    heard: list[str] = []
    group = SupervisorSpec(name="group", children=(diary.spec("a"),), after=("listener",))
    listener = ChildSpec(name="listener", start=lambda: Listener(system, heard))

    async with system.running([listener, group, diary.spec("b", "group", restart="temporary")]):
        for name in "ab":
            await system.supervisor.ask(InjectFault(name=name, fault="crash"), timeout_s=1)
        await asyncio.sleep(1)

    assert heard == [
        "ActorStarted listener",
        "ActorStarted a",
        "ActorStarted group",
        "ActorStarted b",
        "ActorGaveUp b",
        "ActorRestarted a",
    ]


class ThreadListener(ThreadActor[LifeEvent]):
    def __init__(self, system: ActorSystem, heard: queue.SimpleQueue[LifeEvent]) -> None:
        super().__init__()
        self._system = system
        self._heard = heard

    @override
    def on_start(self) -> None:
        self._system.supervisor.ask_blocking(Subscribe(subscriber=self.address), timeout_s=5)

    @override
    def on_receive(self, message: LifeEvent) -> None:
        self._heard.put(message)


async def test_a_thread_actor_may_subscribe() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    heard: queue.SimpleQueue[LifeEvent] = queue.SimpleQueue()
    listener = ChildSpec(name="listener", start=lambda: ThreadListener(system, heard))

    async with system.running([listener, diary.spec("a", "listener")], own_thread=True):
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        events = [await asyncio.to_thread(heard.get, timeout=10) for _ in range(3)]

    assert events == [
        ActorStarted(name="listener", incarnation=1),
        ActorStarted(name="a", incarnation=1),
        ActorRestarted(name="a", incarnation=2, kind="InjectedCrash"),
    ]


@virtual_time
async def test_a_subscriber_that_is_gone_harms_nobody() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    gone = system.address("gone")
    probe = Probe()

    async with system.running([diary.spec("gone", restart="temporary"), diary.spec("a")]):
        for subscriber in (gone, probe.address):
            await system.supervisor.ask(Subscribe(subscriber=subscriber), timeout_s=1)
        for name in ("gone", "a"):
            await system.supervisor.ask(InjectFault(name=name, fault="crash"), timeout_s=1)
        await probe.expect(ActorGaveUp)
        restarted = await probe.expect(ActorRestarted)

    assert restarted == ActorRestarted(name="a", incarnation=2, kind="InjectedCrash")


@virtual_time
async def test_whoever_subscribes_twice_is_told_once() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()

    async with system.running([diary.spec("a")]):
        for _ in range(2):
            await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await system.address("a").ask(Ping(), timeout_s=5)

    await probe.expect(ActorRestarted)
    probe.expect_no_message()
