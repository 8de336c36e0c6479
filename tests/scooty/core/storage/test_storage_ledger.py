"""One contract for the scheduler's ledger: in memory, and in the database."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from actors.scheduler import Claimed, Fire, FireLedger, Held, InMemoryLedger, Paused, Settled
from scooty.core.storage.sql_ledger import SqlLedger

if TYPE_CHECKING:
    from scooty.core.calls import Sql
    from tests.asked import Asked

START = datetime(2026, 1, 1, tzinfo=UTC)
LONG_S = 300.0
OVER_S = -1.0
"""A lease that is over as soon as it is given, so that nobody has to wait for its end."""

_numbers = itertools.count(time.time_ns() // 1000)


@pytest.fixture
def ledger(database: Asked | None) -> FireLedger:
    if database is None:
        return InMemoryLedger(lambda: datetime.now(UTC))
    return SqlLedger(cast("Sql", database.road)._repository)


@pytest.fixture
def job() -> str:
    """A name that nobody had before: the database is shared."""
    return f"job {next(_numbers)}"


def fire_of(job: str, hour: int = 1, *, by_hand: bool = False) -> Fire:
    due_at = START + timedelta(hours=hour)
    return Fire(job=job, key=f"{due_at:%H:%M}{by_hand}", due_at=due_at, by_hand=by_hand)


async def test_a_new_job_counts_as_settled_up_to_its_start(ledger: FireLedger, job: str) -> None:
    first = await ledger.read(job, started_at=START)
    later = await ledger.read(job, started_at=START + timedelta(days=1))

    assert first == later
    assert first.settled_to == START
    assert (first.interrupted, first.paused, first.last_run) == (None, False, None)


async def test_a_fire_is_claimed_by_one_and_held_from_all_others(
    ledger: FireLedger, job: str
) -> None:
    claims = [
        await ledger.claim(fire_of(job), owner=owner, lease_s=LONG_S) for owner in ("a", "b", "a")
    ]

    assert claims[0] == Claimed(attempt=1)
    for held in claims[1:]:
        assert isinstance(held, Held)
        assert held.until > datetime.now(UTC) + timedelta(seconds=LONG_S / 2)


async def test_a_fire_whose_lease_is_over_can_be_claimed_again(
    ledger: FireLedger, job: str
) -> None:
    await ledger.claim(fire_of(job), owner="a", lease_s=OVER_S)

    again = await ledger.claim(fire_of(job), owner="b", lease_s=LONG_S)

    assert again == Claimed(attempt=2)
    assert not await ledger.renew(fire_of(job), owner="a", lease_s=LONG_S)
    assert not await ledger.settle(fire_of(job), owner="a", outcome="ok")
    assert await ledger.settle(fire_of(job), owner="b", outcome="ok")


async def test_a_lease_that_is_renewed_is_not_over(ledger: FireLedger, job: str) -> None:
    await ledger.claim(fire_of(job), owner="a", lease_s=OVER_S)

    renewed = await ledger.renew(fire_of(job), owner="a", lease_s=LONG_S)

    assert renewed
    assert isinstance(await ledger.claim(fire_of(job), owner="b", lease_s=1.0), Held)


async def test_a_settled_fire_is_settled_for_all_and_moves_the_job_on(
    ledger: FireLedger, job: str
) -> None:
    await ledger.read(job, started_at=START)
    await ledger.claim(fire_of(job), owner="a", lease_s=LONG_S)

    settled = await ledger.settle(fire_of(job), owner="a", outcome="failed", error_kind="OSError")

    assert settled
    assert await ledger.claim(fire_of(job), owner="b", lease_s=LONG_S) == Settled()
    record = await ledger.read(job, started_at=START)
    assert record.settled_to == fire_of(job).due_at
    assert record.interrupted is None
    assert record.last_run is not None
    assert (record.last_run.key, record.last_run.due_at) == (fire_of(job).key, fire_of(job).due_at)
    assert (record.last_run.outcome, record.last_run.error_kind) == ("failed", "OSError")
    assert record.last_run.ended_at is not None
    assert record.last_run.started_at <= record.last_run.ended_at


async def test_settling_twice_is_harmless_and_settling_otherwise_is_refused(
    ledger: FireLedger, job: str
) -> None:
    await ledger.claim(fire_of(job), owner="a", lease_s=LONG_S)
    await ledger.settle(fire_of(job), owner="a", outcome="ok")

    assert await ledger.settle(fire_of(job), owner="a", outcome="ok")
    assert not await ledger.settle(fire_of(job), owner="a", outcome="failed")


async def test_a_fire_that_was_cut_off_is_found_again(ledger: FireLedger, job: str) -> None:
    await ledger.claim(fire_of(job), owner="a", lease_s=OVER_S)
    await ledger.claim(fire_of(job, by_hand=True), owner="a", lease_s=OVER_S)

    record = await ledger.read(job, started_at=START)

    assert record.interrupted == fire_of(job)


async def test_a_skipped_fire_needs_no_claim_and_is_no_run(ledger: FireLedger, job: str) -> None:
    await ledger.read(job, started_at=START)

    skipped = await ledger.settle(fire_of(job, 5), owner="a", outcome="skipped")

    assert skipped
    record = await ledger.read(job, started_at=START)
    assert (record.settled_to, record.last_run) == (fire_of(job, 5).due_at, None)


async def test_a_fire_that_runs_elsewhere_is_not_skipped(ledger: FireLedger, job: str) -> None:
    await ledger.claim(fire_of(job), owner="a", lease_s=LONG_S)

    skipped = await ledger.settle(fire_of(job), owner="b", outcome="skipped")

    assert not skipped
    assert await ledger.settle(fire_of(job), owner="a", outcome="ok")


async def test_an_earlier_fire_never_moves_the_job_back(ledger: FireLedger, job: str) -> None:
    for hour in (5, 3):
        await ledger.claim(fire_of(job, hour), owner="a", lease_s=LONG_S)
        await ledger.settle(fire_of(job, hour), owner="a", outcome="ok")

    record = await ledger.read(job, started_at=START)

    assert record.settled_to is not None
    assert record.settled_to >= fire_of(job, 5).due_at


async def test_a_paused_job_gives_no_claims_but_those_by_hand(ledger: FireLedger, job: str) -> None:
    await ledger.set_paused(job, paused=True)

    refused = await ledger.claim(fire_of(job), owner="a", lease_s=LONG_S)
    by_hand = await ledger.claim(fire_of(job, by_hand=True), owner="a", lease_s=LONG_S)
    paused = (await ledger.read(job, started_at=START)).paused
    await ledger.set_paused(job, paused=False)

    assert (refused, by_hand, paused) == (Paused(), Claimed(attempt=1), True)
    assert await ledger.claim(fire_of(job), owner="a", lease_s=LONG_S) == Claimed(attempt=1)


async def test_a_run_by_hand_stands_outside_of_the_jobs_times(ledger: FireLedger, job: str) -> None:
    await ledger.read(job, started_at=START)
    await ledger.claim(fire_of(job, 9, by_hand=True), owner="a", lease_s=LONG_S)
    await ledger.settle(fire_of(job, 9, by_hand=True), owner="a", outcome="ok")

    record = await ledger.read(job, started_at=START)

    assert record.settled_to == START
    assert record.last_run is not None
