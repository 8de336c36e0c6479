"""``/jobs``: what operators read and do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from actors.discord_gateway.interactions import (
    AutocompleteRequested,
    CommandInvoked,
    InteractionKey,
    InteractionReceived,
    Option,
    Person,
)
from actors.discord_gateway.replies import OfferChoices, Reply
from actors.kernel import ActorFailedError, ActorStoppedError, AskTimeoutError
from actors.scheduler import Run
from actors.scheduler.messages import (
    FireNow,
    FireOutcome,
    Jobs,
    JobStatus,
    LedgerAway,
    ListJobs,
    NoSuchJob,
    PauseJob,
    PauseSet,
)
from actors.testing import Probe
from scooty.core.dispatch import Conclusion, respond
from scooty.core.ports import Ports
from scooty.features.registry import route

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import InteractionAction
    from scooty.core.ports import SystemHealthPort

AT = datetime(2026, 1, 1, tzinfo=UTC)
RAN = Run(
    key="k", due_at=AT, started_at=AT, ended_at=AT, outcome="failed", error_kind="TimeoutError"
)
HEARTBEAT = JobStatus(
    name="heartbeat",
    expression="*/5 * * * *",
    timezone="UTC",
    paused=False,
    next_due_at=AT,
    last_run=None,
)
SLOW = AskTimeoutError(name="scheduler", query="FireNow", timeout_s=5)
FAILED = ActorFailedError(name="scheduler", kind="OSError")
STOPPED = ActorStoppedError(name="scheduler")


def scheduler_saying(answer: Any) -> Probe:
    """Answer whatever is asked of jobs."""
    scheduler = Probe("scheduler")
    for query in (ListJobs, FireNow, PauseJob):
        scheduler.answer(query, answer)
    return scheduler


async def does(
    action: InteractionAction, scheduler: Probe, *, administrator: bool = True
) -> Conclusion:
    received = InteractionReceived(
        key=InteractionKey(id=77, application_id=1, token="secret"),  # noqa: S106 - a test's
        action=action,
        person=Person(user_id=500, display_name="Sam", is_administrator=administrator),
        guild_id=1,
        channel_id=3,
        locale="en-US",
        guild_locale=None,
        received_at=AT,
        attachment_size_limit=10,
    )
    ports = Ports(
        health=cast("SystemHealthPort", None),
        scheduler=scheduler.address,
        job_names=("heartbeat", "secrets_age"),
    )
    return await respond(route(action), received, ports)


def jobs_command(name: str, job: str | None = None) -> CommandInvoked:
    options = () if job is None else (Option(name="job", value=job),)
    return CommandInvoked(path=f"jobs {name}", options=options)


def text_of(conclusion: Conclusion) -> str:
    reply = conclusion.response
    assert isinstance(reply, Reply)
    [embed] = reply.embeds
    fields = [f"{each.name} {each.value}" for each in embed.fields]
    return "\n".join(filter(None, (embed.title, embed.description, *fields)))


async def test_the_list_shows_times_pauses_and_how_the_last_run_went() -> None:
    listed = Jobs(
        jobs=(
            HEARTBEAT,
            replace(HEARTBEAT, name="secrets_age", paused=True, last_run=RAN),
            replace(HEARTBEAT, name="digest", last_run=replace(RAN, outcome="ok", error_kind=None)),
            replace(
                HEARTBEAT, name="warm_up", last_run=replace(RAN, outcome=None, error_kind=None)
            ),
        )
    )

    shown = text_of(await does(jobs_command("list"), scheduler_saying(listed)))

    for expected in (
        "`heartbeat` `*/5 * * * *` (UTC)",
        "next <t:",
        "has not run yet",
        "paused",
        "🔴 last run <t:1767225600:R>: TimeoutError",
        "🟢 last run",
        "running since",
    ):
        assert expected in shown


@pytest.mark.parametrize(
    ("answer", "verdict", "sentence"),
    [
        (FireOutcome(error_kind=None, duration_s=0.25), "ok", "It took 0.2 s."),
        (FireOutcome(error_kind="OSError", duration_s=0.1), "ok", "`heartbeat` failed"),
        (SLOW, "ok", "`heartbeat` is still running"),
        (FAILED, "ok", "`heartbeat` is still running"),
        (STOPPED, "refused", "Nothing was done"),
        (NoSuchJob(), "refused", "There are `heartbeat`, `secrets_age`"),
        (LedgerAway(), "refused", "Nothing was done"),
    ],
)
async def test_a_run_by_hand_is_keyed_by_its_request_and_says_how_it_went(
    answer: object, verdict: str, sentence: str
) -> None:
    scheduler = scheduler_saying(answer)

    conclusion = await does(jobs_command("run", "heartbeat"), scheduler)

    assert await scheduler.expect(FireNow) == FireNow(job="heartbeat", request_id="77")
    assert conclusion.verdict == verdict
    assert sentence in text_of(conclusion)


@pytest.mark.parametrize(("name", "paused"), [("pause", True), ("resume", False)])
async def test_a_job_is_paused_and_resumed(name: str, *, paused: bool) -> None:
    scheduler = scheduler_saying(PauseSet())

    conclusion = await does(jobs_command(name, "heartbeat"), scheduler)

    assert await scheduler.expect(PauseJob) == PauseJob(job="heartbeat", paused=paused)
    assert conclusion.verdict == "ok"


@pytest.mark.parametrize("name", ["list", "run", "pause", "resume"])
async def test_only_captains_may(name: str) -> None:
    scheduler = Probe("scheduler")

    conclusion = await does(jobs_command(name, "heartbeat"), scheduler, administrator=False)

    assert conclusion.verdict == "refused"
    scheduler.expect_no_message()


async def test_names_that_hold_what_is_typed_are_offered() -> None:
    typing = AutocompleteRequested(
        path="jobs run", focused="job", options=(Option(name="job", value="AGE"),)
    )

    conclusion = await does(typing, Probe())

    assert isinstance(conclusion.response, OfferChoices)
    assert [choice.value for choice in conclusion.response.choices] == ["secrets_age"]
