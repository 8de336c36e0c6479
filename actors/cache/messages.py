"""What the cache understands and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from actors.kernel import Message, Query

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "CacheHealth",
    "CacheMessage",
    "DropValues",
    "GetCacheHealth",
    "GetValue",
    "Hit",
    "Miss",
    "PutValue",
    "ValuesDropped",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """The value is there."""

    value: bytes = field(repr=False)
    stored_at: datetime
    """When it was put: what "as of" means for this value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """No usable value: never put, expired, unreadable, or no Redis to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetValue(Query[Hit | Miss]):
    """Ask for the value of ``key``."""

    idempotent: ClassVar[bool] = True

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutValue(Message):
    """Keep ``value`` under ``key`` for a while; never needs an answer."""

    idempotent: ClassVar[bool] = True

    key: str
    value: bytes = field(repr=False)
    """At most 1 MiB; a larger one is not kept."""
    ttl_s: float
    """The longest it is kept, above 0. Up to a tenth less, so that not all expire at once."""

    def __post_init__(self) -> None:
        """Refuse a lifetime that Redis would refuse."""
        if not self.ttl_s > 0:
            raise ValueError("ttl_s must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesDropped:
    """No value put before is served by this cache any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropValues(Query[ValuesDropped]):
    """Forget the values of ``keys``, in an outage too: then before Redis is used again.

    Ask it when the next read must not see the old value; tell it when soon is enough.
    """

    idempotent: ClassVar[bool] = True

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheHealth:
    """The connection as it is now, and what it was good for since this incarnation began."""

    state: Literal["connected", "reconnecting", "disabled"]
    """``disabled``: no Redis was asked for, every read is a miss."""
    latency_ms: float | None
    """One round trip, measured for this answer; None unless connected."""
    detail: str | None
    """Why it is away, or what Redis refuses; None when all is well."""
    hits: int
    misses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCacheHealth(Query[CacheHealth]):
    """Ask how the connection is; measures one round trip."""

    idempotent: ClassVar[bool] = True


CacheMessage: TypeAlias = GetValue | PutValue | DropValues | GetCacheHealth
