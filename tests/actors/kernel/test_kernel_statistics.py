"""What `statistics()` shows of a life."""

from __future__ import annotations

import asyncio
import threading

import pytest
from typing_extensions import override

from actors.kernel import ActorFailedError, ActorSystem, ChildSpec, InjectFault, ThreadActor
from actors.testing import virtual_time
from tests.actors.kernel.patients import PATIENT, Complain, Diary, Hang, Note, Quit, statistics_of


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


class Hoarder(ThreadActor[Hang]):
    """Its first incarnation hangs until it is let go, and complains only then."""

    count = 0
    let_go = threading.Event()
    complained = threading.Event()

    @override
    def on_receive(self, message: Hang) -> object:
        del message
        Hoarder.count += 1
        if Hoarder.count > 1:
            return Hoarder.count
        self.let_go.wait(20)
        self.report_degraded("of yesterday")
        self.complained.set()
        return 0


async def test_an_abandoned_incarnation_cannot_complain_in_the_name_of_the_next() -> None:
    system = ActorSystem(intensity=PATIENT)
    hoarder = system.address("hoarder")
    spec = ChildSpec(name="hoarder", start=Hoarder, handle_timeout_s=0.05, stop_timeout_s=0.05)

    async with system.running([spec]):
        with pytest.raises(ActorFailedError):
            await hoarder.ask(Hang(), timeout_s=10)
        assert await hoarder.ask(Hang(), timeout_s=10) == 2
        Hoarder.let_go.set()
        await asyncio.to_thread(Hoarder.complained.wait, 10)
        statistics = await statistics_of(system, "hoarder")

    assert (statistics.state, statistics.reason) == ("running", None)
