"""Writes into channels, through discord.py's HTTP client.

That client has the bot's token, obeys the rate limits and repeats what fails by Discord's fault.

Source: https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import discord
from discord.http import Route

from actors.discord_gateway.channel_message import NotPosted, Posted
from actors.discord_gateway.errors import LIBRARY_ERRORS
from actors.discord_gateway.incoming import DEFAULT_ATTACHMENT_LIMIT
from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.payload import message_body
from actors.discord_gateway.permissions import EMBED_LINKS, SEND_MESSAGES, VIEW_CHANNELS

if TYPE_CHECKING:
    from discord.http import HTTPClient

    from actors.discord_gateway.channel_message import PostToChannel
    from actors.discord_gateway.invalid_requests import InvalidRequests
    from actors.discord_gateway.payload import JsonObject

__all__ = ["find_post_breach", "post_to_channel"]

_ERRORS: Final = (*LIBRARY_ERRORS, RuntimeError)
"""Also a session that was closed meanwhile (aiohttp's RuntimeError)."""
_WITHIN_S: Final = 6.0
"""For all of it: less than the actor may take for one message."""
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500
_LONGEST_NONCE: Final = 25
_UNKNOWN_CHANNEL: Final = 10003
_MISSING_ACCESS: Final = 50001
_MISSING_PERMISSIONS: Final = 50013


async def post_to_channel(
    message: PostToChannel, http: HTTPClient | None, invalid: InvalidRequests
) -> Posted | NotPosted:
    """Write into a channel.

    Args:
        message: What and where.
        http: A client that has logged in; None while there is none.
        invalid: The budget of refusals, which this shares with all other requests.
    """
    breach = find_post_breach(message)
    if breach is not None:
        return NotPosted(reason="refused", detail=f"over Discord's limits: {breach}")
    if http is None:
        return NotPosted(reason="not_connected", detail="not logged in")
    if invalid.wait_s() > 0:
        return NotPosted(reason="not_connected", detail="pausing after refusals")
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=message.channel_id)
    try:
        async with asyncio.timeout(_WITHIN_S):
            await http.request(route, json=_body(message))
    except discord.HTTPException as error:
        invalid.note_outcome(error.status)
        return _refused(error, message)
    except _ERRORS as error:
        # The class alone: the text of some errors holds an address.
        return NotPosted(reason="not_connected", detail=type(error).__name__)
    invalid.note_outcome(200)
    return Posted()


def find_post_breach(message: PostToChannel) -> str | None:
    """Say what of a message Discord would refuse; None when nothing."""
    if message.reply.files:
        return "files are not sent outside of interactions"
    if not 1 <= len(message.nonce) <= _LONGEST_NONCE:
        return f"the nonce has {len(message.nonce)} characters, the limits are 1 to 25"
    return find_breach(message.reply, attachment_size_limit=DEFAULT_ATTACHMENT_LIMIT)


def _body(message: PostToChannel) -> JsonObject:
    body = message_body(message.reply, replaces=False)
    body.pop("flags", None)  # "ephemeral" is for interactions alone
    return body | {
        "allowed_mentions": {"parse": []},
        "nonce": message.nonce,
        "enforce_nonce": True,
    }


def _refused(error: discord.HTTPException, message: PostToChannel) -> NotPosted:
    detail = f"HTTP {error.status}, code {error.code}"
    match error.code:
        case code if code == _MISSING_ACCESS:
            return NotPosted(reason="forbidden", detail=detail, lacking=(VIEW_CHANNELS.name,))
        case code if code == _MISSING_PERMISSIONS:
            lacking = (SEND_MESSAGES, EMBED_LINKS) if message.reply.embeds else (SEND_MESSAGES,)
            names = tuple(permission.name for permission in lacking)
            return NotPosted(reason="forbidden", detail=detail, lacking=names)
        case code if code == _UNKNOWN_CHANNEL:
            return NotPosted(reason="unknown_channel", detail=detail)
        case _:
            later = error.status == _TOO_MANY or error.status >= _SERVER_ERRORS
            return NotPosted(reason="not_connected" if later else "refused", detail=detail)
