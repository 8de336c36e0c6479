"""Asks every part how it is, at the same time, and takes silence for an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from actors.cache.messages import GetCacheHealth
from actors.discord_gateway.messages import GetGatewayHealth
from actors.kernel import GetStatistics
from actors.repository.messages import GetDatabaseHealth
from scooty import __version__
from scooty.core.observer import GetMeasurements
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.core.parts import ask_part
from scooty.runtime.http.metrics import Snapshot

if TYPE_CHECKING:
    from scooty.core.parts import Parts

_PROBE_S: Final = 0.5


async def take_snapshot(parts: Parts) -> Snapshot:
    """Ask all parts; who does not answer in half a second is None in the snapshot."""
    statistics, measurements, gateway, database, cache, outbox = await asyncio.gather(
        ask_part(parts.supervisor, GetStatistics(), within_s=_PROBE_S),
        ask_part(parts.observer, GetMeasurements(), within_s=_PROBE_S),
        ask_part(parts.gateway, GetGatewayHealth(), within_s=_PROBE_S),
        ask_part(parts.repository, GetDatabaseHealth(), within_s=_PROBE_S),
        ask_part(parts.cache, GetCacheHealth(), within_s=_PROBE_S),
        ask_part(parts.outbox, GetOutboxHealth(), within_s=_PROBE_S),
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
