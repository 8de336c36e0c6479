"""Faults in drains that reading the kernel and the supervisor's model brought up; all mended."""

from __future__ import annotations

import asyncio

from actors.kernel import ActorSystem, Backoff, RestartIntensity, SupervisorSpec
from actors.testing import FaultInjector, virtual_time
from tests.actors.kernel.clerks import PATIENT, Diary, SureNote, crash


@virtual_time
async def test_a_drain_reports_what_waits_for_the_children_of_a_group_that_is_down() -> None:
    diary, injector = Diary(), FaultInjector()
    system = ActorSystem(intensity=PATIENT, drain_budget_s=1)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"),),
        intensity=RestartIntensity(restarts=0),
        backoff=Backoff(first_s=100.0, max_s=100.0, jitter=0.0),
    )

    async with system.running([injector.wrap(group)]):
        await crash(system, "a")
        await asyncio.sleep(1)
        for number in range(3):
            assert system.address("a").tell(SureNote(number=number))
        system.stop()
        await system.wait_stopped()

    assert len(diary.notes) + system.drain_report.left.get("a", 0) == 3


@virtual_time
async def test_a_drain_redelivers_the_last_idempotent_message_too() -> None:
    diary, system = Diary(), ActorSystem(drain_budget_s=5)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(SureNote(number=1, seconds=0.5))
        await asyncio.sleep(0.1)
        system.stop()
        await asyncio.sleep(0.1)
        await crash(system, "a")
        await system.wait_stopped()

    assert diary.notes == [1]
    assert system.drain_report.left == {}


@virtual_time
async def test_a_stop_at_once_cuts_a_drain_short() -> None:
    diary, system = Diary(), ActorSystem(drain_budget_s=1000)

    async with system.running([diary.spec("a", stop_timeout_s=1)]):
        for number in range(100):
            system.address("a").tell(SureNote(number=number, seconds=1.0))
        system.stop()
        await asyncio.sleep(5.5)

    assert asyncio.get_running_loop().time() < 10
    assert len(diary.notes) < 10
