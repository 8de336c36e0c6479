"""What an actor's life looks like from outside, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

ActorState: TypeAlias = Literal["starting", "running", "degraded", "backing_off", "stopped"]
"""``starting`` includes waiting for the actors it comes after; ``degraded`` is running with an
own complaint; ``backing_off`` is between two incarnations; ``stopped`` is for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorStatistics:
    """One actor's numbers since its system started; they outlive its incarnations."""

    name: str
    state: ActorState
    reason: str | None = None
    """Why it is degraded, in its own words."""
    incarnation: int = 0
    """1 for the first one; 0 before it."""
    restarts: int = 0
    mailbox_depth: int = 0
    mailbox_peak: int = 0
    handled: int = 0
    """Messages whose handler returned."""
    failed: int = 0
    """Messages that were in hand when their incarnation ended and are not handled again, and
    spawned or isolated work that crashed."""
    dropped: int = 0
    """Messages that were never handled: refused, displaced, expired, unknown, or left behind."""
    mended: int = 0
    """How often messages waited although nobody worked, until a look from outside set it right:
    a fault of the kit, so always 0."""
    p50_ms: float | None = None
    """Handling time; the middle of a bucket 9 % wide, over the actor's whole life."""
    p95_ms: float | None = None
    p99_ms: float | None = None
    last_failure_kind: str | None = None
    """The type name of the last failure; never its text, which may hold a secret."""
    last_failure_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemStatistics:
    """All actors' numbers, in start order; a group's children come after all those beside it."""

    actors: tuple[ActorStatistics, ...]
    started_at: datetime
