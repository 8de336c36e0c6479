"""How the program is, as one value that can be shown, and the rule that names what is degraded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from scooty.domain.objectives import ObjectiveState

PartState: TypeAlias = Literal["connected", "connecting", "unreachable", "in_memory", "silent"]
"""``silent``: the actor that would know did not answer within the probe's deadline."""
ActorState: TypeAlias = Literal["starting", "running", "degraded", "backing_off", "stopped"]

_WELL: frozenset[PartState] = frozenset({"connected", "in_memory"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHealth:
    """One connection to the outside."""

    state: PartState
    latency_ms: float | None = None
    """Round trip of the last exchange; None when unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorVitals:
    """One actor, as the supervisor sees it."""

    name: str
    state: ActorState
    restarts: int
    mailbox_depth: int
    """Messages waiting."""
    reason: str | None = None
    """Why it is degraded; for operators."""
    last_failure_kind: str | None = None
    """The type of the last error, never its text."""
    last_failure_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueHealth:
    """What is kept on this machine until the database is back."""

    waiting: int
    """Writes on their way to the database."""
    untold: int
    """Writes that were refused in the end, of which the caller does not know yet."""
    oldest_at: datetime | None
    """When the one that waits longest was queued; None when none waits."""
    last_error: str | None
    """Why the last delivery did not succeed; for operators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemHealth:
    """What ``/ping`` shows."""

    gateway: PartHealth
    database: PartHealth
    cache: PartHealth
    actors: tuple[ActorVitals, ...] | None
    """None when the supervisor did not answer within the probe's deadline."""
    queue: QueueHealth | None = None
    """None when nobody could say."""


BreakerState: TypeAlias = Literal["closed", "open", "half_open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseLoad:
    """How the way to the database is regulated."""

    breaker: BreakerState
    calls_at_once: int
    """The limit that is found out while it works."""
    calls_waiting: int
    calls_repeated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheUse:
    """What the cache was good for."""

    hits: int
    misses: int

    @property
    def hit_share(self) -> float | None:
        """The share of reads that it answered; None before the first."""
        reads = self.hits + self.misses
        return self.hits / reads if reads else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """What Discord refused."""

    rate_limited: int
    """429s."""
    invalid: int
    """401, 403 and 429, of which Discord allows 10,000 in 10 minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPace:
    """How long one actor takes for a message; None before the first."""

    name: str
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthDetail:
    """What ``/ping detail:True`` shows; None for what nobody could say in time."""

    health: SystemHealth
    objectives: tuple[ObjectiveState, ...] | None
    command_p95_s: float | None
    """Of commands, from their arrival to the delivered answer."""
    database: DatabaseLoad | None
    cache: CacheUse | None
    refusals: Refusals | None
    pace: tuple[ActorPace, ...] | None


def degraded_parts(health: SystemHealth) -> tuple[str, ...]:
    """Name what is not well: connections first, then actors, each by its name in the program."""
    connections = (
        ("gateway", health.gateway),
        ("database", health.database),
        ("cache", health.cache),
    )
    weak = [name for name, part in connections if part.state not in _WELL]
    if health.actors is None:
        weak.append("supervisor")
    weak.extend(a.name for a in health.actors or () if a.state != "running" and a.name not in weak)
    return tuple(weak)
