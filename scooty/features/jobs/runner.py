"""The runner: does the work of jobs when the scheduler asks for it.

Owns:
    Nothing. Each job's work is a function, given by wiring.

Loses at restart:
    The runs in hand: the scheduler settles them as failed.

Failure modes:
    Work that raises is isolated: the scheduler gets the error's kind, the other jobs go on. A job
    without work here is one that an older or newer version of the program knows.

Asks: whoever a job's work asks; see wiring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from typing_extensions import override

from actors.kernel import AsyncioActor, Crashed
from actors.scheduler.messages import JobDone, JobFailed, RunJob

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

JobWork: TypeAlias = "Callable[[RunJob], Coroutine[Any, Any, str]]"
"""Does a job's work and says for the log what came of it."""


class JobRunner(AsyncioActor[RunJob]):
    """Runs jobs.

    Args:
        work: What to do, by the job's name.
    """

    def __init__(self, *, work: Mapping[str, JobWork]) -> None:
        super().__init__()
        self._work = work

    @override
    async def on_receive(self, message: RunJob) -> JobDone | JobFailed:
        """Do one job's work."""
        work = self._work.get(message.job)
        if work is None:
            return JobFailed(kind="NoSuchWork")
        outcome = await self.isolate(work(message))
        if isinstance(outcome, Crashed):
            return JobFailed(kind=outcome.kind)
        return JobDone(detail=outcome.value)
