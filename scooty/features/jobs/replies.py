"""What ``/jobs`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import EmbedField
from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, relative_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.discord_gateway.replies import Reply
    from actors.scheduler.messages import FireOutcome, Jobs, JobStatus
    from scooty.core.i18n import Translator

_FIELDS = 25
"""In an embed, by Discord's limit."""


def jobs_listed(listed: Jobs, t: Translator) -> Reply:
    """Show every job, its times, and how its last run went."""
    fields = tuple(
        EmbedField(name=f"`{job.name}`", value=_status(job, t)) for job in listed.jobs[:_FIELDS]
    )
    text = None if fields else t("jobs.none")
    return notice(Tone.KNOWN, t("jobs.title"), text, fields=fields)


def _status(job: JobStatus, t: Translator) -> str:
    due = relative_time(job.next_due_at)
    lines = [f"`{job.expression}` ({job.timezone})"]
    lines.append(t("jobs.paused") if job.paused else t("jobs.next", when=due))
    run = job.last_run
    if run is None:
        lines.append(t("jobs.never_ran"))
    elif run.outcome is None:
        lines.append(t("jobs.running", when=relative_time(run.started_at)))
    elif run.outcome == "failed":
        kind = shown(run.error_kind or "")
        lines.append(t("jobs.last_failed", when=relative_time(run.started_at), kind=kind))
    else:
        lines.append(t("jobs.last_ok", when=relative_time(run.started_at)))
    return "\n".join(lines)


def job_ran(name: str, outcome: FireOutcome, t: Translator) -> Reply:
    """Say how a run by hand went."""
    if outcome.error_kind is None:
        duration = f"{outcome.duration_s:.1f}"
        return notice(Tone.SAVED, t("jobs.ran", job=name), t("jobs.took", seconds=duration))
    kind = shown(outcome.error_kind)
    return notice(Tone.FAILED, t("jobs.run_failed", job=name), t("jobs.see_log", kind=kind))


def job_still_running(name: str, t: Translator) -> Reply:
    """Say that a run by hand was begun, and where to look."""
    return notice(Tone.ATTENTION, t("jobs.still_running", job=name), t("problem.look_at_jobs"))


def job_pause_set(name: str, t: Translator, *, paused: bool) -> Reply:
    """Say that a job is paused, or runs again."""
    if paused:
        return notice(Tone.SAVED, t("jobs.pause_set", job=name), t("jobs.pause_set.text"))
    return notice(Tone.SAVED, t("jobs.resumed", job=name))


def job_unknown(name: str, known: Iterable[str], t: Translator) -> Reply:
    """Say that there is no such job, and which there are."""
    names = ", ".join(f"`{each}`" for each in known)
    text = t("jobs.unknown.text", jobs=names) if names else t("jobs.none")
    return notice(Tone.REFUSED, t("jobs.unknown", job=shown(name)), text)


def jobs_out_of_reach(t: Translator) -> Reply:
    """Say that the database, where runs are written down, is away, and that nothing was done."""
    return notice(Tone.FAILED, t("problem.not_done"), t("jobs.away"))
