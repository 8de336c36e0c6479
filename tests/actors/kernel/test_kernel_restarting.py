"""What a failure costs, who comes back, and when the system gives up."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from actors.kernel import (
    ActorFailedError,
    ActorStoppedError,
    ActorSystem,
    Backoff,
    InjectFault,
    IntensityExceededError,
    Message,
    Restart,
    RestartIntensity,
)
from actors.testing import virtual_time
from tests.actors.kernel.patients import (
    PATIENT,
    Diary,
    Fail,
    Hang,
    Note,
    Ping,
    Quit,
    Spawn,
    SureNote,
    statistics_of,
)


@virtual_time
async def test_an_exception_reaches_the_asker_and_ends_the_incarnation() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a")]):
        with pytest.raises(ActorFailedError) as caught:
            await address.ask(Fail(), timeout_s=1)
        number = await address.ask(Ping(), timeout_s=1)
        statistics = await statistics_of(system, "a")

    assert caught.value.kind == "ZeroDivisionError"
    assert number == 2
    assert diary.events[:3] == ["start a", "stop a", "start a"]
    assert statistics.restarts == 1
    assert statistics.failed == 1
    assert statistics.last_failure_kind == "ZeroDivisionError"
    assert statistics.last_failure_at is not None


@pytest.mark.parametrize("error", ["exit", "cancel", "interrupt"])
@virtual_time
async def test_no_exception_of_a_handler_ends_more_than_its_incarnation(error: str) -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b")]):
        with pytest.raises(ActorFailedError):
            await system.address("a").ask(Fail(error=error), timeout_s=1)
        numbers = [await system.address(name).ask(Ping(), timeout_s=1) for name in "ab"]

    assert numbers == [2, 1]


@virtual_time
async def test_queued_messages_are_handled_by_the_next_incarnation() -> None:
    diary = Diary()
    diary.poison = {3}
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a")]):
        for number in range(10):
            address.tell(Note(number=number))
        await asyncio.sleep(5)

    assert diary.notes == [0, 1, 2, 4, 5, 6, 7, 8, 9]


@virtual_time
async def test_an_idempotent_message_in_hand_is_redelivered_at_most_twice() -> None:
    diary = Diary()
    diary.poison = {0}
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(SureNote(number=0))
        system.address("a").tell(SureNote(number=1))
        await asyncio.sleep(10)

    assert diary.events.count("poison 0") == 3
    assert diary.notes == [1]


@virtual_time
async def test_an_idempotent_message_survives_a_kill_from_outside_exactly_once() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(SureNote(number=7))
        await asyncio.sleep(0.005)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await asyncio.sleep(1)

    assert diary.notes == [7]


@virtual_time
async def test_the_back_off_grows_and_starts_anew_after_a_healthy_while() -> None:
    diary = Diary()
    system = ActorSystem(intensity=RestartIntensity(restarts=100, within_s=1))
    loop = asyncio.get_running_loop()
    address = system.address("a")
    gaps = []

    async with system.running([diary.spec("a", backoff=Backoff(jitter=0.0, reset_after_s=20))]):
        for pause_s in (0, 0, 0, 25):
            await asyncio.sleep(pause_s)
            with pytest.raises(ActorFailedError):
                await address.ask(Fail(), timeout_s=1)
            failed_at = loop.time()
            await address.ask(Ping(), timeout_s=9)
            gaps.append(loop.time() - failed_at)

    assert gaps == pytest.approx([0.1, 0.2, 0.4, 0.1])


@virtual_time
async def test_too_many_restarts_end_the_system_with_exit_code_70() -> None:
    diary = Diary()
    diary.start_failures["b"] = 1000
    system = ActorSystem(intensity=RestartIntensity(restarts=3, within_s=30))

    with pytest.raises(IntensityExceededError, match="supervisor gave up: more than 3 restarts"):
        async with system.running([diary.spec("a"), diary.spec("b", "a")]):
            raise AssertionError("never ready")

    assert system.exit_code == 70
    assert diary.incarnations["b"] == 4
    assert diary.events == ["start a", *["stop b"] * 4, "stop a"]


@virtual_time
async def test_a_fatal_error_ends_the_system_at_once_with_its_own_exit_code() -> None:
    diary = Diary()
    system = ActorSystem()

    with capture_logs() as lines:
        async with system.running([diary.spec("a"), diary.spec("b", "a")]):
            with pytest.raises(ActorFailedError):
                await system.address("b").ask(Fail(error="fatal"), timeout_s=1)
            code = await system.wait_stopped()

    assert code == 78
    assert diary.incarnations == {"a": 1, "b": 1}
    assert diary.events[-1] == "stop a"
    (line,) = [line for line in lines if line["event"] == "system.fatal"]
    assert line["sentence"] == "The token is wrong; set DISCORD_TOKEN."


@pytest.mark.parametrize(
    ("restart", "message", "comes_back"),
    [
        ("permanent", Quit(), True),
        ("permanent", Spawn(error=True), True),
        ("transient", Quit(), False),
        ("transient", Spawn(error=True), True),
        ("temporary", Quit(), False),
        ("temporary", Spawn(error=True), False),
    ],
)
@virtual_time
async def test_the_restart_type_decides_who_comes_back(
    restart: Restart,
    message: Message,
    comes_back: bool,  # noqa: FBT001 - a parameter of the test's table
) -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a", restart=restart)]):
        address.tell(message)
        await asyncio.sleep(2)
        state = (await statistics_of(system, "a")).state
        if not comes_back:
            with pytest.raises(ActorStoppedError):
                await address.ask(Ping(), timeout_s=1)

    assert state == ("running" if comes_back else "stopped")


@virtual_time
async def test_what_waits_for_an_actor_that_is_gone_for_good_is_answered() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a", restart="temporary")]):
        hanging = asyncio.create_task(address.ask(Hang(), timeout_s=100))
        waiting = asyncio.create_task(address.ask(Ping(), timeout_s=100))
        await asyncio.sleep(0.1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        with pytest.raises(ActorFailedError):
            await hanging
        with pytest.raises(ActorStoppedError):
            await waiting
        took_s = asyncio.get_running_loop().time()

    assert took_s < 1


@virtual_time
async def test_the_same_system_reports_a_fault_of_the_supervisor_itself_with_code_70() -> None:
    diary = Diary()
    system = ActorSystem()

    async with system.running([diary.spec("a")]):
        assert system._root is not None
        system._root.by_name.clear()
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        code = await system.wait_stopped()

    assert code == 70
