"""What the gateway and REST saw, for the page's panel and for tests."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from sandbox.wire import JsonObject

EntryKind: TypeAlias = Literal["gateway", "rest", "interaction", "breach"]
_PENDING_ENTRIES: Final = 100
"""Entries kept between two batches; a load test must not drown the page."""
_RECENT_ENTRIES: Final = 100
"""Entries shown to a page that opens later."""
_SAMPLES: Final = 1000
_BREACHES_KEPT: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Something the bot did that Discord forbids, or that people would see as broken."""

    rule: str
    """A short stable name, such as ``size_limit`` or ``duplicate_choice_label``."""
    where: str
    """The route or the interaction."""
    detail: str


@dataclass(slots=True)
class Trace:
    """Counts everything; keeps the newest entries until the next batch is taken."""

    interactions: int = 0
    failed: int = 0
    """Interactions that people saw fail."""
    breach_count: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    """REST requests by ``METHOD template``."""
    statuses: Counter[int] = field(default_factory=Counter)
    breaches: deque[Breach] = field(default_factory=lambda: deque(maxlen=_BREACHES_KEPT))
    _acknowledged_ms: deque[float] = field(default_factory=lambda: deque(maxlen=_SAMPLES))
    _pending: deque[JsonObject] = field(default_factory=lambda: deque(maxlen=_PENDING_ENTRIES))
    _recent: deque[JsonObject] = field(default_factory=lambda: deque(maxlen=_RECENT_ENTRIES))
    _changed: bool = True

    def add(
        self, kind: EntryKind, text: str, *, ms: float | None = None, status: int | None = None
    ) -> None:
        """Note one line for the panel."""
        # Formatting the time is left to `take`: at 1,500 interactions/s most lines are never shown.
        self._pending.append(
            {"at": datetime.now(UTC), "kind": kind, "text": text, "ms": ms, "status": status}
        )
        self._changed = True

    def breach(self, rule: str, where: str, detail: str) -> None:
        """Record a breach."""
        self.breach_count += 1
        self.breaches.append(Breach(rule=rule, where=where, detail=detail))
        self.add("breach", f"{rule}: {where}: {detail}")

    def acknowledged(self, ms: float) -> None:
        """Note how long an interaction waited for its first answer."""
        self._acknowledged_ms.append(ms)

    def take(self) -> tuple[list[JsonObject], bool]:
        """Return the lines since the last call, and whether anything changed."""
        entries = [
            {**entry, "at": entry["at"].isoformat(timespec="milliseconds")}
            for entry in self._pending
        ]
        self._pending.clear()
        self._recent.extend(entries)
        changed, self._changed = self._changed, False
        return entries, changed

    def list_recent(self) -> list[JsonObject]:
        """Return the newest lines that were already taken, for a page that has just opened."""
        return list(self._recent)

    def summarise(self) -> JsonObject:
        """Return the panel's figures; the percentiles are over the last 1,000 interactions."""
        samples = sorted(self._acknowledged_ms)
        return {
            "interactions": self.interactions,
            "p50_ms": _percentile(samples, 0.50),
            "p95_ms": _percentile(samples, 0.95),
            "failed": self.failed,
            "breaches": self.breach_count,
            "requests_by_route": dict(self.requests),
        }


def _percentile(samples: list[float], share: float) -> float | None:
    if not samples:
        return None
    return round(samples[min(len(samples) - 1, int(len(samples) * share))], 2)
