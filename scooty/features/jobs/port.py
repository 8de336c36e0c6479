"""`ActorJobs`: asks the scheduler for operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from typing_extensions import override

from actors.kernel import ActorFailedError, ActorKitError, AskTimeoutError
from actors.scheduler.messages import FireNow, LedgerAway, ListJobs, PauseJob
from scooty.core.ports import JobsPort, StillRunning

if TYPE_CHECKING:
    from actors.kernel import Address, Asked
    from actors.scheduler.messages import Jobs, NoSuchJob, PauseSet, SchedulerMessage
    from scooty.core.ports import RunOutcome
    from scooty.domain.ids import RequestId

R = TypeVar("R")

_ASK_S: Final = 2.0
_RUN_S: Final = 5.0
"""As long as a command may take; a job that takes longer goes on all the same."""


class ActorJobs(JobsPort):
    """The `JobsPort` of the running program.

    Args:
        scheduler: Knows the jobs.
        names: Their names.
    """

    def __init__(self, *, scheduler: Address[SchedulerMessage], names: tuple[str, ...]) -> None:
        self._scheduler = scheduler
        self._names = names

    @property
    @override
    def names(self) -> tuple[str, ...]:
        return self._names

    @override
    async def list_jobs(self) -> Jobs | LedgerAway:
        return await self._ask(ListJobs(), _ASK_S)

    @override
    async def run(self, job: str, *, request_id: RequestId) -> RunOutcome:
        query = FireNow(job=job, request_id=str(request_id))
        try:
            return await self._scheduler.ask(query, timeout_s=_RUN_S)
        except (AskTimeoutError, ActorFailedError):
            return StillRunning()
        except ActorKitError:
            return LedgerAway()

    @override
    async def set_paused(self, job: str, *, paused: bool) -> PauseSet | NoSuchJob | LedgerAway:
        return await self._ask(PauseJob(job=job, paused=paused), _ASK_S)

    async def _ask(self, query: Asked[SchedulerMessage, R], timeout_s: float) -> R | LedgerAway:
        try:
            return await self._scheduler.ask(query, timeout_s=timeout_s)
        except ActorKitError:
            return LedgerAway()
