"""Counts what Discord refuses of the requests that discord.py sends by itself.

The library obeys a 429 and sends the request again, and tells nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp

from actors.discord_gateway.invalid_requests import route_kind

if TYPE_CHECKING:
    from types import SimpleNamespace

    from actors.discord_gateway.invalid_requests import InvalidRequests


def counting_trace(invalid: InvalidRequests) -> aiohttp.TraceConfig:
    """Return what makes every answer to the library be counted.

    Args:
        invalid: Keeps count.
    """

    async def count(
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        invalid.count(
            ended.response.status,
            scope=ended.response.headers.get("X-RateLimit-Scope"),
            route=route_kind(ended.url.path),
        )

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(count)
    return trace
