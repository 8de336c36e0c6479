"""What the cache understands and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from actors.kernel import Message, Query

if TYPE_CHECKING:
    from datetime import datetime


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
class Change:
    """One entry of a log of changes."""

    position: int
    """Higher than that of every earlier entry of the log."""
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRead:
    """The log is whole from the position asked for on."""

    changes: tuple[Change, ...]
    """Everything appended after it, oldest first."""
    value: Hit | None
    """The value of the key that was asked for, whatever its age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesLost:
    """The log does not hold that position (any more): what the asker knows may be outdated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChanges(Query[ChangesRead | ChangesLost | Miss]):
    """Ask what was appended to a log since, and for a value, in one round trip.

    For those who keep values current by following a log, instead of dropping them. They alone know
    whether what they got served them, so they say it here with their next question. `Miss`: there
    is no Redis to ask.
    """

    idempotent: ClassVar[bool] = True

    log: str
    after: int
    """A position of the log: of a `Change`, or of what `AppendChange` appended."""
    key: str | None = None
    """Whose value is asked for, if any."""
    hits: int = 0
    """Of the asker's reads since it last asked, those that the cache served."""
    misses: int = 0
    """The others of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAppended:
    """The log holds the change, and everybody who reads it from now on sees it."""

    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNotAppended:
    """Redis is away or refused it; the change may be in the log or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendChange(Query[ChangeAppended | ChangeNotAppended]):
    """Append to a log, and put values in the same step.

    May be appended twice. A log holds its newest few hundred changes, for a day.
    """

    idempotent: ClassVar[bool] = True

    log: str
    change: bytes = field(repr=False)
    values: tuple[PutValue, ...] = ()
    """One that is too large is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsAdded:
    """The counts of this batch are in the hash, once: now, or since it was asked before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsNotAdded:
    """Redis is away or refused it; they may be in the hash or not. Ask for the same batch again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCounts(Query[CountsAdded | CountsNotAdded]):
    """Add numbers to those of a hash, all or none, and never twice, however often it is asked."""

    idempotent: ClassVar[bool] = True

    key: str
    counts: tuple[tuple[str, int], ...]
    """What to add, by field."""
    ttl_s: float
    """How long the hash is kept from now on, above 0."""
    writer: str
    """Who adds: a name that no other process has."""
    batch: int
    """Above that of the writer's last batch that was added to this hash."""

    def __post_init__(self) -> None:
        """Refuse a lifetime that Redis would refuse."""
        if not self.ttl_s > 0:
            raise ValueError("ttl_s must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheHealth:
    """The connection as it is now, and what it was good for since this incarnation began."""

    state: Literal["connected", "reconnecting", "in_memory"]
    """``in_memory``: the program was given no Redis."""
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


CacheMessage: TypeAlias = (
    GetValue | PutValue | DropValues | ReadChanges | AppendChange | AddCounts | GetCacheHealth
)
