"""One incarnation's hangs, child tasks and isolated work, and its fence."""

from __future__ import annotations

import asyncio

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorStoppedError,
    ActorSystem,
    AskTimeoutError,
    AsyncioActor,
    ChildSpec,
    Crashed,
    FaultInjected,
    Finished,
    InjectFault,
    NoSuchActor,
)
from actors.testing import virtual_time
from tests.actors.kernel.patients import (
    PATIENT,
    AskOther,
    Diary,
    Fail,
    Hang,
    Isolate,
    Ping,
    Spawn,
    statistics_of,
)


@virtual_time
async def test_a_hung_handler_is_ended_at_its_deadline_and_its_asker_told() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a", handle_timeout_s=3)]):
        with pytest.raises(ActorFailedError) as caught:
            await address.ask(Hang(), timeout_s=60)
        ended_at = asyncio.get_running_loop().time()
        number = await address.ask(Ping(), timeout_s=1)

    assert caught.value.kind == "HandleTimeout"
    assert ended_at == pytest.approx(3.0, abs=0.05)
    assert number == 2


@virtual_time
async def test_time_spent_waiting_for_another_actor_does_not_count_as_hanging() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    diary.system = system
    slow = diary.spec("slow", handle_timeout_s=100)

    async with system.running([slow, diary.spec("a", handle_timeout_s=1)]):
        hanging = asyncio.create_task(system.address("slow").ask(Hang(), timeout_s=10))
        asking = asyncio.create_task(system.address("a").ask(AskOther(other="slow"), timeout_s=60))
        with pytest.raises(AskTimeoutError):
            await hanging
        await system.supervisor.ask(InjectFault(name="slow", fault="crash"), timeout_s=1)
        reply = await asking
        restarts = (await statistics_of(system, "a")).restarts

    assert reply == 2
    assert restarts == 0


@virtual_time
async def test_an_injected_hang_is_healed_by_the_watch() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a", handle_timeout_s=2)]):
        injected = await system.supervisor.ask(InjectFault(name="a", fault="hang"), timeout_s=1)
        ghost = await system.supervisor.ask(InjectFault(name="ghost", fault="hang"), timeout_s=1)
        await asyncio.sleep(0.1)
        number = await system.address("a").ask(Ping(), timeout_s=10)

    assert injected == FaultInjected(name="a", fault="hang")
    assert ghost == NoSuchActor(name="ghost")
    assert number == 2


@virtual_time
async def test_an_exception_of_a_spawned_task_ends_the_incarnation() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(Spawn(error=True))
        await asyncio.sleep(2)
        statistics = await statistics_of(system, "a")

    assert statistics.incarnation == 2
    assert statistics.last_failure_kind == "LookupError"


@virtual_time
async def test_a_spawned_task_ends_with_its_incarnation() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(Spawn(error=False))
        await asyncio.sleep(0.1)
        with pytest.raises(ActorFailedError):
            await system.address("a").ask(Fail(), timeout_s=1)
        await system.address("a").ask(Ping(), timeout_s=1)

    assert "child cancelled" in diary.events


@virtual_time
async def test_isolated_work_that_crashes_is_a_value_and_is_counted() -> None:
    diary = Diary()
    system = ActorSystem()

    async with system.running([diary.spec("a")]):
        outcome = await system.address("a").ask(Isolate(), timeout_s=5)
        statistics = await statistics_of(system, "a")

    assert outcome == (Crashed(kind="LookupError"), Finished(value="done"))
    assert statistics.incarnation == 1
    assert statistics.failed == 1
    assert statistics.last_failure_kind == "LookupError"


@virtual_time
async def test_an_old_incarnation_that_will_not_die_cannot_answer_or_spawn() -> None:
    replies: list[object] = []

    class Stubborn(AsyncioActor[Ping]):
        count = 0

        @override
        async def on_receive(self, message: Ping) -> object:
            del message
            Stubborn.count += 1
            number = Stubborn.count
            if number > 1:
                return number
            while asyncio.get_running_loop().time() < 10:
                try:
                    await asyncio.sleep(20)
                except asyncio.CancelledError:
                    continue
            try:
                self.spawn(asyncio.sleep(1), name="late")
            except ActorStoppedError as error:
                replies.append(type(error).__name__)
            return "late"

    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")
    spec = ChildSpec(name="a", start=Stubborn, stop_timeout_s=1, handle_timeout_s=2)

    async with system.running([spec]):
        with pytest.raises(ActorFailedError):
            replies.append(await address.ask(Ping(), timeout_s=60))
        replies.append(await address.ask(Ping(), timeout_s=60))
        await asyncio.sleep(40)

    assert replies == [2, "ActorStoppedError"]
