"""What a job is, and at which moments it is due.

A job at fixed hours ("0 7 * * *") follows the wall clock of its time zone: it fires once when an
hour comes twice in autumn, and once more or not at all, as it says, when its hour is left out in
spring. A job of intervals ("*/15 * * * *") follows UTC, for which every hour comes once.

Source: https://man7.org/linux/man-pages/man5/crontab.5.html (expressions); croniter walks them on
naive times here, because its own daylight saving fires 01:30 twice in autumn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import (  # type: ignore[import-untyped] # its stubs are one more package
    CroniterBadCronError,
    CroniterBadDateError,
    croniter,
)

from actors.kernel import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator

CatchUp: TypeAlias = Literal["skip", "once", "all"]
"""What becomes of fires that nobody was there for: none of them, the last one, or every one."""
SkippedHour: TypeAlias = Literal["after", "never"]
"""A wall time that spring leaves out: at the first moment after the gap, or not at all."""

_FIELDS = 5
_NAME_LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    """One moment at which a job is due."""

    job: str
    key: str
    """Says which fire this is, the same in every process: wall time at fixed hours, else UTC."""
    due_at: datetime
    by_hand: bool = False
    """Asked for by an operator, or at a start: runs in a pause too, and stands outside of the job's
    times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A task with its times; refused when built if it could never run."""

    name: str
    expression: str
    """Five fields: minute, hour, day of month, month, day of week."""
    timezone: str = "UTC"
    """An IANA name; whose wall clock the fixed hours are on."""
    catch_up: CatchUp = "skip"
    grace_s: float = 60.0
    """A fire that is late by no more than this is not a missed one."""
    skipped_hour: SkippedHour = "after"
    jitter_s: float = 0.0
    """Up to so many seconds later, so that not all jobs of an hour start at once."""
    lease_s: float = 30.0
    """How long a run is believed to be alive without a word from it."""
    timeout_s: float = 300.0
    """The longest that one run may take."""
    at_start: bool = False
    """Also run once in every process that starts to keep it, unless it is paused."""

    def __post_init__(self) -> None:
        """Refuse what cannot be scheduled, with a sentence that says which part."""
        if not 0 < len(self.name) <= _NAME_LIMIT:
            raise SpecError(f"a job's name has 1 to {_NAME_LIMIT} characters, not {self.name!r}")
        if len(self.expression.split()) != _FIELDS:
            raise SpecError(
                f"job {self.name}: {self.expression!r} is no cron expression of five fields"
            )
        try:
            croniter(self.expression).get_next(datetime)
        except CroniterBadDateError:
            raise SpecError(f"job {self.name}: {self.expression!r} is never due") from None
        except (CroniterBadCronError, ValueError) as error:
            raise SpecError(f"job {self.name}: {self.expression!r} is refused: {error}") from None
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            raise SpecError(f"job {self.name}: there is no time zone {self.timezone!r}") from None
        for what, seconds in (("lease_s", self.lease_s), ("timeout_s", self.timeout_s)):
            if not seconds > 0:
                raise SpecError(f"job {self.name}: {what} is {seconds:g}, must be more than 0")

    @property
    def keeps_wall_time(self) -> bool:
        """Whether it is due at fixed hours of the wall clock, not at intervals."""
        return self.expression.split()[1] != "*"

    def fires_after(self, moment: datetime) -> Iterator[Fire]:
        """Walk all fires that are due after ``moment``, an aware datetime, in order."""
        if self.keeps_wall_time:
            return self._wall_fires(moment.astimezone(ZoneInfo(self.timezone)))
        return self._interval_fires(moment.astimezone(UTC))

    def _interval_fires(self, moment: datetime) -> Iterator[Fire]:
        walk = croniter(self.expression, moment.replace(tzinfo=None))
        while True:
            due_at: datetime = walk.get_next(datetime).replace(tzinfo=UTC)
            yield Fire(job=self.name, key=f"{due_at:%Y-%m-%dT%H:%MZ}", due_at=due_at)

    def _wall_fires(self, moment: datetime) -> Iterator[Fire]:
        # An hour earlier than the wall clock says, or what is due in the first of two equal hours
        # would be passed over when the moment is in the second.
        walk = croniter(self.expression, moment.replace(tzinfo=None) - timedelta(hours=3))
        last = moment
        while True:
            wall: datetime = walk.get_next(datetime)
            due_at = self._on_the_clock(wall)
            if due_at is not None and due_at > last:  # several of one gap are one
                last = due_at
                yield Fire(job=self.name, key=f"{wall:%Y-%m-%dT%H:%M}", due_at=due_at)

    def _on_the_clock(self, wall: datetime) -> datetime | None:
        """Return when the wall clock shows this for the first time; None for a left-out hour."""
        zone = ZoneInfo(self.timezone)
        due_at = wall.replace(tzinfo=zone).astimezone(UTC)
        if due_at.astimezone(zone).replace(tzinfo=None) == wall:
            return due_at
        return _end_of_gap(due_at, zone) if self.skipped_hour == "after" else None


def _end_of_gap(beyond: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second after a gap in local time that ``beyond`` was mapped past."""
    offset = beyond.astimezone(zone).utcoffset()
    end = int(beyond.timestamp())
    low, high = end - 26 * 3600, end
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)
