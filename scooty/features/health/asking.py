"""`ActorHealth`: asks every part of the program how it is, all at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from actors.cache.messages import GetCacheHealth
from actors.discord_gateway.messages import GetGatewayHealth
from actors.kernel import GetStatistics
from actors.repository.messages import GetDatabaseHealth
from scooty.core.asking import ask_or
from scooty.core.observer.messages import GetMeasurements
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.domain.health import ActorVitals, PartHealth, PartState, SystemHealth
from scooty.features.health.describing import describe

if TYPE_CHECKING:
    from actors.cache.messages import CacheHealth
    from actors.discord_gateway.messages import GatewayHealth
    from actors.kernel import ActorStatistics, Address, Asked, SystemStatistics
    from actors.repository.messages import DatabaseHealth
    from scooty.core.outbox.messages import OutboxHealth
    from scooty.core.parts import Parts
    from scooty.domain.health import HealthDetail

M = TypeVar("M")
R = TypeVar("R")

PROBE_S = 0.5
"""Half of the second in which ``/ping`` has to answer in any state of the program."""

_SILENT = PartHealth(state="silent")
_GATEWAY_STATES: dict[str, PartState] = {
    "connected": "connected",
    "connecting": "connecting",
    "disconnected": "unreachable",
}
_CACHE_STATES: dict[str, PartState] = {
    "connected": "connected",
    "reconnecting": "unreachable",
    "in_memory": "in_memory",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What the parts said; None for who did not answer in time."""

    statistics: SystemStatistics | None
    gateway: GatewayHealth | None
    database: DatabaseHealth | None
    cache: CacheHealth | None
    outbox: OutboxHealth | None


class ActorHealth:
    """The `SystemHealthPort` and the `HealthDetailPort` of the running program.

    Args:
        parts: Whom to ask.
        probe_s: The deadline of each probe; they run at the same time.
    """

    def __init__(self, parts: Parts, *, probe_s: float = PROBE_S) -> None:
        self._parts = parts
        self._probe_s = probe_s

    async def read(self) -> SystemHealth:
        """Ask all parts; one that does not answer in time is shown as silent."""
        return _judge(await self._hear())

    async def read_detail(self) -> HealthDetail:
        """Ask all parts, and the observer besides."""
        heard, measurements = await asyncio.gather(
            self._hear(), self._probe(self._parts.observer, GetMeasurements())
        )
        return describe(
            _judge(heard),
            measurements,
            statistics=heard.statistics,
            gateway=heard.gateway,
            database=heard.database,
            cache=heard.cache,
        )

    async def _hear(self) -> _Heard:
        statistics, gateway, database, cache, outbox = await asyncio.gather(
            self._probe(self._parts.supervisor, GetStatistics()),
            self._probe(self._parts.gateway, GetGatewayHealth()),
            self._probe(self._parts.repository, GetDatabaseHealth()),
            self._probe(self._parts.cache, GetCacheHealth()),
            self._probe(self._parts.outbox, GetOutboxHealth()),
        )
        return _Heard(
            statistics=statistics, gateway=gateway, database=database, cache=cache, outbox=outbox
        )

    async def _probe(self, part: Address[M], query: Asked[M, R]) -> R | None:
        return await ask_or(part, query, timeout_s=self._probe_s, otherwise=None)


def _judge(heard: _Heard) -> SystemHealth:
    return SystemHealth(
        gateway=_of_gateway(heard.gateway),
        database=_of_database(heard.database),
        cache=_of_cache(heard.cache),
        actors=_of_actors(heard.statistics),
        queue=None if heard.outbox is None else heard.outbox.as_queue(),
    )


def _of_gateway(health: GatewayHealth | None) -> PartHealth:
    if health is None:
        return _SILENT
    return PartHealth(state=_GATEWAY_STATES[health.state], latency_ms=health.latency_ms)


def _of_database(health: DatabaseHealth | None) -> PartHealth:
    return (
        _SILENT if health is None else PartHealth(state=health.state, latency_ms=health.latency_ms)
    )


def _of_cache(health: CacheHealth | None) -> PartHealth:
    if health is None:
        return _SILENT
    return PartHealth(state=_CACHE_STATES[health.state], latency_ms=health.latency_ms)


def _of_actors(statistics: SystemStatistics | None) -> tuple[ActorVitals, ...] | None:
    return None if statistics is None else tuple(map(_vitals, statistics.actors))


def _vitals(actor: ActorStatistics) -> ActorVitals:
    return ActorVitals(
        name=actor.name,
        state=actor.state,
        restarts=actor.restarts,
        mailbox_depth=actor.mailbox_depth,
        reason=actor.reason,
        last_failure_kind=actor.last_failure_kind,
        last_failure_at=actor.last_failure_at,
    )
