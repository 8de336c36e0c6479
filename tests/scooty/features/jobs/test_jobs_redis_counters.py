"""The numbers of interactions are added to Redis: every one once, whatever fails meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from structlog.testing import capture_logs

from actors.cache import AddCounts, CountsAdded, CountsNotAdded
from actors.cache.in_memory import InMemoryCache, Shelf
from actors.kernel import ActorStoppedError
from actors.testing import ManualClock, Probe, run_actor
from scooty.core.observer import GetMeasurements, Measurements
from scooty.core.observer.messages import CommandCount
from scooty.errors import ConfigError
from scooty.features.jobs.redis_counters import RedisCounters
from scooty.runtime.config import load_settings
from scooty.runtime.wiring.times import job_times
from tests.scooty.features.jobs.test_jobs_work import RUN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CHECK = "check/command/ok"
SCOUT = "scout/command/failed"


class Counting:
    """The job between an observer and a cache that are played by probes."""

    def __init__(self) -> None:
        self.clock = ManualClock(datetime(2026, 11, 24, 23, 58, tzinfo=UTC))
        self.observer, self.cache = Probe("observer"), Probe("cache")
        self.cache.answer(AddCounts, CountsAdded())
        self.job = RedisCounters(
            observer=self.observer.address,
            cache=self.cache.address,
            writer="one",
            clock=self.clock,
            log=structlog.get_logger("test"),
        )

    async def run(self, **counted: int) -> str:
        """Run once when so many were counted in all since the observer started."""
        self.observer.answer(GetMeasurements, measured(**counted))
        return await self.job.write(RUN)

    async def asked(self) -> tuple[str, int, dict[str, int]]:
        """Return the day, the number and the counts of the next batch that was asked for."""
        batch = await self.cache.expect(AddCounts)
        assert (batch.writer, batch.ttl_s) == ("one", 40 * 86_400)
        return batch.key, batch.batch, dict(batch.counts)


def measured(**counted: int) -> Measurements:
    names: dict[str, tuple[str, Any]] = {"check": ("check", "ok"), "scout": ("scout", "failed")}
    return Measurements(
        commands=tuple(
            CommandCount(command=command, kind="command", outcome=outcome, count=counted[name])
            for name, (command, outcome) in names.items()
            if name in counted
        ),
        durations=(),
        objectives=(),
    )


@pytest.fixture
async def counting() -> Counting:
    return Counting()


async def test_each_run_adds_what_was_counted_since_the_last_one(counting: Counting) -> None:
    details = [await counting.run(check=3, scout=1), await counting.run(check=5, scout=1)]

    assert details == ["written", "written"]
    assert await counting.asked() == ("counters:2026-11-24", 1, {CHECK: 3, SCOUT: 1})
    assert await counting.asked() == ("counters:2026-11-24", 2, {CHECK: 2})


async def test_nothing_is_asked_when_nothing_was_counted(counting: Counting) -> None:
    assert await counting.run() == "written"
    await counting.run(check=3)
    await counting.run(check=3)

    await counting.asked()
    counting.cache.expect_no_message()


async def test_a_batch_in_doubt_is_asked_for_again_as_it_was_before_what_came_later(
    counting: Counting,
) -> None:
    counting.cache.answer_in_turn(
        AddCounts, CountsNotAdded(), ActorStoppedError(name="cache"), CountsAdded()
    )

    details = [
        await counting.run(check=3),
        await counting.run(check=4),
        await counting.run(check=4, scout=2),
    ]

    assert details == ["not written", "not written", "written"]
    for _ in range(3):
        assert await counting.asked() == ("counters:2026-11-24", 1, {CHECK: 3})
    assert await counting.asked() == ("counters:2026-11-24", 2, {CHECK: 1, SCOUT: 2})


async def test_a_batch_in_doubt_keeps_its_day(counting: Counting) -> None:
    counting.cache.answer_in_turn(AddCounts, CountsNotAdded())
    await counting.run(check=3)
    await counting.clock.advance(180)

    await counting.run(check=5)

    days = [(await counting.asked())[0] for _ in range(3)]
    assert days == ["counters:2026-11-24", "counters:2026-11-24", "counters:2026-11-25"]


async def test_an_observer_that_began_anew_is_counted_from_nothing(counting: Counting) -> None:
    await counting.run(check=3, scout=1)
    await counting.run(scout=2)

    await counting.asked()
    assert await counting.asked() == ("counters:2026-11-24", 2, {SCOUT: 2})


async def test_an_outage_is_one_warning_until_counts_are_written_again(counting: Counting) -> None:
    counting.cache.answer_in_turn(
        AddCounts, CountsNotAdded(), CountsNotAdded(), CountsAdded(), CountsNotAdded()
    )

    with capture_logs() as lines:
        details = [await counting.run(check=n) for n in (1, 1, 1, 2)]

    assert details == ["not written", "not written", "written", "not written"]
    assert [line["event"] for line in lines] == ["counters.not_written"] * 2


async def test_two_runs_at_once_write_nothing_twice() -> None:
    async with writing_to_memory() as (counting, shelf):
        counting.observer.answer(GetMeasurements, measured(check=3))
        await asyncio.gather(*(counting.job.write(RUN) for _ in range(5)))

        now_s = counting.clock.monotonic_s()
        assert shelf.counts("counters:2026-11-24", now_s=now_s) == {CHECK: 3}


async def test_outages_and_restarts_lose_and_double_nothing_that_was_measured() -> None:
    total: Counter[str] = Counter()
    async with writing_to_memory() as (counting, shelf):
        for minute in range(60):
            (shelf.go_away if minute % 7 in {2, 3, 4} else shelf.come_back)()
            if minute % 20 == 0:  # the observer restarts
                counted = 0
            counted += minute % 5 + 1
            total[CHECK] += minute % 5 + 1
            await counting.run(check=counted)
        shelf.come_back()
        await counting.run(check=counted)

        now_s = counting.clock.monotonic_s()
        assert shelf.counts("counters:2026-11-24", now_s=now_s) == total


@asynccontextmanager
async def writing_to_memory() -> AsyncIterator[tuple[Counting, Shelf]]:
    counting, shelf = Counting(), Shelf()
    async with run_actor(InMemoryCache(shelf), clock=counting.clock) as cache:
        counting.job = RedisCounters(
            observer=counting.observer.address,
            cache=cache,
            writer="one",
            clock=counting.clock,
            log=structlog.get_logger("test"),
        )
        yield counting, shelf


@pytest.mark.parametrize(
    ("variables", "is_due"),
    [
        ({}, False),
        ({"SCOOTY_JOBS": "redis_counters=*/5 * * * *"}, False),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, False),
        ({"REDIS_URL": "redis://127.0.0.1:1/0", "SCOOTY_REDIS_COUNTERS": "1"}, True),
    ],
)
def test_the_job_is_due_only_where_it_was_asked_for(
    variables: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    *,
    is_due: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("REDIS_URL", "SCOOTY_REDIS_COUNTERS"):
        monkeypatch.delenv(name, raising=False)

    jobs = job_times(load_settings(env_file=None, overrides=variables))

    assert ("redis_counters" in {job.name for job in jobs}) is is_due


def test_counters_without_redis_are_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)

    with pytest.raises(ConfigError, match=r"SCOOTY_REDIS_COUNTERS=1 .* Set REDIS_URL"):
        load_settings(env_file=None, overrides={"SCOOTY_REDIS_COUNTERS": "1"})
