"""What each job does, with the actors that it asks played by probes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from structlog.testing import capture_logs

from actors.discord_gateway.standing import CheckStanding
from actors.kernel import ActorStoppedError, SpecError
from actors.repository.messages import CallFunction, DatabaseUnavailable, FunctionReturned
from actors.scheduler.messages import JobDone, JobFailed, RunJob
from actors.testing import ManualClock, Probe, run_actor
from scooty.core.cached.stale import GuildInDoubt, GuildsToKeep
from scooty.core.outbox.messages import GetOutboxHealth, OutboxHealth
from scooty.domain.health import ActorVitals, PartHealth, SystemHealth
from scooty.domain.ids import GuildId
from scooty.errors import StorageUnavailable
from scooty.features.jobs.runner import JobRunner
from scooty.features.jobs.timetable import DEFAULT_TIMES, timetable
from scooty.features.jobs.work import (
    cache_warmup,
    close_idle_events,
    discord_check,
    heartbeat,
    outbox_check,
    secrets_age,
)

if TYPE_CHECKING:
    from scooty.core.ports import SystemHealthPort

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RUN = RunJob(job="any", key="k", due_at=NOW)
LOG = structlog.get_logger("test")


class Known:
    """A health that is what a test says."""

    def __init__(self, *actors: ActorVitals) -> None:
        well = PartHealth(state="connected")
        self._health = SystemHealth(gateway=well, database=well, cache=well, actors=actors)

    async def read(self) -> SystemHealth:
        return self._health


def outbox_with(oldest_at: datetime | None) -> Probe:
    outbox = Probe("outbox")
    outbox.answer(
        GetOutboxHealth,
        OutboxHealth(
            waiting=0 if oldest_at is None else 3,
            untold=0,
            oldest_at=oldest_at,
            last_error=None,
            journal_problem=None,
            unreadable=0,
            damaged_files=(),
        ),
    )
    return outbox


@pytest.mark.parametrize(
    ("health", "detail"),
    [
        (Known(ActorVitals(name="desk", state="running", restarts=0, mailbox_depth=0)), "well"),
        (
            Known(ActorVitals(name="cache", state="degraded", restarts=0, mailbox_depth=0)),
            "degraded: cache",
        ),
    ],
)
async def test_the_heartbeat_says_what_is_not_well(health: SystemHealthPort, detail: str) -> None:
    assert await heartbeat(RUN, health=health, log=LOG) == detail


@pytest.mark.parametrize(("minutes", "warns"), [(None, False), (9, False), (11, True)])
async def test_a_write_that_waits_for_over_ten_minutes_is_a_warning(
    minutes: int | None, *, warns: bool
) -> None:
    oldest_at = None if minutes is None else NOW - timedelta(minutes=minutes)

    with capture_logs() as lines:
        await outbox_check(
            RUN, outbox=outbox_with(oldest_at).address, clock=ManualClock(NOW), log=LOG
        )

    assert [line["event"] for line in lines] == (["outbox.late"] if warns else [])


@pytest.mark.parametrize(
    ("rotated_on", "event"),
    [
        (date(2025, 12, 1), []),
        (date(2025, 10, 1), ["secrets.old"]),
        (None, ["secrets.age_unknown"]),
    ],
)
async def test_secrets_older_than_90_days_are_a_warning(
    rotated_on: date | None, event: list[str]
) -> None:
    with capture_logs() as lines:
        await secrets_age(RUN, rotated_on=rotated_on, clock=ManualClock(NOW), log=LOG)

    assert [line["event"] for line in lines] == event


@pytest.mark.parametrize("closed", [0, 2])
async def test_idle_events_are_closed_by_one_function_and_the_desk_is_told(closed: int) -> None:
    repository, desk = Probe("repository"), Probe("desk")
    repository.answer(CallFunction, FunctionReturned.of(closed))

    detail = await close_idle_events(RUN, repository=repository.address, desk=desk.address)

    assert detail == f"{closed} closed"
    assert (await repository.expect(CallFunction)).name == "close_idle_events"
    if closed:
        assert await desk.expect(GuildInDoubt) == GuildInDoubt(guild_id=None)
    else:
        desk.expect_no_message()


async def test_the_desk_is_told_which_guilds_will_ask_soon() -> None:
    repository, desk = Probe("repository"), Probe("desk")
    repository.answer(CallFunction, FunctionReturned.of([12, 11]))

    detail = await cache_warmup(RUN, repository=repository.address, desk=desk.address)

    assert detail == "2 active events"
    call = await repository.expect(CallFunction)
    assert (call.name, dict(call.arguments)) == ("list_active_guilds", {"at_most": 50})
    assert await desk.expect(GuildsToKeep) == GuildsToKeep(guild_ids=(GuildId(12), GuildId(11)))


async def test_an_operator_can_have_discord_looked_at_now() -> None:
    gateway = Probe("gateway")

    detail = await discord_check(RUN, gateway=gateway.address)

    await gateway.expect(CheckStanding)
    assert detail == "asked for"


@pytest.mark.parametrize("job", [close_idle_events, cache_warmup])
@pytest.mark.parametrize(
    "answer",
    [
        DatabaseUnavailable(detail="away", may_have_been_saved=False),
        ActorStoppedError(name="repository"),
    ],
)
async def test_an_outage_fails_the_job(answer: object, job: Any) -> None:
    repository = Probe("repository")
    repository.answer(CallFunction, answer)  # type: ignore[arg-type] # an error is raised at the caller

    with pytest.raises(StorageUnavailable):
        await job(RUN, repository=repository.address, desk=Probe("desk").address)


async def test_the_runner_tells_done_from_failed_and_goes_on() -> None:
    async def works(run: RunJob) -> str:
        return f"did {run.job}"

    async def fails(run: RunJob) -> str:
        raise OSError(run.job)

    work = {"good": works, "bad": fails}
    async with run_actor(JobRunner(work=work)) as runner:
        outcomes = [
            await runner.ask(RunJob(job=job, key="k", due_at=NOW), timeout_s=1)
            for job in ("bad", "good", "unheard of")
        ]

    assert outcomes == [
        JobFailed(kind="OSError"),
        JobDone(detail="did good"),
        JobFailed(kind="NoSuchWork"),
    ]


def test_the_settings_change_times_and_turn_jobs_off() -> None:
    jobs = timetable({"heartbeat": "*/10 * * * *", "secrets_age": "off"}, timezone="Europe/Paris")

    by_name = {job.name: job for job in jobs}
    assert set(by_name) == set(DEFAULT_TIMES) - {"secrets_age"}
    assert by_name["heartbeat"].expression == "*/10 * * * *"
    assert by_name["close_idle_events"].timezone == "Europe/Paris"


def test_a_job_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(SpecError, match="no job heartbeet; there are heartbeat"):
        timetable({"heartbeet": "* * * * *"}, timezone="UTC")


def test_the_cache_is_warmed_up_at_every_start_and_in_the_morning() -> None:
    by_name = {job.name: job for job in timetable({}, timezone="Europe/Paris")}

    assert by_name["cache_warmup"].expression == "30 7 * * *"
    assert [name for name, job in by_name.items() if job.at_start] == ["cache_warmup"]
