"""Checked, never run: what supervisors, systems and the test kit give back has a type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never, assert_type

from actors.kernel import (
    ActorEnded,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorState,
    ActorStopped,
    ActorSystem,
    Address,
    AsyncioActor,
    ChildSpec,
    DrainReport,
    GetStatistics,
    LifeEvent,
    Message,
    NoSuchActor,
    Query,
    Subscribe,
    Subscribed,
    SystemStatistics,
    ThreadActor,
    Watch,
    Watching,
)
from actors.testing import Probe, run_actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Query[int]):
    pass


async def the_supervisors_replies_are_inferred(
    system: ActorSystem, watcher: Address[ActorEnded | LifeEvent]
) -> None:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    watching = await system.supervisor.ask(Watch(name="a", watcher=watcher), timeout_s=1)
    subscribed = await system.supervisor.ask(Subscribe(subscriber=watcher), timeout_s=1)

    assert_type(statistics, SystemStatistics)
    assert_type(statistics.actors[0].state, ActorState)
    assert_type(watching, Watching | NoSuchActor)
    assert_type(subscribed, Subscribed)


class Counter(AsyncioActor[Count]):
    pass


class Drawer(ThreadActor[Note]):
    pass


async def a_system_gives_addresses_and_its_account(system: ActorSystem) -> None:
    spec = ChildSpec(name="a", start=Counter)
    others = [spec, ChildSpec(name="b", start=lambda: Drawer())]  # noqa: PLW0108 - it may be one
    async with system.running(others) as running:
        assert_type(running, ActorSystem)
        assert_type(system.address(spec), Address[Count])
        assert_type(system.address("a", Counter), Address[Count])
        assert_type(system.address("b", Drawer), Address[Note])
        assert_type(system.address("a"), Address)
    assert_type(system.drain_report, DrainReport)
    assert_type(system.exit_code, int | None)


async def the_test_kit_keeps_types(probe: Probe) -> None:
    async with run_actor(ChildSpec(name="a", start=Counter)) as address:
        assert_type(address, Address[Count])
    async with run_actor(Drawer()) as drawer:
        assert_type(drawer, Address[Note])
    assert_type(await probe.expect(Count), Count)
    probe.answer(Count, 1)
    probe.answer(Count, lambda _query: 1)


def every_life_event_can_be_told_apart(event: LifeEvent) -> str:
    match event:
        case ActorStarted() | ActorRestarted():
            return "up"
        case ActorStopped() | ActorGaveUp():
            return "down"
        case _:
            assert_never(event)


# --- What the checkers must refuse: an ignore without an error on its line is an error itself -----


def statistics_do_not_change(statistics: SystemStatistics) -> None:
    statistics.actors[0].handled = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def not_every_life_event(event: LifeEvent) -> str:
    match event:
        case ActorStarted() | ActorRestarted() | ActorStopped():
            return "no fault"
        case _:
            assert_never(event)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def what_is_no_message_is_not_expected(probe: Probe) -> None:
    await probe.expect(int)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]


async def a_watcher_takes_what_it_is_told(system: ActorSystem, watcher: Address[Note]) -> None:
    await system.supervisor.ask(
        Watch(
            name="a",
            watcher=watcher,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        ),
        timeout_s=1,
    )
    await system.supervisor.ask(
        Subscribe(subscriber=watcher),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        timeout_s=1,
    )


async def what_the_supervisor_does_not_know_cannot_be_asked(system: ActorSystem) -> None:
    await system.supervisor.ask(
        Count(),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        timeout_s=1,
    )


def a_scripted_answer_is_of_no_other_type(probe: Probe) -> None:
    probe.answer(Count, "1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
