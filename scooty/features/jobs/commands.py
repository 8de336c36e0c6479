"""``/jobs list | run | pause | resume``: what runs at fixed times, for operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Choice, OfferChoices
from actors.kernel import ActorFailedError, ActorKitError, AskTimeoutError
from actors.scheduler.messages import FireNow, LedgerAway, ListJobs, NoSuchJob, PauseJob
from scooty.core.asking import ask_or
from scooty.core.command import Command, Feature
from scooty.core.inputs import JOB
from scooty.core.requests import Refused
from scooty.core.text.limits import CHOICES
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.jobs.replies import (
    job_pause_set,
    job_ran,
    job_still_running,
    job_unknown,
    jobs_listed,
    jobs_out_of_reach,
)

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome, TypingRequest

_ASK_S: Final = 2.0
_RUN_S: Final = 5.0
"""As long as a command may take; a job that takes longer goes on all the same."""


async def list_jobs(request: CommandRequest, ports: Ports) -> Outcome:
    """Show every job: when it is due, whether it is paused, how its last run went."""
    listed = await ask_or(ports.scheduler, ListJobs(), timeout_s=_ASK_S, otherwise=LedgerAway())
    if isinstance(listed, LedgerAway):
        return Refused(response=jobs_out_of_reach(request.t))
    return jobs_listed(listed, request.t)


async def run_job(request: CommandRequest, ports: Ports) -> Outcome:
    """Run a job now, and say how it went; two requests of one id are one run."""
    name, scheduler = JOB.read(request), ports.scheduler
    query = FireNow(job=name, request_id=str(request.id))
    try:
        outcome = await scheduler.ask(query, timeout_s=_RUN_S) if scheduler else LedgerAway()
    except (AskTimeoutError, ActorFailedError):  # it was begun, and nobody can say how it ends
        return job_still_running(name, request.t)
    except ActorKitError:
        outcome = LedgerAway()
    if isinstance(outcome, NoSuchJob):
        return _unknown(name, request, ports)
    if isinstance(outcome, LedgerAway):
        return Refused(response=jobs_out_of_reach(request.t))
    return job_ran(name, outcome, request.t)


async def pause_job(request: CommandRequest, ports: Ports) -> Outcome:
    """Let a job's times pass until it is resumed."""
    return await _set_paused(request, ports, paused=True)


async def resume_job(request: CommandRequest, ports: Ports) -> Outcome:
    """Let a job run at its times again."""
    return await _set_paused(request, ports, paused=False)


async def _set_paused(request: CommandRequest, ports: Ports, *, paused: bool) -> Outcome:
    name = JOB.read(request)
    query = PauseJob(job=name, paused=paused)
    outcome = await ask_or(ports.scheduler, query, timeout_s=_ASK_S, otherwise=LedgerAway())
    if isinstance(outcome, NoSuchJob):
        return _unknown(name, request, ports)
    if isinstance(outcome, LedgerAway):
        return Refused(response=jobs_out_of_reach(request.t))
    return job_pause_set(name, request.t, paused=paused)


def _unknown(name: str, request: CommandRequest, ports: Ports) -> Refused:
    return Refused(response=job_unknown(name, ports.job_names, request.t))


async def suggest_jobs(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer the jobs whose name holds what is typed."""
    fitting = [name for name in ports.job_names if request.text.lower() in name]
    return OfferChoices(choices=tuple(Choice(name=name, value=name) for name in fitting[:CHOICES]))


_COMPLETE: Final = {JOB.name: suggest_jobs}


FEATURE: Final = Feature(
    commands=(
        Command(path="jobs list", handler=list_jobs, administrators_only=True, role=Role.CAPTAIN),
        Command(
            path="jobs run",
            options=(JOB,),
            administrators_only=True,
            handler=run_job,
            role=Role.CAPTAIN,
            effect=Effect.JOB,
            autocompleters=_COMPLETE,
        ),
        Command(
            path="jobs pause",
            options=(JOB,),
            administrators_only=True,
            handler=pause_job,
            role=Role.CAPTAIN,
            effect=Effect.JOB,
            autocompleters=_COMPLETE,
        ),
        Command(
            path="jobs resume",
            options=(JOB,),
            administrators_only=True,
            handler=resume_job,
            role=Role.CAPTAIN,
            effect=Effect.JOB,
            autocompleters=_COMPLETE,
        ),
    )
)
