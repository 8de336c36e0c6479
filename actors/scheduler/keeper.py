"""Keeps one job: waits for its next fire, claims it, runs it, settles it; for ever.

Every process that knows the job keeps it. The ledger decides which of them runs a fire; the others
wait until it is settled, and take it over when its owner's lease runs out.
"""

from __future__ import annotations

import asyncio
import itertools
import zlib
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never
from uuid import uuid4

from actors.kernel import ActorFailedError, ActorKitError, Backoff, correlation
from actors.scheduler.jobs import Fire
from actors.scheduler.ledger import (
    Claimed,
    Held,
    LedgerUnavailableError,
    Outcome,
    Paused,
    Settled,
)
from actors.scheduler.messages import FireOutcome, JobFailed, RunJob

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from actors.kernel import Address, Clock
    from actors.scheduler.jobs import Job
    from actors.scheduler.ledger import Claim, FireLedger

_AWAY = Backoff(first_s=1.0, factor=2.0, max_s=30.0, jitter=0.2)
_HELD_MARGIN_S = 0.5
"""After a lease's end, before it is tried to take the fire over."""
_RENEWALS = 3
"""In the length of a lease: two of them may be lost."""


class Keeper:
    """One job's life in one process.

    Args:
        job: the job.
        ledger: where fires are claimed and settled.
        owner: names this process's incarnation in the ledger.
        runner: asked to do the work.
        clock: the actor's.
        log: the actor's.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        *,
        job: Job,
        ledger: FireLedger,
        owner: str,
        runner: Address[RunJob],
        clock: Clock,
        log: FilteringBoundLogger,
    ) -> None:
        self.job = job
        self._ledger = ledger
        self._owner = owner
        self._runner = runner
        self._clock = clock
        self._log = log.bind(job=job.name)
        self._is_to_begin = job.at_start

    async def keep(self) -> None:
        """Fire at every due moment; returns never."""
        failures = 0
        while True:
            began_s = self._clock.monotonic_s()
            try:
                await self._walk()
            except LedgerUnavailableError as error:
                was_well = self._clock.monotonic_s() - began_s > _AWAY.reset_after_s
                failures = 1 if was_well else failures + 1
                pause_s = _AWAY.delay_s(failures)
                self._log.warning("job.ledger_away", reason=str(error), retry_in_s=round(pause_s))
                await self._clock.sleep(pause_s)

    async def _walk(self) -> None:
        record = await self._ledger.read(self.job.name, started_at=self._clock.now())
        if record.interrupted is not None:
            await self._see_through(record.interrupted)
        if self._is_to_begin and not record.paused:
            await self._see_through(self._first_fire())
        self._is_to_begin = False
        cursor = record.settled_to or self._clock.now()
        while True:
            cursor = await self._pass_missed(cursor)
            fire = next(self.job.fires_after(cursor))
            await self._wait_until(fire.due_at + timedelta(seconds=self._jitter_s(fire)))
            await self._see_through(fire)
            cursor = fire.due_at

    def _first_fire(self) -> Fire:
        """Return a fire of this process alone, which stands outside of the job's times."""
        key = f"start {uuid4()}"
        return Fire(job=self.job.name, key=key, due_at=self._clock.now(), by_hand=True)

    async def _pass_missed(self, cursor: datetime) -> datetime:
        """Settle what is too late by the job's policy, and return from where to go on."""
        if self.job.catch_up == "all":
            return cursor
        late_before = self._clock.now() - timedelta(seconds=self.job.grace_s)
        missed: list[Fire] = []
        for fire in self.job.fires_after(cursor):
            if fire.due_at >= late_before:
                break
            missed = [*missed[-1:], fire]
        if self.job.catch_up == "once":
            return missed[0].due_at if len(missed) > 1 else cursor
        if not missed:
            return cursor
        last = missed[-1]
        if await self._ledger.settle(last, owner=self._owner, outcome="skipped"):
            self._log.warning("job.missed", key=last.key, due_at=last.due_at.isoformat())
        return last.due_at

    def _jitter_s(self, fire: Fire) -> float:
        """Spread jobs, and yet let every process wait for the same moment."""
        share = zlib.crc32(f"{fire.job} {fire.key}".encode()) / 2**32
        return self.job.jitter_s * share

    async def _wait_until(self, moment: datetime) -> None:
        # A wall clock may be set while it is waited for, so it is looked at again.
        while (left_s := (moment - self._clock.now()).total_seconds()) > 0:
            await self._clock.sleep(min(left_s, 3600.0))

    async def _see_through(self, fire: Fire) -> None:
        """Return when the fire is settled, whoever ran it."""
        while True:
            claim: Claim = await self._ledger.claim(
                fire, owner=self._owner, lease_s=self.job.lease_s
            )
            match claim:
                case Claimed(attempt=attempt):
                    await self.run(fire, attempt=attempt)
                    return
                case Held(until=until):
                    await self._wait_until(until + timedelta(seconds=_HELD_MARGIN_S))
                case Paused():
                    await self._ledger.settle(fire, owner=self._owner, outcome="skipped")
                    self._log.info("job.paused", key=fire.key)
                    return
                case Settled():
                    return
                case _:
                    assert_never(claim)

    async def run(self, fire: Fire, *, attempt: int) -> FireOutcome:
        """Run a fire that was claimed, keep its lease, and write down how it ended."""
        with correlation(f"{fire.job}:{fire.key}"):
            began_s = self._clock.monotonic_s()
            late_s = (self._clock.now() - fire.due_at).total_seconds()
            self._log.info("job.started", key=fire.key, attempt=attempt, late_s=round(late_s, 1))
            renewing = asyncio.ensure_future(self._renew(fire))
            try:
                error_kind = await self._ask_runner(fire)
                duration_s = self._clock.monotonic_s() - began_s
                self._log_end(fire, error_kind, duration_s)
                await self._settle_surely(fire, "failed" if error_kind else "ok", error_kind)
            finally:
                renewing.cancel()
        return FireOutcome(error_kind=error_kind, duration_s=duration_s)

    def _log_end(self, fire: Fire, error_kind: str | None, duration_s: float) -> None:
        duration_s = round(duration_s, 3)
        if error_kind is None:
            self._log.info("job.ended", key=fire.key, outcome="ok", duration_s=duration_s)
        else:
            self._log.error(
                "job.ended",
                key=fire.key,
                outcome="failed",
                duration_s=duration_s,
                error_kind=error_kind,
            )

    async def _ask_runner(self, fire: Fire) -> str | None:
        query = RunJob(job=fire.job, key=fire.key, due_at=fire.due_at)
        try:
            done = await self._runner.ask(query, timeout_s=self.job.timeout_s)
        except ActorFailedError as error:
            return error.kind
        except ActorKitError as error:
            return type(error).__name__
        if isinstance(done, JobFailed):
            return done.kind
        if done.detail:
            self._log.info("job.detail", detail=done.detail)
        return None

    async def _renew(self, fire: Fire) -> None:
        while True:
            await self._clock.sleep(self.job.lease_s / _RENEWALS)
            with suppress(LedgerUnavailableError):
                await self._ledger.renew(fire, owner=self._owner, lease_s=self.job.lease_s)

    async def _settle_surely(self, fire: Fire, outcome: Outcome, error_kind: str | None) -> None:
        """Write the done mark, however long the ledger is away: the work must not be done again."""
        for failures in itertools.count(1):
            try:
                settled = await self._ledger.settle(
                    fire, owner=self._owner, outcome=outcome, error_kind=error_kind
                )
            except LedgerUnavailableError:
                if fire.by_hand:  # it is not run again, and an operator may wait for the answer
                    self._log.warning("job.not_settled", key=fire.key)
                    return
                await self._clock.sleep(_AWAY.delay_s(failures))
            else:
                if not settled:
                    self._log.error("job.lease_lost", key=fire.key)
                return
