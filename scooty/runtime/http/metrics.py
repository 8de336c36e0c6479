"""What Prometheus reads: everything that is counted and measured, as one text.

Source: https://prometheus.io/docs/practices/naming/ (names and units) and
https://prometheus.io/docs/instrumenting/exposition_formats/ (the text, by prometheus_client).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from typing_extensions import override

from scooty.core.observer.messages import DURATION_BOUNDS_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actors.cache.messages import CacheHealth
    from actors.discord_gateway.messages import GatewayHealth
    from actors.kernel import ActorStatistics
    from actors.repository.messages import DatabaseHealth
    from scooty.core.observer import Measurements
    from scooty.domain.health import QueueHealth

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BREAKER_STATES: Final = ("closed", "open", "half_open")
_ACTOR_STATES: Final = ("starting", "running", "degraded", "backing_off", "stopped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was heard from everybody at one moment; None for who did not answer in time."""

    version: str
    actors: tuple[ActorStatistics, ...] | None
    measurements: Measurements | None
    gateway: GatewayHealth | None
    database: DatabaseHealth | None
    cache: CacheHealth | None
    queue: QueueHealth | None


def metrics_text(snapshot: Snapshot) -> bytes:
    """Render a snapshot in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Fixed([*_metrics(snapshot)]))
    return generate_latest(registry)


class _Fixed(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    @override
    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _metrics(snapshot: Snapshot) -> Iterator[Metric]:
    yield InfoMetricFamily("scooty", "Which program this is.", {"version": snapshot.version})
    yield from _actors(snapshot.actors or ())
    if snapshot.measurements is not None:
        yield from _commands(snapshot.measurements)
        yield from _objectives(snapshot.measurements)
    yield _up(snapshot)
    yield from _gateway(snapshot.gateway)
    yield from _database(snapshot.database)
    yield from _latencies(snapshot)
    if snapshot.cache is not None:
        yield _counter("scooty_cache_hits", "Reads that the cache answered.", snapshot.cache.hits)
        yield _counter("scooty_cache_misses", "Reads that it did not.", snapshot.cache.misses)
    if snapshot.queue is not None:
        yield _gauge("scooty_outbox_depth", "Writes that wait here.", snapshot.queue.waiting)


def _actors(actors: Iterable[ActorStatistics]) -> Iterator[Metric]:
    state = GaugeMetricFamily(
        "scooty_actor_state", "1 for the state an actor is in.", labels=["actor", "state"]
    )
    depth = GaugeMetricFamily("scooty_actor_mailbox_depth", "Messages that wait.", labels=["actor"])
    peak = GaugeMetricFamily(
        "scooty_actor_mailbox_peak", "The most that ever waited.", labels=["actor"]
    )
    restarts = CounterMetricFamily("scooty_actor_restarts", "Restarts.", labels=["actor"])
    messages = CounterMetricFamily(
        "scooty_actor_messages", "Messages, by what became of them.", labels=["actor", "fate"]
    )
    handling = GaugeMetricFamily(
        "scooty_actor_handling_seconds",
        "Time to handle a message, by quantile.",
        labels=["actor", "quantile"],
    )
    for actor in actors:
        for name in _ACTOR_STATES:
            state.add_metric([actor.name, name], float(actor.state == name))
        depth.add_metric([actor.name], actor.mailbox_depth)
        peak.add_metric([actor.name], actor.mailbox_peak)
        restarts.add_metric([actor.name], actor.restarts)
        for fate, count in (
            ("handled", actor.handled),
            ("failed", actor.failed),
            ("dropped", actor.dropped),
        ):
            messages.add_metric([actor.name, fate], count)
        for quantile, value_ms in (
            ("0.5", actor.p50_ms),
            ("0.95", actor.p95_ms),
            ("0.99", actor.p99_ms),
        ):
            if value_ms is not None:
                handling.add_metric([actor.name, quantile], value_ms / 1000)
    yield from (state, depth, peak, restarts, messages, handling)


def _commands(measurements: Measurements) -> Iterator[Metric]:
    counts = CounterMetricFamily(
        "scooty_interactions",
        "Interactions, by command and how they ended.",
        labels=["command", "kind", "outcome"],
    )
    for each in measurements.commands:
        counts.add_metric([each.command, each.kind, each.outcome], each.count)
    yield counts
    durations = HistogramMetricFamily(
        "scooty_interaction_duration_seconds",
        "From an interaction's arrival to its delivered answer.",
        labels=["command", "kind"],
    )
    bounds = [*(str(bound) for bound in DURATION_BOUNDS_S), "+Inf"]
    for each_of in measurements.durations:
        cumulative = [float(count) for count in accumulate(each_of.counts)]
        durations.add_metric(
            [each_of.command, each_of.kind],
            buckets=list(zip(bounds, cumulative, strict=True)),
            sum_value=each_of.sum_s,
        )
    yield durations


def _objectives(measurements: Measurements) -> Iterator[Metric]:
    target = GaugeMetricFamily(
        "scooty_objective_target_ratio", "The share that has to be good.", labels=["objective"]
    )
    good = GaugeMetricFamily(
        "scooty_objective_good_ratio",
        "The share that was good in a window.",
        labels=["objective", "window_s"],
    )
    burn = GaugeMetricFamily(
        "scooty_objective_burn_rate",
        "How many times too fast the error budget is used in a window.",
        labels=["objective", "window_s"],
    )
    left = GaugeMetricFamily(
        "scooty_objective_budget_left_ratio",
        "The share of the error budget of the longest window that is left.",
        labels=["objective"],
    )
    for state in measurements.objectives:
        if state.budget_left is not None:
            left.add_metric([state.objective.name], state.budget_left)
        target.add_metric([state.objective.name], state.objective.target)
        for window in state.windows:
            labels = [state.objective.name, f"{window.window_s:.0f}"]
            burn.add_metric(labels, window.burn_rate)
            if window.good_share is not None:
                good.add_metric(labels, window.good_share)
    yield from (target, good, burn, left)


def _up(snapshot: Snapshot) -> Metric:
    up = GaugeMetricFamily("scooty_part_up", "1 for a part that is connected.", labels=["part"])
    up.add_metric(["gateway"], _is_connected(snapshot.gateway))
    up.add_metric(["database"], _is_connected(snapshot.database))
    if snapshot.cache is None or snapshot.cache.state != "in_memory":
        up.add_metric(["cache"], _is_connected(snapshot.cache))
    return up


def _is_connected(health: GatewayHealth | DatabaseHealth | CacheHealth | None) -> float:
    return float(health is not None and health.state == "connected")


def _latencies(snapshot: Snapshot) -> Iterator[Metric]:
    latency = GaugeMetricFamily(
        "scooty_part_latency_seconds", "The last round trip to a part.", labels=["part"]
    )
    for part, health in (
        ("gateway", snapshot.gateway),
        ("database", snapshot.database),
        ("cache", snapshot.cache),
    ):
        if health is not None and health.latency_ms is not None:
            latency.add_metric([part], health.latency_ms / 1000)
    yield latency


def _gateway(gateway: GatewayHealth | None) -> Iterator[Metric]:
    if gateway is None:
        return
    yield _gauge("scooty_gateway_guilds", "Servers that the bot is in.", gateway.guild_count)
    yield _counter(
        "scooty_gateway_resumes", "Dropped sessions that were taken up again.", gateway.resumes
    )
    yield _counter(
        "scooty_discord_undelivered", "Answers that Discord did not take.", gateway.rest_failures
    )

    limited = CounterMetricFamily(
        "scooty_discord_rate_limited",
        "429s, by the kind of request and by whose limit it was.",
        labels=["route", "scope"],
    )
    for each in gateway.rate_limited:
        limited.add_metric([each.route, each.scope], each.count)
    yield limited
    yield _counter(
        "scooty_discord_invalid_requests",
        "401, 403 and 429, of which 10,000 in 10 minutes ban the address.",
        gateway.invalid_requests,
    )


def _database(database: DatabaseHealth | None) -> Iterator[Metric]:
    if database is None:
        return
    breaker = GaugeMetricFamily(
        "scooty_database_breaker_state", "1 for the state the breaker is in.", labels=["state"]
    )
    for state in _BREAKER_STATES:
        breaker.add_metric([state], float(database.breaker == state))
    yield breaker
    yield _gauge(
        "scooty_database_calls_limit", "Calls that may be under way now.", database.calls_at_once
    )
    yield _gauge(
        "scooty_database_calls_waiting", "Calls that wait for others.", database.calls_waiting
    )
    yield _counter(
        "scooty_database_calls_repeated", "Calls that were sent again.", database.calls_repeated
    )


def _gauge(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_text, value=value)


def _counter(name: str, help_text: str, value: float) -> Metric:
    return CounterMetricFamily(name, help_text, value=value)
