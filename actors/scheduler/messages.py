"""What the scheduler understands and answers, and what it asks of the actor that does the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from actors.kernel import Query

if TYPE_CHECKING:
    from datetime import datetime

    from actors.scheduler.ledger import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDone:
    """The job did its work."""

    detail: str = ""
    """For the log; no names of people, no secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFailed:
    """The job's work raised, and whoever did it goes on."""

    kind: str
    """The type name of what it raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunJob(Query[JobDone | JobFailed]):
    """Told to the runner: do the work of a job now.

    A fire is run again when the process that ran it died, so the work has to bear repetition, for
    instance by using ``key`` as its request id.
    """

    job: str
    key: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStatus:
    """One job as it is now."""

    name: str
    expression: str
    timezone: str
    paused: bool
    next_due_at: datetime
    last_run: Run | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """All jobs, in the order in which they were declared."""

    jobs: tuple[JobStatus, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchJob:
    """No job has that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerAway:
    """Where fires are written down cannot be reached, so nothing was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FireOutcome:
    """The job ran."""

    error_kind: str | None
    """The type name of what stopped it; None when it went well."""
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListJobs(Query[Jobs | LedgerAway]):
    """Ask for every job's state."""

    idempotent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FireNow(Query[FireOutcome | NoSuchJob | LedgerAway]):
    """Run a job now, whether it is paused or not; answered when it is over."""

    job: str
    request_id: str
    """Two requests with one id are one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseSet:
    """The job is paused, or is not, as was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseJob(Query[PauseSet | NoSuchJob | LedgerAway]):
    """Let a job's fires pass without running until it is told otherwise."""

    idempotent: ClassVar[bool] = True

    job: str
    paused: bool = True


SchedulerMessage: TypeAlias = ListJobs | FireNow | PauseJob
