"""Sends messages to people outside of interactions, through discord.py's HTTP client.

That client has the bot's token, obeys the rate limits and repeats what fails by Discord's fault.

Source: https://discord.com/developers/docs/resources/user#create-dm and
https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import discord
from discord.http import Route

from actors.discord_gateway.errors import LIBRARY_ERRORS
from actors.discord_gateway.incoming import DEFAULT_ATTACHMENT_LIMIT
from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.messages import Answered, AnswerNotDelivered
from actors.discord_gateway.payload import message_body

if TYPE_CHECKING:
    from discord.http import HTTPClient

    from actors.discord_gateway.member_message import SendToMember
    from actors.discord_gateway.payload import JsonObject

_ERRORS: Final = (*LIBRARY_ERRORS, RuntimeError, KeyError, TypeError, ValueError)
"""Also a session that was closed meanwhile (aiohttp's RuntimeError), and nonsense for an answer."""
_WITHIN_S: Final = 6.0
"""For all of it: less than the actor may take for one message."""
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500


async def send_to_member(
    message: SendToMember, http: HTTPClient | None
) -> Answered | AnswerNotDelivered:
    """Write to a person privately, or where they asked to be written to.

    Args:
        message: What to say and to whom.
        http: A client that has logged in; None while there is none.
    """
    breach = _breach(message)
    if breach is not None:
        return AnswerNotDelivered(reason="refused", detail=f"over Discord's limits: {breach}")
    if http is None:
        return AnswerNotDelivered(reason="unreachable", detail="not logged in")
    try:
        async with asyncio.timeout(_WITHIN_S):
            return await _send(message, http)
    except _ERRORS as error:
        return _undelivered(error)


async def _send(message: SendToMember, http: HTTPClient) -> Answered | AnswerNotDelivered:
    try:
        opened = await http.request(
            Route("POST", "/users/@me/channels"), json={"recipient_id": str(message.user_id)}
        )
        await _post(http, int(opened["id"]), _private_body(message))
    except discord.HTTPException as error:
        closed = _undelivered(error)
        if closed.reason != "refused" or message.channel_id is None or message.in_channel is None:
            return closed
        await _post(http, message.channel_id, _public_body(message))
    return Answered()


async def _post(http: HTTPClient, channel_id: int, body: JsonObject) -> None:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
    await http.request(route, json=body)


def _private_body(message: SendToMember) -> JsonObject:
    body = message_body(message.reply, replaces=False)
    body.pop("flags", None)  # "ephemeral" is for interactions alone
    return body | _nonce(message)


def _public_body(message: SendToMember) -> JsonObject:
    assert message.in_channel is not None  # noqa: S101 - the caller has looked
    body = message_body(message.in_channel, replaces=False)
    body.pop("flags", None)
    body["content"] = f"<@{message.user_id}> {body.get('content', '')}".rstrip()
    body["allowed_mentions"] = {"parse": [], "users": [str(message.user_id)]}
    return body | _nonce(message)


def _nonce(message: SendToMember) -> JsonObject:
    return {} if message.nonce is None else {"nonce": message.nonce, "enforce_nonce": True}


def _breach(message: SendToMember) -> str | None:
    for reply in (message.reply, message.in_channel):
        if reply is None:
            continue
        if reply.files:
            return "files are not sent outside of interactions"
        breach = find_breach(reply, attachment_size_limit=DEFAULT_ATTACHMENT_LIMIT)
        if breach is not None:
            return breach
    return None


def _undelivered(error: Exception) -> AnswerNotDelivered:
    if isinstance(error, discord.HTTPException):
        detail = f"HTTP {error.status}, code {error.code}"
        later = error.status == _TOO_MANY or error.status >= _SERVER_ERRORS
        return AnswerNotDelivered(reason="unreachable" if later else "refused", detail=detail)
    # The class alone: the text of some errors holds an address.
    return AnswerNotDelivered(reason="unreachable", detail=type(error).__name__)
