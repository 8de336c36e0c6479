"""INTERACTION_CREATE's body.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sandbox.payloads import channel_object, member_object
from sandbox.permissions import effective
from sandbox.rest.reading import ATTACHMENT_SIZE_LIMIT

if TYPE_CHECKING:
    from sandbox.interactions import Interaction
    from sandbox.state import State
    from sandbox.wire import JsonObject


def interaction_object(state: State, interaction: Interaction, data: JsonObject) -> JsonObject:
    """Return what the bot is sent for an interaction."""
    surroundings = state.surroundings
    key = (interaction.user_id, interaction.channel_id)
    fixed = surroundings.get(key)
    if fixed is None:
        fixed = surroundings[key] = _fixed_part(state, interaction)
    body: JsonObject = {
        "id": interaction.id,
        "application_id": state.config.application_id,
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "data": data,
        "locale": state.world.users[interaction.user_id].locale,
        **fixed,
    }
    if interaction.source is not None:
        body["message"] = interaction.source.body
    return body


def _fixed_part(state: State, interaction: Interaction) -> JsonObject:
    # Roles and channels of the demo world never change, so this is encoded once per person and
    # channel: it is most of the body, and the sandbox must not be slower than the bots it measures.
    channel = state.world.find_channel(interaction.channel_id)
    if channel is None or channel.guild_id is None:
        raise LookupError(f"channel {interaction.channel_id} is in no guild")
    guild = state.world.guilds[channel.guild_id]
    user = state.world.users[interaction.user_id]
    permissions = str(effective(guild, guild.members[user.id], channel))
    bot = guild.members[state.config.application_id]
    member = {
        **member_object(guild, guild.members[user.id], user),
        "permissions": permissions,
    }
    return {
        "guild_id": guild.id,
        "guild": orjson.Fragment(
            orjson.dumps({"id": guild.id, "locale": guild.locale, "features": []})
        ),
        "guild_locale": guild.locale,
        "channel_id": channel.id,
        "channel": orjson.Fragment(
            orjson.dumps({**channel_object(channel, state.world), "permissions": permissions})
        ),
        "member": orjson.Fragment(orjson.dumps(member)),
        "app_permissions": str(effective(guild, bot, channel)),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": guild.id},
        "context": 0,
        "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
    }
