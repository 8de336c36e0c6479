"""What the repository actor understands and answers: plain values, no connections, no cursors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias, Union

import orjson

from actors.kernel import Query
from actors.repository.breaker import BreakerState  # noqa: TC001 - the kernel reads hints

JsonValue: TypeAlias = Union[  # noqa: UP007 - `|` cannot name the alias inside itself
    bool, int, float, str, list["JsonValue"], dict[str, "JsonValue"], None
]
"""What JSON can say. Treated as immutable by everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionReturned:
    """The function's transaction is committed, durably when it wrote."""

    json: bytes = field(repr=False)
    """What it returned, as the database wrote it; whoever asked knows its shape."""

    @classmethod
    def of(cls, value: JsonValue) -> FunctionReturned:
        """Return the answer of a function that returned ``value``."""
        return cls(json=orjson.dumps(value))

    @property
    def value(self) -> JsonValue:
        """What it returned, read anew each time."""
        value: JsonValue = orjson.loads(self.json)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRefused:
    """The database is well and said no; nothing was saved, and a repetition would end the same."""

    code: str
    """SQLSTATE, for instance ``23514``.

    Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    message: str = field(repr=False)
    """PostgreSQL's sentence; may quote a value, so it is not for logs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseUnavailable:
    """The database cannot be reached, or could not do this call at this moment."""

    detail: str
    """For operators' logs; holds no value and no secret."""
    may_have_been_saved: bool
    """A write was sent and its answer was lost; False is a promise that nothing was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFunction(Query[FunctionReturned | FunctionRefused | DatabaseUnavailable]):
    """Call one SQL function by name, in a transaction of its own."""

    idempotent: ClassVar[bool] = True

    name: str
    """Lower-case letters and underscores; the schema is the repository's."""
    arguments: tuple[tuple[str, JsonValue], ...] = field(repr=False)
    """Names and values. A write has a ``request_id`` among them, which makes repeating it harmless;
    one that has none is never repeated."""
    writes: bool
    within_s: float = 1.8
    """How long all of it may take, waiting and repetitions included; shorter than the ask's own
    deadline, so that the answer still says whether something was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseHealth:
    """The connection as it is now."""

    state: Literal["connected", "unreachable"]
    """``unreachable`` too when it is there and hardly any call succeeds."""
    latency_ms: float | None
    """One round trip, measured for this answer; None unless connected."""
    detail: str | None
    """Why it is unreachable; holds no secret."""
    breaker: BreakerState = "closed"
    """``open``: no call passes for a moment; ``half_open``: the next one decides."""
    calls_at_once: int = 0
    """How many calls may be under way now; falls when the database has too much to do."""
    calls_waiting: int = 0
    calls_repeated: int = 0
    """Since the actor was started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetDatabaseHealth(Query[DatabaseHealth]):
    """Ask how the connection is; measures one round trip."""

    idempotent: ClassVar[bool] = True


RepositoryMessage: TypeAlias = CallFunction | GetDatabaseHealth
