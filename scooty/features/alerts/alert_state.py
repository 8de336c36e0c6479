"""What is known, what was told of it, and what is still to be told: pure.

A trouble is told once while it lasts and once when it is over. At most two messages in ten minutes
speak of one kind of trouble: the first pair at once, then what comes in between waits. Of what
waits only the newest word on each trouble is kept; the others are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from scooty.features.alerts.rules import PATIENCE_S, AlertLine, Trouble, TroubleKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

_MESSAGES: Final = 2
_WITHIN_S: Final = 600.0
_MOST_WAITING: Final = 100
"""Beyond it the oldest are only counted."""

Key = tuple[TroubleKind, str]


@dataclass(slots=True, kw_only=True)
class _Known:
    trouble: Trouble
    since_s: float
    since: datetime
    announced: int | None = None
    """The level that was announced; None while there is patience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one message says."""

    alert_lines: tuple[AlertLine, ...]
    """Oldest first."""
    left_out: int = 0
    """How many more changes of these kinds there were."""

    @property
    def kinds(self) -> frozenset[TroubleKind]:
        """What it speaks of."""
        return frozenset(alert_line.trouble.kind for alert_line in self.alert_lines)

    def first(self, count: int) -> Batch:
        """Return the same without what does not fit."""
        return replace(self, alert_lines=self.alert_lines[:count])


class AlertState:
    """Outlives the operator alerts's incarnations, so that nobody is told twice.

    All times are of one clock that never goes back, except ``now``, which is shown to people.
    """

    def __init__(self) -> None:
        self._known: dict[Key, _Known] = {}
        self._happened: dict[Key, datetime] = {}
        self._waiting: dict[Key, AlertLine] = {}  # in the order in which they came up
        self._left_out: Counter[TroubleKind] = Counter()
        self._told_at_s: defaultdict[TroubleKind, deque[float]] = defaultdict(
            lambda: deque(maxlen=_MESSAGES)
        )

    def observe(
        self,
        troubles: Iterable[Trouble],
        *,
        unknown: Collection[TroubleKind] = (),
        now_s: float,
        now: datetime,
    ) -> list[AlertLine]:
        """Take in how everything is.

        Args:
            troubles: All that there are.
            unknown: The kinds of which nobody could say; what is known of them stays.
            now_s: The clock's time.
            now: The same for people.

        Returns:
            What is new, whether or not it may be told yet.
        """
        present = {trouble.key: trouble for trouble in troubles}
        news = [
            alert_line
            for trouble in present.values()
            if (alert_line := self._begin(trouble, now_s, now)) is not None
        ]
        gone = [key for key in self._known if key not in present and key[0] not in unknown]
        news += [
            alert_line for key in gone if (alert_line := self._end(key, now_s, now)) is not None
        ]
        for alert_line in news:
            self._keep(alert_line)
        return news

    def happened(self, trouble: Trouble, *, at: datetime) -> list[AlertLine]:
        """Take in something that happened once; the same moment again is no news."""
        if self._happened.get(trouble.key) == at:
            return []
        self._happened[trouble.key] = at
        alert_line = AlertLine(state="happened", trouble=trouble, at=at)
        self._keep(alert_line)
        return [alert_line]

    def due(self, now_s: float) -> Batch | None:
        """Return what may be told now; None when that is nothing."""
        alert_lines = tuple(
            alert_line for alert_line in self._waiting.values() if self._may_tell(alert_line, now_s)
        )
        if not alert_lines:
            return None
        kinds = {alert_line.trouble.kind for alert_line in alert_lines}
        return Batch(alert_lines=alert_lines, left_out=sum(self._left_out[kind] for kind in kinds))

    def told(self, batch: Batch, now_s: float) -> None:
        """Forget what was told; a newer word that came up meanwhile still waits."""
        for alert_line in batch.alert_lines:
            if self._waiting.get(alert_line.trouble.key) is alert_line:
                del self._waiting[alert_line.trouble.key]
        for kind in batch.kinds:
            self._told_at_s[kind].append(now_s)
            del self._left_out[kind]

    def _begin(self, trouble: Trouble, now_s: float, now: datetime) -> AlertLine | None:
        known = self._known.get(trouble.key)
        if known is None:
            known = _Known(trouble=trouble, since_s=now_s, since=now)
            self._known[trouble.key] = known
        known.trouble = trouble
        if now_s - known.since_s < PATIENCE_S.get(trouble.kind, 0.0):
            return None
        if known.announced is not None and trouble.level <= known.announced:
            return None
        known.announced = trouble.level
        return AlertLine(state="began", trouble=trouble, at=known.since)

    def _end(self, key: Key, now_s: float, now: datetime) -> AlertLine | None:
        known = self._known.pop(key)
        if known.announced is None:
            return None  # it was over before anybody lost patience
        return AlertLine(
            state="ended", trouble=known.trouble, at=now, lasted_s=now_s - known.since_s
        )

    def _keep(self, alert_line: AlertLine) -> None:
        key = alert_line.trouble.key
        earlier = self._waiting.pop(key, None)
        # The end says how long it lasted, and so all that its beginning would have said.
        if earlier is not None and (earlier.state, alert_line.state) != ("began", "ended"):
            self._left_out[key[0]] += 1
        self._waiting[key] = alert_line
        while len(self._waiting) > _MOST_WAITING:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            self._left_out[oldest[0]] += 1

    def _may_tell(self, alert_line: AlertLine, now_s: float) -> bool:
        told_at_s = self._told_at_s[alert_line.trouble.kind]
        return len(told_at_s) < _MESSAGES or now_s - told_at_s[0] >= _WITHIN_S
