"""The ledger's twin in memory: for tests, and for systems of one process that forget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from typing_extensions import override

from actors.scheduler.ledger import (
    Claim,
    Claimed,
    FireLedger,
    Held,
    JobRecord,
    LedgerUnavailableError,
    Outcome,
    Paused,
    Run,
    Settled,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.scheduler.jobs import Fire


@dataclass(slots=True)
class _Row:
    fire: Fire
    owner: str
    lease_until: datetime
    started_at: datetime
    attempt: int = 1
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    error_kind: str | None = None


class InMemoryLedger(FireLedger):
    """Shared by several schedulers of one test as the database is by processes.

    Args:
        now: the ledger's own clock, as the database has one.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._rows: dict[str, dict[str, _Row]] = {}
        self._settled_to: dict[str, datetime] = {}
        self._paused: set[str] = set()
        self.is_away = False
        """A test's switch: every call fails while it is set."""

    @override
    async def read(self, job: str, *, started_at: datetime) -> JobRecord:
        self._check()
        settled_to = self._settled_to.setdefault(job, started_at)
        rows = sorted(self._rows.get(job, {}).values(), key=lambda row: row.started_at)
        ran = [row for row in rows if row.outcome != "skipped"]
        unsettled = [row.fire for row in rows if row.outcome is None and not row.fire.by_hand]
        return JobRecord(
            settled_to=settled_to,
            interrupted=min(unsettled, key=lambda fire: fire.due_at, default=None),
            paused=job in self._paused,
            last_run=_run(ran[-1]) if ran else None,
        )

    @override
    async def claim(self, fire: Fire, *, owner: str, lease_s: float) -> Claim:
        self._check()
        now = self._now()
        rows = self._rows.setdefault(fire.job, {})
        row = rows.get(fire.key)
        if row is not None and row.outcome is not None:
            return Settled()
        if row is not None and row.lease_until > now:
            return Held(until=row.lease_until)
        if fire.job in self._paused and not fire.by_hand:
            return Paused()
        lease_until = now + timedelta(seconds=lease_s)
        if row is None:
            row = rows[fire.key] = _Row(fire, owner, lease_until, now)
        else:
            row.owner, row.lease_until, row.attempt = owner, lease_until, row.attempt + 1
        return Claimed(attempt=row.attempt)

    @override
    async def renew(self, fire: Fire, *, owner: str, lease_s: float) -> bool:
        self._check()
        row = self._rows.get(fire.job, {}).get(fire.key)
        if row is None or row.owner != owner or row.outcome is not None:
            return False
        row.lease_until = self._now() + timedelta(seconds=lease_s)
        return True

    @override
    async def settle(
        self, fire: Fire, *, owner: str, outcome: Outcome, error_kind: str | None = None
    ) -> bool:
        self._check()
        now = self._now()
        rows = self._rows.setdefault(fire.job, {})
        row = rows.get(fire.key)
        if outcome == "skipped" and (row is None or row.lease_until <= now):
            row = rows.setdefault(fire.key, _Row(fire, owner, now, now))
            row.owner = owner
        if row is None or row.owner != owner:
            return False
        if row.outcome is not None:
            return row.outcome == outcome
        row.ended_at, row.outcome, row.error_kind = now, outcome, error_kind
        if not fire.by_hand:
            self._settled_to[fire.job] = max(
                self._settled_to.get(fire.job, fire.due_at), fire.due_at
            )
        return True

    @override
    async def set_paused(self, job: str, *, paused: bool) -> None:
        self._check()
        if paused:
            self._paused.add(job)
        else:
            self._paused.discard(job)

    def _check(self) -> None:
        if self.is_away:
            raise LedgerUnavailableError("the ledger is away")


def _run(row: _Row) -> Run:
    return Run(
        key=row.fire.key,
        due_at=row.fire.due_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        error_kind=row.error_kind,
    )
