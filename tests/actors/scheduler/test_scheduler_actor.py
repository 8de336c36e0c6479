"""Jobs fire once, at their times, and are caught up as they say; all in virtual time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from actors.kernel import SpecError
from actors.scheduler import InMemoryLedger, Job, Scheduler
from actors.scheduler.messages import (
    FireNow,
    FireOutcome,
    Jobs,
    LedgerAway,
    ListJobs,
    NoSuchJob,
    PauseJob,
    PauseSet,
)
from actors.testing import Probe, VirtualClock, virtual_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.scheduler import CatchUp
    from tests.actors.scheduler.conftest import Office

EVERY_MINUTE = Job(name="heartbeat", expression="* * * * *")
DAY_S = 86_400.0


def hourly(catch_up: CatchUp = "skip", **more: Any) -> Job:
    return Job(name="digest", expression="0 * * * *", catch_up=catch_up, **more)


@virtual_time
async def test_a_job_fires_at_each_of_its_times_for_a_year(office: Callable[..., Office]) -> None:
    desk = office()

    async with desk.process(Job(name="nightly", expression="0 3 * * *")):
        await asyncio.sleep(365 * DAY_S)

    assert len(desk.done) == 365
    assert desk.done[0] == ("nightly", "2026-01-01T03:00")
    assert desk.done[-1] == ("nightly", "2026-12-31T03:00")


@virtual_time
async def test_three_processes_fire_a_job_once(office: Callable[..., Office]) -> None:
    desk = office()

    async with (
        desk.process(EVERY_MINUTE, owner="a"),
        desk.process(EVERY_MINUTE, owner="b"),
        desk.process(EVERY_MINUTE, owner="c"),
    ):
        await asyncio.sleep(3600 + 30)

    assert len(desk.begun) == len(set(desk.begun)) == 60


@virtual_time
@pytest.mark.parametrize(("catch_up", "expected"), [("skip", 2), ("once", 3), ("all", 7)])
async def test_fires_that_nobody_was_there_for_are_caught_up_by_the_jobs_policy(
    office: Callable[..., Office], catch_up: CatchUp, expected: int
) -> None:
    desk = office()
    async with desk.process(hourly(catch_up)):
        await asyncio.sleep(3600 + 600)

    await asyncio.sleep(5 * 3600)  # until ten past six: five were missed
    async with desk.process(hourly(catch_up)):
        await asyncio.sleep(3000 + 600)

    assert len(desk.done) == expected
    assert desk.done_keys[-1] == "2026-01-01T07:00Z"


@virtual_time
async def test_a_fire_that_is_late_within_its_grace_is_not_a_missed_one(
    office: Callable[..., Office],
) -> None:
    desk = office()
    async with desk.process(hourly()):
        await asyncio.sleep(600)

    await asyncio.sleep(3000 + 20)
    async with desk.process(hourly()):
        await asyncio.sleep(60)

    assert desk.done_keys == ["2026-01-01T01:00Z"]


@virtual_time
async def test_a_run_that_was_cut_off_is_run_again_when_its_lease_is_over(
    office: Callable[..., Office],
) -> None:
    desk = office(work_s=20.0)
    process = await desk.start(hourly(), owner="first")
    await asyncio.sleep(3600 + 5)
    await process.aclose()

    async with desk.process(hourly(), owner="second"):
        await asyncio.sleep(60)

    assert desk.begun == [("digest", "2026-01-01T01:00Z")] * 2
    assert desk.done_keys == ["2026-01-01T01:00Z"]


@virtual_time
async def test_a_run_longer_than_its_lease_keeps_it(office: Callable[..., Office]) -> None:
    desk = office(work_s=200.0)

    async with (
        desk.process(hourly(lease_s=30.0), owner="a"),
        desk.process(hourly(lease_s=30.0), owner="b"),
    ):
        await asyncio.sleep(3600 + 600)

    assert desk.begun == [("digest", "2026-01-01T01:00Z")]


@virtual_time
async def test_nothing_fires_while_the_ledger_is_away_and_then_policy_decides(
    office: Callable[..., Office],
) -> None:
    desk = office()

    async with desk.process(hourly("all"), EVERY_MINUTE):
        await asyncio.sleep(1800)
        desk.ledger.is_away = True
        before = len(desk.done)
        await asyncio.sleep(2 * 3600)
        meanwhile = len(desk.done) - before
        desk.ledger.is_away = False
        await asyncio.sleep(120)

    # The run that was in hand may end; its done mark waits for the ledger.
    assert meanwhile <= 1
    assert [key for job, key in desk.done if job == "digest"] == [
        "2026-01-01T01:00Z",
        "2026-01-01T02:00Z",
    ]


@virtual_time
async def test_a_job_that_raises_is_settled_as_failed_and_logged_with_its_duration(
    office: Callable[..., Office],
) -> None:
    desk = office(fault=RuntimeError("no such file"))

    with capture_logs() as lines:
        async with desk.process(hourly()) as scheduler:
            await asyncio.sleep(2 * 3600 + 60)
            listed = await scheduler.ask(ListJobs(), timeout_s=1)

    assert len(desk.begun) == 2
    assert isinstance(listed, Jobs)
    run = listed.jobs[0].last_run
    assert run is not None
    assert (run.outcome, run.error_kind) == ("failed", "RuntimeError")
    [ended, _] = [line for line in lines if line["event"] == "job.ended"]
    assert (ended["outcome"], ended["duration_s"]) == ("failed", 1.0)
    assert [line["event"] for line in lines if line["event"] == "job.started"] == [
        "job.started"
    ] * 2


@virtual_time
async def test_a_job_that_takes_too_long_is_settled_as_failed(
    office: Callable[..., Office],
) -> None:
    desk = office(work_s=100.0)

    async with desk.process(hourly(timeout_s=10.0)) as scheduler:
        await asyncio.sleep(3600 + 60)
        listed = await scheduler.ask(ListJobs(), timeout_s=1)

    assert isinstance(listed, Jobs)
    run = listed.jobs[0].last_run
    assert run is not None
    assert (run.outcome, run.error_kind) == ("failed", "AskTimeoutError")


@virtual_time
async def test_a_paused_job_lets_its_fires_pass_until_it_is_resumed(
    office: Callable[..., Office],
) -> None:
    desk = office()

    async with desk.process(EVERY_MINUTE) as scheduler:
        paused = await scheduler.ask(PauseJob(job="heartbeat"), timeout_s=1)
        await asyncio.sleep(3600 + 30)
        listed = await scheduler.ask(ListJobs(), timeout_s=1)
        meanwhile = len(desk.done)
        await scheduler.ask(PauseJob(job="heartbeat", paused=False), timeout_s=1)
        await asyncio.sleep(60)

    assert paused == PauseSet()
    assert isinstance(listed, Jobs)
    assert listed.jobs[0].paused
    assert (meanwhile, len(desk.done)) == (0, 1)


@virtual_time
async def test_an_operator_runs_a_paused_job_by_hand_once_a_request(
    office: Callable[..., Office],
) -> None:
    desk = office()

    async with desk.process(hourly()) as scheduler:
        await scheduler.ask(PauseJob(job="digest"), timeout_s=1)
        ran = await scheduler.ask(FireNow(job="digest", request_id="7"), timeout_s=30)
        again = await scheduler.ask(FireNow(job="digest", request_id="7"), timeout_s=30)

    assert ran == FireOutcome(error_kind=None, duration_s=1.0)
    assert again == FireOutcome(error_kind="Settled", duration_s=0.0)
    assert desk.done_keys == ["by hand 7"]


@virtual_time
async def test_an_operator_is_told_of_an_unknown_job_and_of_a_ledger_that_is_away(
    office: Callable[..., Office],
) -> None:
    desk = office()

    async with desk.process(hourly()) as scheduler:
        unknown = await scheduler.ask(FireNow(job="digets", request_id="7"), timeout_s=1)
        unknown_pause = await scheduler.ask(PauseJob(job="digets"), timeout_s=1)
        desk.ledger.is_away = True
        away = await scheduler.ask(ListJobs(), timeout_s=1)

    assert unknown == unknown_pause == NoSuchJob()
    assert away == LedgerAway()


@virtual_time
async def test_fires_are_spread_by_jitter_at_the_same_moment_in_every_process(
    office: Callable[..., Office],
) -> None:
    desk = office()
    begun_at_s: list[float] = []

    async with (
        desk.process(hourly(jitter_s=300.0), owner="a"),
        desk.process(hourly(jitter_s=300.0), owner="b"),
    ):
        for _ in range(5 * 3600):
            await asyncio.sleep(1)
            if len(desk.begun) > len(begun_at_s):
                begun_at_s.append(desk.clock.monotonic_s() % 3600)

    assert len(begun_at_s) == 4 or len(begun_at_s) == 5
    assert len(set(begun_at_s)) > 2
    assert max(begun_at_s) <= 302


@virtual_time
async def test_two_jobs_of_one_name_are_refused() -> None:
    ledger = InMemoryLedger(VirtualClock(asyncio.get_running_loop()).now)

    with pytest.raises(SpecError, match="same name"):
        Scheduler(jobs=[hourly(), hourly()], ledger=ledger, runner=Probe().address, owner="one")


@virtual_time
async def test_a_job_that_runs_at_starts_runs_once_in_each_and_then_at_its_times(
    office: Callable[..., Office],
) -> None:
    desk = office()
    job = Job(name="warmup", expression="0 3 * * *", at_start=True)

    for owner in ("first", "second"):
        async with desk.process(job, owner=owner):
            await asyncio.sleep(60)
    async with desk.process(job, owner="third"):
        await asyncio.sleep(DAY_S)

    starts = [key for key in desk.done_keys if key.startswith("start ")]
    assert len(starts) == len(set(starts)) == 3
    assert [key for key in desk.done_keys if key not in starts] == ["2026-01-01T03:00"]


@virtual_time
async def test_a_start_fires_nothing_while_the_job_is_paused(office: Callable[..., Office]) -> None:
    desk = office()
    job = Job(name="warmup", expression="0 3 * * *", at_start=True)
    await desk.ledger.set_paused("warmup", paused=True)

    async with desk.process(job):
        await asyncio.sleep(60)

    assert desk.begun == []


@virtual_time
async def test_a_job_that_runs_at_starts_waits_for_the_ledger_and_then_runs_once(
    office: Callable[..., Office],
) -> None:
    desk = office()
    desk.ledger.is_away = True

    async with desk.process(Job(name="warmup", expression="0 3 * * *", at_start=True)):
        await asyncio.sleep(600)
        desk.ledger.is_away = False
        await asyncio.sleep(600)

    assert len(desk.done) == 1
