"""When jobs are due, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel import SpecError
from scooty.errors import ConfigError
from scooty.jobs import timetable
from scooty.jobs.timetable import OFF

if TYPE_CHECKING:
    from actors.scheduler import Job
    from scooty.config import Settings

__all__ = ["job_times"]


def job_times(settings: Settings) -> tuple[Job, ...]:
    """Return the jobs that run.

    Raises:
        ConfigError: `SCOOTY_JOBS` names no job, or a time that is none.
    """
    # Without a gateway there is nowhere to push to, whatever the job's time is set to.
    unused = {"metrics_push": OFF} if settings.metrics_push_url is None else {}
    try:
        return timetable({**settings.job_times, **unused}, timezone=settings.timezone)
    except SpecError as error:
        raise ConfigError(f"SCOOTY_JOBS cannot be used: {error}.") from None
