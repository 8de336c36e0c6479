"""What a platform, Prometheus and people read on the port."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from actors.cache.messages import CacheHealth, GetCacheHealth
from actors.discord_gateway.messages import GatewayHealth, GetGatewayHealth
from actors.discord_gateway.standing import RateLimited
from actors.http_server import HttpRequestReceived, HttpResponse
from actors.kernel import (
    ActorFailedError,
    ActorStatistics,
    GetStatistics,
    SystemStatistics,
)
from actors.repository.messages import DatabaseHealth, GetDatabaseHealth
from actors.testing import ManualClock, Probe, run_actor
from scooty.core.observer import GetMeasurements, InteractionHandled, Measurements, Observer
from scooty.core.parts import Parts
from scooty.runtime.http.web import Web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address, Query

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ACTORS = (
    ActorStatistics(name="desk", state="running", handled=7, restarts=2, p95_ms=12.5),
    ActorStatistics(name="cache", state="degraded", reason="<Redis> is away"),
)
GATEWAY = GatewayHealth(
    state="connected",
    latency_ms=40.0,
    ready_at=NOW,
    guild_count=2,
    resumes=1,
    rest_failures=3,
    rate_limited=(RateLimited(route="channels", scope="user", count=4),),
    invalid_requests=6,
)
DATABASE = DatabaseHealth(
    state="connected",
    latency_ms=1.5,
    detail=None,
    breaker="half_open",
    calls_at_once=5,
    calls_waiting=2,
    calls_repeated=9,
)
CACHE = CacheHealth(state="connected", latency_ms=0.5, detail=None, hits=8, misses=2)
SILENT = ActorFailedError(name="any", kind="RuntimeError")


@pytest.fixture
async def house() -> Probe:
    """Everybody, and everybody is well."""
    house = Probe("house")
    house.answer(GetStatistics, SystemStatistics(actors=ACTORS, started_at=NOW))
    house.answer(GetGatewayHealth, GATEWAY)
    house.answer(GetDatabaseHealth, DATABASE)
    house.answer(GetCacheHealth, CACHE)
    house.answer(GetMeasurements, await measured())
    return house


async def measured() -> Measurements:
    gateway = Probe("gateway")
    async with run_actor(Observer(gateway=gateway.address), clock=ManualClock()) as observer:
        for outcome, duration_s in (("ok", 0.004), ("ok", 0.3), ("failed", 2.0)):
            observer.tell(
                InteractionHandled(
                    command="scout",
                    kind="command",
                    outcome=outcome,  # type: ignore[arg-type] # of a tuple of literals
                    began_at=NOW,
                    duration_s=duration_s,
                )
            )
        return await observer.ask(GetMeasurements(), timeout_s=1)


@pytest.fixture
async def web(house: Probe) -> AsyncIterator[Address]:
    everybody = Parts(
        supervisor=house.address,
        gateway=house.address,
        repository=house.address,
        cache=house.address,
        observer=house.address,
        outbox=house.address,
    )
    async with run_actor(Web(parts=everybody, drills=False)) as address:
        yield address


async def get(web: Address, path: str, method: str = "GET") -> HttpResponse:
    return await web.ask(HttpRequestReceived(method=method, path=path), timeout_s=3)


async def readiness(web: Address) -> tuple[int, list[str]]:
    response = await get(web, "/readyz")
    return response.status, orjson.loads(response.body)["reasons"]


async def test_a_program_that_is_well_is_alive_and_ready(web: Address) -> None:
    assert (await get(web, "/livez")).status == 200
    assert await readiness(web) == (200, [])


async def test_a_supervisor_that_does_not_answer_is_not_alive(web: Address, house: Probe) -> None:
    house.answer(GetStatistics, SILENT)

    assert (await get(web, "/livez")).status == 503
    assert (await readiness(web))[1] == ["supervisor: silent"]


@pytest.mark.parametrize(
    ("query", "answer", "reason"),
    [
        (GetGatewayHealth, replace(GATEWAY, state="connecting"), "gateway: connecting"),
        (GetGatewayHealth, SILENT, "gateway: silent"),
        (GetDatabaseHealth, replace(DATABASE, state="unreachable"), "database: unreachable"),
        (GetDatabaseHealth, SILENT, "database: silent"),
        (
            GetStatistics,
            SystemStatistics(
                actors=(ActorStatistics(name="lease", state="starting"),), started_at=NOW
            ),
            "lease: starting",
        ),
        (
            GetStatistics,
            SystemStatistics(
                actors=(ActorStatistics(name="desk", state="backing_off"),), started_at=NOW
            ),
            "desk: backing off",
        ),
    ],
)
async def test_a_part_that_keeps_people_from_being_answered_is_named(
    web: Address, house: Probe, query: Any, answer: Any, reason: str
) -> None:
    house.answer(query, answer)

    assert await readiness(web) == (503, [reason])


async def test_a_cache_that_is_away_leaves_the_program_ready(web: Address, house: Probe) -> None:
    house.answer(GetCacheHealth, replace(CACHE, state="reconnecting", latency_ms=None))

    assert await readiness(web) == (200, [])


async def test_the_metrics_are_read_by_prometheus_own_parser(web: Address) -> None:
    response = await get(web, "/metrics")

    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(response.body.decode())
        for sample in family.samples
    }
    assert samples["scooty_interactions_total", "command", "ok", "scout"] == 2
    assert samples["scooty_interactions_total", "command", "failed", "scout"] == 1
    duration = "scooty_interaction_duration_seconds"
    assert samples[f"{duration}_bucket", "0.005", "command", "scout"] == 1
    assert samples[f"{duration}_bucket", "1.5", "command", "scout"] == 2
    assert samples[f"{duration}_bucket", "+Inf", "command", "scout"] == 3
    assert samples[f"{duration}_sum", "command", "scout"] == pytest.approx(2.304)
    assert samples["scooty_actor_restarts_total", "desk"] == 2
    assert samples["scooty_actor_state", "cache", "degraded"] == 1
    assert samples["scooty_actor_messages_total", "desk", "handled"] == 7
    assert samples["scooty_actor_handling_seconds", "0.95", "desk"] == pytest.approx(0.0125)
    assert samples["scooty_part_up", "gateway"] == 1
    assert samples["scooty_part_latency_seconds", "database"] == pytest.approx(0.0015)
    assert samples["scooty_cache_hits_total",] == 8
    assert samples["scooty_discord_undelivered_total",] == 3
    assert samples["scooty_discord_rate_limited_total", "channels", "user"] == 4
    assert samples["scooty_discord_invalid_requests_total",] == 6
    assert samples["scooty_database_breaker_state", "half_open"] == 1
    assert samples["scooty_database_breaker_state", "closed"] == 0
    assert samples["scooty_database_calls_limit",] == 5
    assert samples["scooty_database_calls_waiting",] == 2
    assert samples["scooty_database_calls_repeated_total",] == 9
    assert samples["scooty_objective_budget_left_ratio", "success"] == 0
    assert samples["scooty_objective_target_ratio", "availability"] == pytest.approx(0.995)
    assert samples["scooty_objective_good_ratio", "3600", "success"] == pytest.approx(2 / 3)


async def test_metrics_are_there_when_nobody_answers(web: Address, house: Probe) -> None:
    queries: tuple[type[Query[Any]], ...] = (
        GetStatistics,
        GetGatewayHealth,
        GetDatabaseHealth,
        GetCacheHealth,
        GetMeasurements,
    )
    for query in queries:
        house.answer(query, SILENT)

    response = await get(web, "/metrics")

    assert response.status == 200
    assert b'scooty_part_up{part="gateway"} 0.0' in response.body


async def page_in(web: Address, language: str) -> str:
    headers = (("accept-language", language),) if language else ()
    request = HttpRequestReceived(method="GET", path="/", headers=headers)
    response: HttpResponse = await web.ask(request, timeout_s=3)
    assert response.content_type.startswith("text/html")
    assert ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'") in (
        response.headers
    )
    return response.body.decode()


async def test_the_page_for_people_escapes_what_it_shows_and_needs_no_script(web: Address) -> None:
    page = await page_in(web, "en-GB,en;q=0.9")

    assert "Everything is well" in page
    assert "&lt;Redis&gt; is away" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("language", "code", "words"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr", ("Pas prêt", "Objectifs", "disponibilité", "en attente")),
        ("en-US,en;q=0.9", "en", ("Not ready", "Objectives", "availability", "waiting to restart")),
        ("de", "en", ("Not ready",)),
        ("", "en", ("Not ready",)),
    ],
)
async def test_the_page_speaks_the_readers_language(
    web: Address, house: Probe, language: str, code: str, words: tuple[str, ...]
) -> None:
    actors = (ActorStatistics(name="desk", state="backing_off"),)
    house.answer(GetStatistics, SystemStatistics(actors=actors, started_at=NOW))

    page = await page_in(web, language)

    assert f'<html lang="{code}">' in page
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/", 405), ("GET", "/drills", 404), ("POST", "/drills/crash/desk", 405)],
)
async def test_without_drills_nothing_can_be_hurt(
    web: Address, house: Probe, method: str, path: str, status: int
) -> None:
    assert (await get(web, path, method)).status == status
    house.expect_no_message()
