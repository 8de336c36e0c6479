"""Changes messages of the bot's own in channels, and looks at who can read there.

Source: https://discord.com/developers/docs/resources/message (edit, pin and delete),
https://discord.com/developers/docs/resources/guild and
https://discord.com/developers/docs/topics/permissions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, assert_never

from discord.http import Route

from actors.discord_gateway.channel_delivery import channel_body, find_channel_breach
from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.channel_requests import ChannelRequests
from actors.discord_gateway.kept_message import (
    ChannelSeen,
    DeleteInChannel,
    EditInChannel,
    KeptAsAsked,
    LookAtChannel,
    PinInChannel,
)
from actors.discord_gateway.permissions import (
    EMBED_LINKS,
    PIN_MESSAGES,
    SEND_MESSAGES,
    VIEW_CHANNELS,
    Overwrite,
    permissions_in_channel,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discord.http import HTTPClient

    from actors.discord_gateway.invalid_requests import InvalidRequests
    from actors.discord_gateway.kept_message import ChannelQuery

_MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"
_PIN: Final = "/channels/{channel_id}/messages/pins/{message_id}"
_WRITABLE: Final = frozenset({0, 5})
"""The types of channels in which a message can stay: text and announcements."""
_NOBODY: Final = 0
"""Somebody with no role but @everyone."""


async def carry_out(
    query: ChannelQuery, http: HTTPClient | None, invalid: InvalidRequests
) -> KeptAsAsked | ChannelSeen | NotPosted:
    """Do what is asked.

    Args:
        query: What.
        http: A client that has logged in; None while there is none.
        invalid: The budget of refusals, which this shares with all other requests.
    """
    requests = ChannelRequests(http, invalid)
    match query:
        case EditInChannel():
            return await _edit(query, requests)
        case PinInChannel(channel_id=channel_id, message_id=message_id):
            route = Route("PUT", _PIN, channel_id=channel_id, message_id=message_id)
            return _kept(await requests.send(route, needs=(PIN_MESSAGES,)))
        case DeleteInChannel(channel_id=channel_id, message_id=message_id):
            route = Route("DELETE", _MESSAGE, channel_id=channel_id, message_id=message_id)
            outcome = _kept(await requests.send(route))
            gone = isinstance(outcome, NotPosted) and outcome.reason.startswith("unknown")
            return KeptAsAsked() if gone else outcome
        case LookAtChannel(channel_id=channel_id):
            return await _look(channel_id, requests)
        case _:
            assert_never(query)


async def _edit(query: EditInChannel, requests: ChannelRequests) -> KeptAsAsked | NotPosted:
    breach = find_channel_breach(query.reply)
    if breach is not None:
        return NotPosted(reason="refused", detail=f"over Discord's limits: {breach}")
    route = Route("PATCH", _MESSAGE, channel_id=query.channel_id, message_id=query.message_id)
    body = channel_body(query.reply, replaces=True)
    needs = (SEND_MESSAGES, EMBED_LINKS)
    return _kept(await requests.send(route, body, needs=needs))


def _kept(answer: object) -> KeptAsAsked | NotPosted:
    return answer if isinstance(answer, NotPosted) else KeptAsAsked()


async def _look(channel_id: int, requests: ChannelRequests) -> ChannelSeen | NotPosted:
    channel = await requests.send(Route("GET", "/channels/{channel_id}", channel_id=channel_id))
    if isinstance(channel, NotPosted):
        return channel
    guild_id = channel.get("guild_id")
    if guild_id is None:
        return ChannelSeen(guild_id=None, takes_messages=False, open_to_everyone=False)
    guild = await requests.send(Route("GET", "/guilds/{guild_id}", guild_id=guild_id))
    if isinstance(guild, NotPosted):
        return guild
    everyone = next(
        (int(role["permissions"]) for role in guild["roles"] if role["id"] == guild_id), -1
    )
    return ChannelSeen(
        guild_id=int(guild_id),
        takes_messages=channel["type"] in _WRITABLE,
        open_to_everyone=_is_open(channel, int(guild_id), everyone),
        locale=guild["preferred_locale"],
    )


def _is_open(channel: Mapping[str, Any], guild_id: int, everyone: int) -> bool:
    overwrites = [
        Overwrite(target_id=int(each["id"]), allow=int(each["allow"]), deny=int(each["deny"]))
        for each in channel.get("permission_overwrites", ())
    ]
    bits = permissions_in_channel(
        everyone, overwrites, guild_id=guild_id, role_ids=(), user_id=_NOBODY
    )
    return bool(bits & VIEW_CHANNELS.bit)
