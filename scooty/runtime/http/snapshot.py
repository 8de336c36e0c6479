"""Asks every part how it is, at the same time, and takes silence for an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from actors.cache.messages import GetCacheHealth
from actors.discord_gateway.messages import GetGatewayHealth
from actors.kernel import GetStatistics
from actors.repository.messages import GetDatabaseHealth
from scooty import __version__
from scooty.core.asking import ask_or
from scooty.core.observer import GetMeasurements
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.runtime.http.metrics import Snapshot

if TYPE_CHECKING:
    from scooty.core.parts import Parts

_PROBE_S: Final = 0.5


async def take_snapshot(parts: Parts) -> Snapshot:
    """Ask all parts; who does not answer in half a second is None in the snapshot."""
    statistics, measurements, gateway, database, cache, outbox = await asyncio.gather(
        ask_or(parts.supervisor, GetStatistics(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.observer, GetMeasurements(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.gateway, GetGatewayHealth(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.repository, GetDatabaseHealth(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.cache, GetCacheHealth(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.outbox, GetOutboxHealth(), timeout_s=_PROBE_S, otherwise=None),
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
