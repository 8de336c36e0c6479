"""When jobs are due: their times, which the settings may change, and what a missed one means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.kernel import SpecError
from actors.scheduler import Job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.scheduler import CatchUp

OFF: Final = "off"
"""What the settings say of a job that is not to run."""

DEFAULT_TIMES: Final[Mapping[str, str]] = {
    "heartbeat": "*/5 * * * *",
    "outbox_check": "*/5 * * * *",
    "close_idle_events": "15 5 * * *",
    "retention": "10 4 * * *",
    # After what must not be kept any longer is gone.
    "archive_export": "40 4 * * *",
    "secrets_age": "0 9 * * *",
    # Before the first round of a morning.
    "cache_warmup": "30 7 * * *",
    # For `/jobs run`; the gateway looks by itself more often.
    "discord_check": "45 7 * * *",
    # Between the boards' own changes, for what nobody tells: a message that somebody deleted.
    "live_board_check": "*/5 * * * *",
    # After the last round of a day.
    "daily_digest": "0 22 * * *",
    "metrics_push": "* * * * *",
    "redis_counters": "* * * * *",
}
_CATCH_UP: Final[Mapping[str, CatchUp]] = {
    # A sign of life or a look at a queue says nothing about an hour ago.
    "heartbeat": "skip",
    "outbox_check": "skip",
    "close_idle_events": "once",
    "retention": "once",
    "archive_export": "once",
    "secrets_age": "once",
    "cache_warmup": "skip",
    "discord_check": "skip",
    "live_board_check": "skip",
    # What was due in the night is told in the morning.
    "daily_digest": "once",
    "metrics_push": "skip",
    # The next run adds what a missed one would have.
    "redis_counters": "skip",
}
_AT_START: Final = frozenset({"cache_warmup"})
_JITTER_S: Final = 20.0


def timetable(times: Mapping[str, str], *, timezone: str) -> tuple[Job, ...]:
    """Return the jobs that run.

    Args:
        times: Cron expressions by name, or `OFF`; jobs that are left out keep their own times.
        timezone: Whose wall clock the fixed hours are on.

    Raises:
        SpecError: An expression or the time zone is no such thing, or there is no such job.
    """
    for name in times:
        if name not in DEFAULT_TIMES:
            raise SpecError(f"there is no job {name}; there are {', '.join(DEFAULT_TIMES)}")
    chosen = {**DEFAULT_TIMES, **times}
    return tuple(
        Job(
            name=name,
            expression=expression,
            timezone=timezone,
            catch_up=_CATCH_UP[name],
            jitter_s=_JITTER_S,
            at_start=name in _AT_START,
        )
        for name, expression in chosen.items()
        if expression != OFF
    )
