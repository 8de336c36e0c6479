"""Scheduler: starts jobs at their times, once among all processes.

Owns:
    One keeper a job: a task that waits for the job's next fire.

Loses at restart:
    The runs in hand. Their claims stay in the ledger until their leases end; then this process or
    another runs those fires again, which their work has to bear.

Failure modes:
    The ledger away: nothing fires, since nobody could tell whether it fired elsewhere; what became
    due meanwhile is caught up by each job's policy. A job that raises, or takes too long, is
    settled as failed and logged; its next fire comes as usual. The clock set back: nothing fires
    twice, since fires are known by their keys.

Asks: the runner and, through the ledger, whoever keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from typing_extensions import override

from actors.kernel import AsyncioActor, SpecError
from actors.scheduler.jobs import Fire
from actors.scheduler.keeper import Keeper
from actors.scheduler.ledger import Claimed, LedgerUnavailableError
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
    SchedulerMessage,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.kernel import Address
    from actors.scheduler.jobs import Job
    from actors.scheduler.ledger import FireLedger
    from actors.scheduler.messages import RunJob


class Scheduler(AsyncioActor[SchedulerMessage]):
    """Keeps all jobs.

    Args:
        jobs: what to run when; their names are unique.
        ledger: where fires are claimed and settled.
        runner: asked `RunJob`.
        owner: names this process in the ledger; unique among all that share it.

    Raises:
        SpecError: two jobs have one name.
    """

    def __init__(
        self, *, jobs: Sequence[Job], ledger: FireLedger, runner: Address[RunJob], owner: str
    ) -> None:
        super().__init__()
        self._jobs = {job.name: job for job in jobs}
        if len(self._jobs) < len(jobs):
            raise SpecError("two jobs have the same name")
        self._ledger = ledger
        self._runner = runner
        self._owner = owner
        self._keepers: dict[str, Keeper] = {}

    @override
    async def on_start(self) -> None:
        """Begin to wait for every job's next fire."""
        for job in self._jobs.values():
            keeper = Keeper(
                job=job,
                ledger=self._ledger,
                owner=self._owner,
                runner=self._runner,
                clock=self.clock,
                log=self.log,
            )
            self._keepers[job.name] = keeper
            self.spawn(keeper.keep(), name=f"job {job.name}")

    @override
    async def on_receive(
        self, message: SchedulerMessage
    ) -> Jobs | FireOutcome | PauseSet | NoSuchJob | LedgerAway:
        """Answer an operator."""
        try:
            match message:
                case ListJobs():
                    return Jobs(
                        jobs=tuple([await self._status(job) for job in self._jobs.values()])
                    )
                case FireNow():
                    return await self._fire_now(message)
                case PauseJob():
                    return await self._pause(message)
                case _:
                    assert_never(message)
        except LedgerUnavailableError:
            return LedgerAway()

    async def _status(self, job: Job) -> JobStatus:
        now = self.clock.now()
        record = await self._ledger.read(job.name, started_at=now)
        return JobStatus(
            name=job.name,
            expression=job.expression,
            timezone=job.timezone,
            paused=record.paused,
            next_due_at=next(job.fires_after(now)).due_at,
            last_run=record.last_run,
        )

    async def _fire_now(self, query: FireNow) -> FireOutcome | NoSuchJob:
        keeper = self._keepers.get(query.job)
        if keeper is None:
            return NoSuchJob()
        fire = Fire(
            job=query.job,
            key=f"by hand {query.request_id}",
            due_at=self.clock.now(),
            by_hand=True,
        )
        claim = await self._ledger.claim(fire, owner=self._owner, lease_s=keeper.job.lease_s)
        if not isinstance(claim, Claimed):
            return FireOutcome(error_kind=type(claim).__name__, duration_s=0.0)
        return await keeper.run(fire, attempt=claim.attempt)

    async def _pause(self, query: PauseJob) -> PauseSet | NoSuchJob:
        if query.job not in self._jobs:
            return NoSuchJob()
        await self._ledger.set_paused(query.job, paused=query.paused)
        self.log.info("job.pause_set", job=query.job, paused=query.paused)
        return PauseSet()
