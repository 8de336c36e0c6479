"""Puts what the parts say of themselves into what ``/ping detail:True`` shows: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.observer.messages import DURATION_BOUNDS_S
from scooty.domain.health import ActorPace, CacheUse, DatabaseLoad, HealthDetail, Refusals
from scooty.domain.objectives import quantile_s

if TYPE_CHECKING:
    from actors.cache.messages import CacheHealth
    from actors.discord_gateway.messages import GatewayHealth
    from actors.kernel import ActorStatistics, SystemStatistics
    from actors.repository.messages import DatabaseHealth
    from scooty.core.observer import Measurements
    from scooty.domain.health import SystemHealth

_MOST: Final = 0.95


def describe(  # noqa: PLR0913 - what each part has said, by name
    health: SystemHealth,
    measurements: Measurements | None,
    *,
    statistics: SystemStatistics | None,
    gateway: GatewayHealth | None,
    database: DatabaseHealth | None,
    cache: CacheHealth | None,
) -> HealthDetail:
    """Return the detail; None stands for a part that did not answer in time."""
    return HealthDetail(
        health=health,
        objectives=None if measurements is None else measurements.objectives,
        command_p95_s=None if measurements is None else _command_p95_s(measurements),
        database=None if database is None else _load(database),
        cache=None if cache is None else CacheUse(hits=cache.hits, misses=cache.misses),
        refusals=None if gateway is None else _refusals(gateway),
        pace=None if statistics is None else tuple(map(_pace, statistics.actors)),
    )


def _command_p95_s(measurements: Measurements) -> float | None:
    buckets = [each.counts for each in measurements.durations if each.kind == "command"]
    together = [sum(of_all) for of_all in zip(*buckets, strict=True)]
    return quantile_s(_MOST, DURATION_BOUNDS_S, together)


def _load(database: DatabaseHealth) -> DatabaseLoad:
    return DatabaseLoad(
        breaker=database.breaker,
        calls_at_once=database.calls_at_once,
        calls_waiting=database.calls_waiting,
        calls_repeated=database.calls_repeated,
    )


def _refusals(gateway: GatewayHealth) -> Refusals:
    return Refusals(
        rate_limited=sum(each.count for each in gateway.rate_limited),
        invalid=gateway.invalid_requests,
    )


def _pace(actor: ActorStatistics) -> ActorPace:
    return ActorPace(name=actor.name, p50_ms=actor.p50_ms, p95_ms=actor.p95_ms, p99_ms=actor.p99_ms)
