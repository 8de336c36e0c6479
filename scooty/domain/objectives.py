"""The service's objectives: what share has to be good, how fast the error budget burns, and alarm.

A burn rate of 1 uses the budget up exactly at the end of the period; an alarm wants it over a long
window, so that it matters, and over a short one too, so that it has not passed already.

Source: The Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts", table 5-8.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Severity: TypeAlias = Literal["urgent", "soon"]

_MINUTE_S: Final = 60.0
_HOUR_S: Final = 3600.0
LONGEST_WINDOW_S: Final = 72 * _HOUR_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What share of what has to be good."""

    name: Literal["availability", "speed", "success"]
    target: float
    """The share that has to be good, below 1."""


AVAILABILITY: Final = Objective(name="availability", target=0.995)
"""Of the moments looked at, in which people can be answered.

Source of the targets: the runbook, "SLO / SLI".
"""
SPEED: Final = Objective(name="speed", target=0.95)
"""Of the commands, answered within 1.5 s."""
SUCCESS: Final = Objective(name="success", target=0.99)
"""Of the commands, that did not fail."""
OBJECTIVES: Final = (AVAILABILITY, SPEED, SUCCESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRule:
    """When a burn is an alarm."""

    severity: Severity
    rate: float
    long_s: float
    short_s: float


RULES: Final = (
    AlarmRule(severity="urgent", rate=14.4, long_s=_HOUR_S, short_s=5 * _MINUTE_S),
    AlarmRule(severity="urgent", rate=6.0, long_s=6 * _HOUR_S, short_s=30 * _MINUTE_S),
    AlarmRule(severity="soon", rate=1.0, long_s=LONGEST_WINDOW_S, short_s=6 * _HOUR_S),
)
_ENOUGH: Final = 20
"""Fewer things than this in the long window are no ground for an alarm: one failure of three
commands at night is 33 %, and nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn:
    """An objective whose budget burns too fast."""

    objective: Objective
    rule: AlarmRule
    rate: float
    """Over the long window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowShare:
    """An objective over one window."""

    window_s: float
    good: int
    bad: int
    burn_rate: float

    @property
    def good_share(self) -> float | None:
        """The share that was good; None when nothing happened."""
        total = self.good + self.bad
        return self.good / total if total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveState:
    """An objective over all its windows, longest last."""

    objective: Objective
    windows: tuple[WindowShare, ...]
    burn: Burn | None
    """The alarm that it gives cause for now."""

    @property
    def budget_left(self) -> float | None:
        """What is left of the longest window's error budget, from 1 to 0; None without any data."""
        longest = self.windows[-1]
        return None if longest.good_share is None else max(0.0, 1 - longest.burn_rate)


class GoodShare:
    """Counts good and bad by the minute, for as long as the longest window."""

    def __init__(self) -> None:
        self._minutes: deque[tuple[int, int, int]] = deque()

    def count(self, now_s: float, *, good: bool) -> None:
        """Count one more at ``now_s``, by a clock that never goes back."""
        minute = int(now_s // _MINUTE_S)
        if self._minutes and self._minutes[-1][0] == minute:
            _, goods, bads = self._minutes.pop()
        else:
            goods = bads = 0
        self._minutes.append((minute, goods + good, bads + (not good)))
        while self._minutes[0][0] < minute - LONGEST_WINDOW_S // _MINUTE_S:
            self._minutes.popleft()

    def within(self, now_s: float, window_s: float) -> tuple[int, int]:
        """Return how many were good and how many bad in the last ``window_s``, minute-wise."""
        first = int((now_s - window_s) // _MINUTE_S) + 1
        goods = bads = 0
        for minute, good, bad in reversed(self._minutes):
            if minute < first:
                break
            goods += good
            bads += bad
        return goods, bads


def burn_rate(objective: Objective, good: int, bad: int) -> float:
    """Return how many times too fast the budget is used; 0 when nothing happened."""
    total = good + bad
    return bad / total / (1 - objective.target) if total else 0.0


def find_burn(objective: Objective, share: GoodShare, now_s: float) -> Burn | None:
    """Return the worst alarm that an objective gives cause for, or None."""
    for rule in RULES:
        good, bad = share.within(now_s, rule.long_s)
        if good + bad < _ENOUGH:
            continue
        rate = burn_rate(objective, good, bad)
        short = burn_rate(objective, *share.within(now_s, rule.short_s))
        if rate > rule.rate and short > rule.rate:
            return Burn(objective=objective, rule=rule, rate=rate)
    return None


def quantile_s(share: float, bounds_s: Sequence[float], counts: Sequence[int]) -> float | None:
    """Estimate below which duration a share of all lies, evenly within a bucket.

    Args:
        share: From 0 to 1.
        bounds_s: The buckets' upper bounds.
        counts: How many in each bucket, and at the end how many took longer than all bounds.

    Returns:
        Seconds; at most the last bound, and None when nothing was counted.

    Source: https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
    """
    wanted, lower_s = share * sum(counts), 0.0
    if not wanted:
        return None
    for bound_s, count in zip(bounds_s, counts, strict=False):
        if count and wanted <= count:
            return lower_s + (bound_s - lower_s) * wanted / count
        wanted -= count
        lower_s = bound_s
    return lower_s
