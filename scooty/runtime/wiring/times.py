"""When jobs are due, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel import SpecError
from scooty.errors import ConfigError
from scooty.features.jobs.timetable import OFF, timetable

if TYPE_CHECKING:
    from actors.scheduler import Job
    from scooty.runtime.config import Settings


def job_times(settings: Settings) -> tuple[Job, ...]:
    """Return the jobs that run.

    Raises:
        ConfigError: `SCOOTY_JOBS` names no job, or a time that is none.
    """
    # Without somewhere to write to there is no job, whatever its time is set to.
    wanted = {
        "archive_export": settings.archive_dir is not None,
        "metrics_push": settings.metrics_push_url is not None,
        "redis_counters": settings.redis_counters,
    }
    unused = {name: OFF for name, is_wanted in wanted.items() if not is_wanted}
    try:
        return timetable({**settings.job_times, **unused}, timezone=settings.timezone)
    except SpecError as error:
        raise ConfigError(f"SCOOTY_JOBS cannot be used: {error}.") from None
