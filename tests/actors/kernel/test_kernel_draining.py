"""Stopping in order, within a budget, with an account of what was left."""

from __future__ import annotations

import asyncio

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorStoppedError,
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    StopSystem,
    SupervisorSpec,
)
from actors.testing import virtual_time
from tests.actors.kernel.patients import AskOther, Diary, Hang, Note, Ping


@virtual_time
async def test_a_drain_handles_what_is_queued_and_stops_with_code_0() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=10)

    async with system.running([diary.spec("a"), diary.spec("b", "a")]):
        for number in range(50):
            system.address("ab"[number % 2]).tell(Note(number=number))
        await system.supervisor.ask(StopSystem(), timeout_s=1)
        code = await system.wait_stopped()

    assert code == 0
    assert sorted(diary.notes) == list(range(50))
    assert diary.events[-2:] == ["stop b", "stop a"]
    assert system.drain_report.left == {}


@virtual_time
async def test_a_drain_stops_at_its_budget_and_reports_exactly_what_it_left() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=2)

    async with system.running([diary.spec("a", mailbox_size=2000)]):
        for number in range(2000):
            assert system.address("a").tell(Note(number=number))
        system.stop()
        code = await system.wait_stopped()

    report = system.drain_report
    assert code == 0
    assert report.duration_s == pytest.approx(2.0, abs=0.1)
    assert len(diary.notes) + report.left["a"] + report.cut_off.get("a", 0) == 2000
    assert 150 < len(diary.notes) < 205


@virtual_time
async def test_a_drain_closes_intake_but_serves_those_that_come_later_in_the_order() -> None:
    diary = Diary()
    system = ActorSystem()
    diary.system = system

    async with system.running([diary.spec("a"), diary.spec("b", "a")]):
        for number in range(20):
            system.address("b").tell(Note(number=number))
        asking = asyncio.create_task(system.address("b").ask(AskOther(other="a"), timeout_s=30))
        await asyncio.sleep(0.001)
        system.stop()
        await asyncio.sleep(0.001)
        with pytest.raises(ActorStoppedError):
            await system.address("b").ask(Ping(), timeout_s=5)
        reply = await asking

    assert reply == 1


@virtual_time
async def test_a_drain_restarts_an_actor_that_crashes_on_the_way() -> None:
    diary = Diary()
    diary.poison = {5, 15}
    system = ActorSystem(drain_budget_s=10)

    async with system.running([diary.spec("a")]):
        for number in range(30):
            system.address("a").tell(Note(number=number))
        system.stop()
        code = await system.wait_stopped()

    assert code == 0
    assert diary.notes == [number for number in range(30) if number not in (5, 15)]
    assert system.drain_report.left == {}


@virtual_time
async def test_a_drain_answers_the_asks_it_cannot_handle() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=1)

    async with system.running([diary.spec("a")]):
        hanging = asyncio.create_task(system.address("a").ask(Hang(), timeout_s=100))
        waiting = asyncio.create_task(system.address("a").ask(Ping(), timeout_s=100))
        await asyncio.sleep(0.1)
        system.stop()
        await system.wait_stopped()
        errors = [
            type(error) for error in await asyncio.gather(hanging, waiting, return_exceptions=True)
        ]

    assert errors == [ActorFailedError, ActorStoppedError]
    assert system.drain_report.left == {"a": 1}
    assert system.drain_report.cut_off == {"a": 1}


@virtual_time
async def test_a_drain_goes_through_groups_in_reverse_order() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=10)
    group = SupervisorSpec(
        name="group", after=("a",), children=(diary.spec("b"), diary.spec("c", "b"))
    )

    async with system.running([diary.spec("a"), group, diary.spec("d", "group")]):
        for name in "abcd":
            system.address(name).tell(Note(number=ord(name)))
        system.stop()
        await system.wait_stopped()

    assert sorted(diary.notes) == [ord(name) for name in "abcd"]
    assert diary.events[-4:] == ["stop d", "stop c", "stop b", "stop a"]


@virtual_time
async def test_on_drain_is_called_before_anything_stops() -> None:
    events: list[str] = []

    class Port(AsyncioActor[Ping]):
        @override
        async def on_receive(self, message: Ping) -> object:
            del message
            return 1

        @override
        async def on_drain(self) -> None:
            events.append("drain")

        @override
        async def on_stop(self) -> None:
            events.append("stop")

    system = ActorSystem()

    async with system.running([ChildSpec(name="port", start=Port)]):
        system.stop()
        await system.wait_stopped()

    assert events == ["drain", "stop"]
