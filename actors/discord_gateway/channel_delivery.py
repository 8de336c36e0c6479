"""Writes into channels.

Source: https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord.http import Route

from actors.discord_gateway.channel_message import NotPosted, Posted
from actors.discord_gateway.channel_requests import ChannelRequests
from actors.discord_gateway.incoming import DEFAULT_ATTACHMENT_LIMIT
from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.payload import message_body
from actors.discord_gateway.permissions import EMBED_LINKS, SEND_MESSAGES

if TYPE_CHECKING:
    from discord.http import HTTPClient

    from actors.discord_gateway.channel_message import PostToChannel
    from actors.discord_gateway.invalid_requests import InvalidRequests
    from actors.discord_gateway.payload import JsonObject
    from actors.discord_gateway.replies import Reply

_LONGEST_NONCE: Final = 25


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
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=message.channel_id)
    body = channel_body(message.reply, replaces=False)
    body |= {"nonce": message.nonce, "enforce_nonce": True}
    needs = (SEND_MESSAGES, EMBED_LINKS) if message.reply.embeds else (SEND_MESSAGES,)
    answer = await ChannelRequests(http, invalid).send(route, body, needs=needs)
    if isinstance(answer, NotPosted):
        return answer
    return Posted(message_id=int(answer["id"]))


def find_post_breach(message: PostToChannel) -> str | None:
    """Say what of a message Discord would refuse; None when nothing."""
    if not 1 <= len(message.nonce) <= _LONGEST_NONCE:
        return f"the nonce has {len(message.nonce)} characters, the limits are 1 to 25"
    return find_channel_breach(message.reply)


def find_channel_breach(reply: Reply) -> str | None:
    """Say what of a content Discord would refuse in a channel; None when nothing."""
    if reply.files:
        return "files are not sent outside of interactions"
    return find_breach(reply, attachment_size_limit=DEFAULT_ATTACHMENT_LIMIT)


def channel_body(reply: Reply, *, replaces: bool) -> JsonObject:
    """Build a message for a channel: like an answer, but for everybody who reads there."""
    body = message_body(reply, replaces=replaces)
    body.pop("flags", None)  # "ephemeral" is for interactions alone
    return body | {"allowed_mentions": {"parse": []}}
