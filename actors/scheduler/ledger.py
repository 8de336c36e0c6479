"""Where it is written down which fires happened: the one truth for all processes.

A fire is claimed under its key with a lease, and settled with a done mark. A claim whose lease ran
out belongs to a process that died, and may be claimed again. A lease that is shorter than its job
would let two processes run one fire, so a run renews it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from actors.scheduler.jobs import Fire

Outcome: TypeAlias = Literal["ok", "failed", "skipped"]
"""How a fire was settled; ``skipped`` ones were missed or fell into a pause, and never ran."""


class LedgerUnavailableError(Exception):
    """The ledger cannot be asked now; nothing may fire until it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The fire is the asker's for the length of the lease."""

    attempt: int
    """1, or more when earlier owners died over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Another process has it."""

    until: datetime
    """When its lease ends, unless it is renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """It has happened, or was skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """The job is paused by an operator."""


Claim: TypeAlias = Claimed | Held | Settled | Paused


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A fire that was claimed."""

    key: str
    due_at: datetime
    started_at: datetime
    ended_at: datetime | None
    """None while it runs, or when its owner died."""
    outcome: Outcome | None
    error_kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """What is written down of one job."""

    settled_to: datetime | None
    """The moment up to which all fires are settled; None for a job that is new."""
    interrupted: Fire | None
    """A fire that was claimed and is not settled: it runs now, or its owner died."""
    paused: bool
    last_run: Run | None


class FireLedger(Protocol):
    """The ledger; every method raises `LedgerUnavailableError` when it cannot be asked."""

    async def read(self, job: str, *, started_at: datetime) -> JobRecord:
        """Return what is known of a job; a new one counts as settled up to ``started_at``."""
        ...

    async def claim(self, fire: Fire, *, owner: str, lease_s: float) -> Claim:
        """Try to make a fire the owner's own."""
        ...

    async def renew(self, fire: Fire, *, owner: str, lease_s: float) -> bool:
        """Lengthen a lease; False when the fire is not the owner's any more."""
        ...

    async def settle(
        self, fire: Fire, *, owner: str, outcome: Outcome, error_kind: str | None = None
    ) -> bool:
        """Write the done mark; False when it is another's fire, or was settled otherwise before.

        ``skipped`` needs no claim, and never replaces the mark of a run.
        """
        ...

    async def set_paused(self, job: str, *, paused: bool) -> None:
        """Let a job's fires pass without running, or run again."""
        ...
