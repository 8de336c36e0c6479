"""Asks every part how it is, at the same time, and takes silence for an answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from actors.cache.messages import GetCacheHealth
from actors.discord_gateway.messages import GetGatewayHealth
from actors.kernel import ActorKitError, GetStatistics
from actors.repository.messages import GetDatabaseHealth
from scooty import __version__
from scooty.http.metrics import Snapshot
from scooty.observer import GetMeasurements
from scooty.outbox.messages import GetOutboxHealth

if TYPE_CHECKING:
    from actors.kernel import Address, Query

__all__ = ["Parts", "take_snapshot"]

R = TypeVar("R")

_PROBE_S: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Whom the web asks."""

    supervisor: Address
    gateway: Address
    repository: Address
    cache: Address
    observer: Address
    outbox: Address


async def take_snapshot(parts: Parts) -> Snapshot:
    """Ask all parts; who does not answer in half a second is None in the snapshot."""
    statistics, measurements, gateway, database, cache, outbox = await asyncio.gather(
        _ask(parts.supervisor, GetStatistics()),
        _ask(parts.observer, GetMeasurements()),
        _ask(parts.gateway, GetGatewayHealth()),
        _ask(parts.repository, GetDatabaseHealth()),
        _ask(parts.cache, GetCacheHealth()),
        _ask(parts.outbox, GetOutboxHealth()),
    )
    return Snapshot(
        version=__version__,
        actors=None if statistics is None else statistics.actors,
        measurements=measurements,
        gateway=gateway,
        database=database,
        cache=cache,
        queue=None if outbox is None else outbox.as_queue(),
    )


async def _ask(address: Address, query: Query[R]) -> R | None:
    try:
        return await address.ask(query, timeout_s=_PROBE_S)
    except ActorKitError:
        return None
