"""One request about a channel, through discord.py's HTTP client, and what a refusal means.

That client has the bot's token, obeys the rate limits and repeats what fails by Discord's fault.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.errors import LIBRARY_ERRORS
from actors.discord_gateway.permissions import VIEW_CHANNELS

if TYPE_CHECKING:
    from discord.http import HTTPClient, Route

    from actors.discord_gateway.invalid_requests import InvalidRequests
    from actors.discord_gateway.payload import JsonObject
    from actors.discord_gateway.permissions import Permission

_ERRORS: Final = (*LIBRARY_ERRORS, RuntimeError)
"""Also a session that was closed meanwhile (aiohttp's RuntimeError)."""
_WITHIN_S: Final = 6.0
"""For all of it: less than the actor may take for one message."""
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500
_UNKNOWN_CHANNEL: Final = 10003
_UNKNOWN_MESSAGE: Final = 10008
_MISSING_ACCESS: Final = 50001
_MISSING_PERMISSIONS: Final = 50013


@dataclass(frozen=True, slots=True)
class ChannelRequests:
    """Asks Discord about channels.

    Args:
        http: A client that has logged in; None while there is none.
        invalid: The budget of refusals, which this shares with all other requests.
    """

    http: HTTPClient | None
    invalid: InvalidRequests

    async def send(
        self, route: Route, body: JsonObject | None = None, *, needs: tuple[Permission, ...] = ()
    ) -> Any | NotPosted:
        """Make one request.

        Args:
            route: What.
            body: Its JSON.
            needs: The permissions of which one may be missing when Discord says that one is.

        Returns:
            Discord's answer, or why there is none.
        """
        if self.http is None:
            return NotPosted(reason="not_connected", detail="not logged in")
        if self.invalid.wait_s() > 0:
            return NotPosted(reason="not_connected", detail="pausing after refusals")
        content: dict[str, Any] = {} if body is None else {"json": body}
        try:
            async with asyncio.timeout(_WITHIN_S):
                answer = await self.http.request(route, **content)
        except discord.HTTPException as error:
            self.invalid.note_outcome(error.status)
            return _refused(error, needs)
        except _ERRORS as error:
            # The class alone: the text of some errors holds an address.
            return NotPosted(reason="not_connected", detail=type(error).__name__)
        self.invalid.note_outcome(200)
        return answer


def _refused(error: discord.HTTPException, needs: tuple[Permission, ...]) -> NotPosted:
    detail = f"HTTP {error.status}, code {error.code}"
    match error.code:
        case code if code == _MISSING_ACCESS:
            return NotPosted(reason="forbidden", detail=detail, lacking=(VIEW_CHANNELS.name,))
        case code if code == _MISSING_PERMISSIONS:
            names = tuple(permission.name for permission in needs)
            return NotPosted(reason="forbidden", detail=detail, lacking=names)
        case code if code == _UNKNOWN_CHANNEL:
            return NotPosted(reason="unknown_channel", detail=detail)
        case code if code == _UNKNOWN_MESSAGE:
            return NotPosted(reason="unknown_message", detail=detail)
        case _:
            later = error.status == _TOO_MANY or error.status >= _SERVER_ERRORS
            return NotPosted(reason="not_connected" if later else "refused", detail=detail)
