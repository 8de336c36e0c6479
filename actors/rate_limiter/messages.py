"""What the rate limiter understands and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from actors.kernel import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One bucket that a request spends from."""

    limit: str
    """The name of one of the limits that the actor was given."""
    key: str
    """Whose bucket: a user and a command, a guild."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitGranted:
    """The tokens are spent; go on."""

    remaining: int
    """Whole tokens left, in the bucket with the fewest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitDenied:
    """Too much, too fast; nothing was spent, from no bucket."""

    retry_at: datetime
    """When the same request would be granted, if nobody else spends from the buckets."""
    limit: str
    """The limit that makes it wait longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquirePermit(Query[PermitGranted | PermitDenied]):
    """Ask to spend ``cost`` whole tokens of every bucket, or of none.

    Delivered again after a crash: a token spent twice is a smaller harm than no answer.
    """

    idempotent: ClassVar[bool] = True

    buckets: tuple[Bucket, ...]
    """At least one, no two the same."""
    cost: int = 1
    """At least 1; above a limit's capacity it counts as the capacity."""

    def __post_init__(self) -> None:
        """Refuse a cost that would fill a bucket, and buckets that would be spent from twice."""
        if self.cost < 1:
            raise ValueError("cost must be at least 1")
        if not self.buckets or len(set(self.buckets)) < len(self.buckets):
            raise ValueError("buckets must be at least one, and no two the same")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimiterHealth:
    """Where the buckets are kept at this moment."""

    state: Literal["shared", "in_memory"]
    """``shared``: in Redis. ``in_memory``: in this process only."""
    detail: str | None
    """Why in memory though a Redis is set, or what Redis refuses; None when all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetRateLimiterHealth(Query[RateLimiterHealth]):
    """Ask where the buckets are kept."""

    idempotent: ClassVar[bool] = True


RateLimiterMessage: TypeAlias = AcquirePermit | GetRateLimiterHealth
