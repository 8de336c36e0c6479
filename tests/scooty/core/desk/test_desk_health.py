from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from actors.cache.messages import CacheHealth, GetCacheHealth
from actors.discord_gateway.messages import GatewayHealth, GetGatewayHealth
from actors.discord_gateway.standing import RateLimited
from actors.kernel import ActorStatistics, GetStatistics, SystemStatistics
from actors.repository.messages import DatabaseHealth, GetDatabaseHealth
from actors.testing import Probe
from scooty.core.observer import GetMeasurements, Measurements
from scooty.core.observer.messages import CommandDurations
from scooty.core.outbox.messages import GetOutboxHealth, OutboxHealth
from scooty.core.parts import Parts
from scooty.domain.health import (
    ActorPace,
    ActorVitals,
    CacheUse,
    DatabaseLoad,
    PartHealth,
    QueueHealth,
    Refusals,
)
from scooty.features.health.asking import ActorHealth

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
async def probes() -> dict[str, Probe]:
    names = ("supervisor", "gateway", "repository", "cache", "outbox", "observer")
    return {name: Probe(name) for name in names}


def reader(probes: dict[str, Probe], **more: Any) -> ActorHealth:
    addresses: dict[str, Any] = {name: probe.address for name, probe in probes.items()}
    return ActorHealth(Parts(**addresses), **more)


def answer_all(probes: dict[str, Probe]) -> None:
    desk = ActorStatistics(
        name="desk", state="running", restarts=2, mailbox_depth=3, last_failure_kind="OSError"
    )
    probes["supervisor"].answer(GetStatistics, SystemStatistics(actors=(desk,), started_at=AT))
    probes["gateway"].answer(
        GetGatewayHealth,
        GatewayHealth(
            state="connected",
            latency_ms=40.0,
            ready_at=AT,
            guild_count=2,
            resumes=0,
            rest_failures=0,
            rate_limited=(
                RateLimited(route="channels", scope="user", count=2),
                RateLimited(route="interactions", scope="shared", count=1),
            ),
            invalid_requests=4,
        ),
    )
    probes["repository"].answer(
        GetDatabaseHealth, DatabaseHealth(state="connected", latency_ms=1.0, detail=None)
    )
    probes["cache"].answer(
        GetCacheHealth,
        CacheHealth(state="reconnecting", latency_ms=None, detail="away", hits=0, misses=0),
    )
    probes["outbox"].answer(
        GetOutboxHealth,
        OutboxHealth(
            waiting=2,
            untold=1,
            oldest_at=AT,
            last_error="PoolTimeout",
            journal_problem=None,
            unreadable=0,
            damaged_files=(),
        ),
    )


async def test_every_part_is_asked_and_translated(probes: dict[str, Probe]) -> None:
    answer_all(probes)

    health = await reader(probes).read()

    assert health.gateway == PartHealth(state="connected", latency_ms=40.0)
    assert health.database == PartHealth(state="connected", latency_ms=1.0)
    assert health.cache == PartHealth(state="unreachable")
    assert health.queue == QueueHealth(waiting=2, untold=1, oldest_at=AT, last_error="PoolTimeout")
    assert health.actors == (
        ActorVitals(
            name="desk", state="running", restarts=2, mailbox_depth=3, last_failure_kind="OSError"
        ),
    )


async def test_parts_that_do_not_answer_are_shown_as_silent(probes: dict[str, Probe]) -> None:
    health = await reader(probes, probe_s=0.02).read()

    assert health.gateway == health.database == health.cache == PartHealth(state="silent")
    assert health.actors is None
    assert health.queue is None


async def test_one_silent_part_does_not_hide_the_others(probes: dict[str, Probe]) -> None:
    answer_all(probes)
    probes["repository"] = Probe("repository")

    health = await reader(probes, probe_s=0.05).read()

    assert health.database.state == "silent"
    assert health.gateway.state == "connected"


async def test_the_detail_adds_what_explains_the_states(probes: dict[str, Probe]) -> None:
    answer_all(probes)
    probes["observer"].answer(
        GetMeasurements,
        Measurements(
            commands=(),
            durations=(
                durations("check", "command", within_5_ms=90, within_a_second=10),
                durations("check", "autocomplete", within_5_ms=0, within_a_second=1_000),
            ),
            objectives=(),
        ),
    )

    detail = await reader(probes).read_detail()

    assert detail.health == await reader(probes).read()
    assert detail.objectives == ()
    assert detail.command_p95_s == pytest.approx(0.75)
    assert detail.database == DatabaseLoad(
        breaker="closed", calls_at_once=0, calls_waiting=0, calls_repeated=0
    )
    assert detail.cache == CacheUse(hits=0, misses=0)
    assert detail.refusals == Refusals(rate_limited=3, invalid=4)
    assert detail.pace == (ActorPace(name="desk", p50_ms=None, p95_ms=None, p99_ms=None),)


async def test_the_detail_says_of_whom_nothing_was_heard(probes: dict[str, Probe]) -> None:
    detail = await reader(probes, probe_s=0.02).read_detail()

    said = (detail.objectives, detail.database, detail.cache, detail.refusals, detail.pace)
    assert said == (None,) * 5


def durations(
    command: str, kind: str, *, within_5_ms: int, within_a_second: int
) -> CommandDurations:
    """The first bucket ends at 5 ms, the eighth reaches from half a second to a whole one."""
    counts = (within_5_ms, *[0] * 6, within_a_second, *[0] * 5)
    return CommandDurations(command=command, kind=kind, counts=counts, sum_s=0.0)
