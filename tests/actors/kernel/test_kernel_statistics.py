"""What `statistics()` shows of a life."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import FrozenInstanceError, dataclass
from typing import assert_never

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorSystem,
    ChildSpec,
    GetStatistics,
    InjectFault,
    Message,
    SupervisorSpec,
    ThreadActor,
)
from actors.testing import VirtualClock, virtual_time
from tests.actors.kernel.patients import (
    NO_JITTER,
    PATIENT,
    Complain,
    Diary,
    Fail,
    Hang,
    Isolate,
    Note,
    Ping,
    Quit,
    statistics_of,
)


@virtual_time
async def test_an_actors_complaint_shows_as_degraded_until_taken_back() -> None:
    diary = Diary()
    system = ActorSystem()
    states = []

    async with system.running([diary.spec("a")]):
        for reason in ("Redis is away", None):
            system.address("a").tell(Complain(reason=reason))
            await asyncio.sleep(0.1)
            statistics = await statistics_of(system, "a")
            states.append((statistics.state, statistics.reason))

    assert states == [("degraded", "Redis is away"), ("running", None)]


@virtual_time
async def test_statistics_tell_every_state_of_a_life() -> None:
    diary = Diary()
    diary.start_delays["slow"] = 1.0
    system = ActorSystem(intensity=PATIENT)
    states: dict[str, str] = {}

    async def look(moment: str) -> None:
        states[moment] = (await statistics_of(system, "slow")).state

    async def look_early() -> None:
        await asyncio.sleep(0.5)
        await look("early")

    early = asyncio.create_task(look_early())
    async with system.running([diary.spec("slow", restart="transient")]):
        await early
        await look("ready")
        await system.supervisor.ask(InjectFault(name="slow", fault="crash"), timeout_s=1)
        await asyncio.sleep(0.05)
        await look("crashed")
        await asyncio.sleep(5)
        system.address("slow").tell(Quit())
        await asyncio.sleep(0.05)
        await look("quit")

    assert states == {
        "early": "starting",
        "ready": "running",
        "crashed": "backing_off",
        "quit": "stopped",
    }


@virtual_time
async def test_statistics_count_and_time_what_was_handled() -> None:
    diary = Diary()
    system = ActorSystem()

    async with system.running([diary.spec("a")]):
        for number in range(20):
            system.address("a").tell(Note(number=number))
        await asyncio.sleep(1)
        statistics = await statistics_of(system, "a")

    assert statistics.handled == 20
    assert statistics.mailbox_peak == 20
    assert statistics.mailbox_depth == 0
    assert statistics.p50_ms == pytest.approx(10, rel=0.1)
    assert statistics.p99_ms == pytest.approx(10, rel=0.1)


@virtual_time
async def test_statistics_are_frozen_and_in_start_order_with_groups_children_last() -> None:
    diary = Diary()
    system = ActorSystem()
    group = SupervisorSpec(name="group", children=(diary.spec("c"),), after=("b",))

    async with system.running([group, diary.spec("a", "group"), diary.spec("b")]):
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)

    assert [actor.name for actor in statistics.actors] == ["b", "group", "a", "c"]
    with pytest.raises(FrozenInstanceError):
        statistics.actors[0].handled = 1  # type: ignore[misc]


@virtual_time
async def test_the_mailbox_shows_what_waits_now_and_the_most_that_ever_waited() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a")]):
        hanging = asyncio.create_task(address.ask(Hang(), timeout_s=50))
        await asyncio.sleep(0.1)
        for number in range(7):
            address.tell(Note(number=number))
        while_waiting = await statistics_of(system, "a")
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        with pytest.raises(ActorFailedError):
            await hanging
        await asyncio.sleep(5)
        afterwards = await statistics_of(system, "a")

    assert (while_waiting.mailbox_depth, while_waiting.mailbox_peak) == (7, 7)
    assert (afterwards.mailbox_depth, afterwards.mailbox_peak) == (0, 7)
    assert (afterwards.handled, afterwards.failed, afterwards.dropped) == (7, 1, 0)


@virtual_time
async def test_everything_that_was_not_handled_is_counted_as_dropped() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a", mailbox_size=2)]):
        hanging = asyncio.create_task(address.ask(Hang(), timeout_s=50))
        await asyncio.sleep(0.1)
        expiring = asyncio.create_task(address.ask(Ping(), timeout_s=1))
        leaving = asyncio.create_task(address.ask(Ping(), timeout_s=50))
        await asyncio.sleep(0.1)
        address.tell(Note(number=1))  # full
        leaving.cancel()
        await asyncio.sleep(5)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await asyncio.gather(hanging, expiring, leaving, return_exceptions=True)
        address.tell(Unheard())
        await asyncio.sleep(5)
        statistics = await statistics_of(system, "a")

    assert statistics.dropped == 4  # expired, cancelled, full, unknown
    assert (statistics.handled, statistics.failed) == (0, 1)


@virtual_time
async def test_the_last_failure_is_told_by_kind_and_time_and_outlives_the_restart() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    loop = asyncio.get_running_loop()

    async with system.running([diary.spec("a")]):
        await asyncio.sleep(90)
        with pytest.raises(ActorFailedError):
            await system.address("a").ask(Fail(), timeout_s=1)
        failed_at = VirtualClock(loop).now()
        await asyncio.sleep(90)
        statistics = await statistics_of(system, "a")

    assert (statistics.state, statistics.incarnation, statistics.restarts) == ("running", 2, 1)
    assert statistics.last_failure_kind == "ZeroDivisionError"
    assert statistics.last_failure_at == failed_at


@virtual_time
async def test_handling_times_show_the_slow_ones_in_the_tail() -> None:
    diary = Diary()
    system = ActorSystem()

    async with system.running([diary.spec("a", mailbox_size=200)]):
        for number in range(97):
            system.address("a").tell(Note(number=number))
        for _ in range(3):
            system.address("a").tell(Isolate())  # type: ignore[arg-type]
        await asyncio.sleep(10)
        statistics = await statistics_of(system, "a")

    assert statistics.p50_ms == pytest.approx(10, rel=0.1)
    assert statistics.p95_ms == pytest.approx(10, rel=0.1)
    assert statistics.p99_ms == pytest.approx(1000, rel=0.1)


async def test_a_thread_actor_has_the_same_numbers() -> None:
    system = ActorSystem(intensity=PATIENT)
    hoard = Hoard()
    hoard.let_go.set()

    async with system.running([hoard.spec()]):
        address = system.address("hoarder")
        for _ in range(2):
            await address.ask(Hang(), timeout_s=10)
        address.tell(Unheard())
        with pytest.raises(ActorFailedError):
            await address.ask(Fail(), timeout_s=10)
        await address.ask(Hang(), timeout_s=10)
        statistics = await statistics_of(system, "hoarder")

    assert (statistics.incarnation, statistics.restarts) == (2, 1)
    assert (statistics.handled, statistics.failed, statistics.dropped) == (3, 1, 1)
    assert statistics.mailbox_peak >= 1
    assert statistics.p99_ms is not None
    assert statistics.last_failure_kind == "LookupError"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard(Message):
    """Nobody has an arm for it."""


class Hoard:
    """What one test shares with its hoarder's threads."""

    def __init__(self) -> None:
        self.count = 0
        self.let_go = threading.Event()
        self.complained = threading.Event()

    def spec(self, *, handle_timeout_s: float = 30.0) -> ChildSpec:
        return ChildSpec(
            name="hoarder",
            start=lambda: Hoarder(self),
            handle_timeout_s=handle_timeout_s,
            stop_timeout_s=0.05,
            backoff=NO_JITTER,
        )


class Hoarder(ThreadActor[Hang | Fail]):
    """Hangs at its first message until it is let go, and complains only then."""

    def __init__(self, hoard: Hoard) -> None:
        super().__init__()
        self._hoard = hoard

    @override
    def on_receive(self, message: Hang | Fail) -> int:
        match message:
            case Fail():
                raise LookupError
            case Hang():
                return self._hang()
            case _:
                assert_never(message)

    def _hang(self) -> int:
        self._hoard.count += 1
        number = self._hoard.count
        if number == 1:
            self._hoard.let_go.wait(20)
            self.report_degraded("of yesterday")
            self._hoard.complained.set()
        return number


async def test_an_abandoned_incarnation_cannot_complain_in_the_name_of_the_next() -> None:
    system = ActorSystem(intensity=PATIENT)
    hoarder = system.address("hoarder")
    hoard = Hoard()

    async with system.running([hoard.spec(handle_timeout_s=0.05)]):
        with pytest.raises(ActorFailedError):
            await hoarder.ask(Hang(), timeout_s=10)
        assert await hoarder.ask(Hang(), timeout_s=10) == 2
        hoard.let_go.set()
        await asyncio.to_thread(hoard.complained.wait, 10)
        statistics = await statistics_of(system, "hoarder")

    assert (statistics.state, statistics.reason) == ("running", None)
