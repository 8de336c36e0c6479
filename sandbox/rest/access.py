"""What the bot may see and do, with Discord's order of refusals: unknown, then missing access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.permissions import VIEW_CHANNEL, effective
from sandbox.rest.errors import missing_access, missing_permissions, unknown

if TYPE_CHECKING:
    from sandbox.rest.router import Call
    from sandbox.state import State
    from sandbox.world import Channel, Guild, Message


def guild_for(state: State, call: Call) -> Guild:
    """Return the guild that the path names."""
    guild = state.world.guilds.get(call.params["guild_id"])
    if guild is None:
        raise unknown("guild")
    return guild


def channel_for(state: State, call: Call, *, needs: int = 0) -> Channel:
    """Return the channel that the path names, in which the bot must have the bits ``needs``."""
    channel = state.world.find_channel(call.params["channel_id"])
    if channel is None:
        raise unknown("channel")
    guild = state.guild_of(channel)
    if guild is None:
        return channel
    permissions = effective(guild, guild.members[state.config.application_id], channel)
    if not permissions & VIEW_CHANNEL:
        raise missing_access()
    if permissions & needs != needs:
        raise missing_permissions()
    return channel


def public_message_for(channel: Channel, call: Call) -> Message:
    """Return the message that the path names; ephemeral ones do not exist for this face."""
    message = channel.messages.get(call.params["message_id"])
    if message is None:
        raise unknown("message")
    return message
