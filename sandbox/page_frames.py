"""The larger frames that a page is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.callbacks import CallbackKind
from sandbox.page_hub import message_view
from sandbox.permissions import VIEW_CHANNEL, effective

if TYPE_CHECKING:
    from sandbox.interactions import Interaction
    from sandbox.state import State
    from sandbox.wire import JsonObject, Snowflake
    from sandbox.world import Guild

_MESSAGES_SHOWN: Final = 50


def hello_frame(
    state: State, person_id: Snowflake, guild_id: Snowflake, channel_id: Snowflake
) -> JsonObject:
    """Return the first frame: the whole world as people see it."""
    bot = state.world.users[state.config.application_id]
    return {
        "t": "hello",
        "guilds": [_guild_view(state, guild) for guild in state.world.guilds.values()],
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "role": person.role,
                "locale": person.locale,
                "guild_ids": [
                    guild.id for guild in state.world.guilds.values() if person.id in guild.members
                ],
            }
            for person in state.world.list_people()
        ],
        "bot": {"id": bot.id, "name": bot.name, "online": state.gateway.is_online},
        "me": person_id,
        "guild_id": guild_id,
        "channel_id": channel_id,
    }


def direct_frame(state: State, person_id: Snowflake) -> JsonObject:
    """Return a person's direct conversations, and whether they take any messages there.

    As at Discord, one that the app has opened is seen by the person once there is a message in it.
    """
    channel = state.world.find_direct(person_id)
    bot = state.world.users[state.config.application_id]
    shown = [] if channel is None or not channel.messages else [channel]
    return {
        "t": "direct",
        "channels": [{"id": each.id, "name": bot.name, "kind": each.kind} for each in shown],
        "open": state.world.users[person_id].takes_direct_messages,
    }


def history_frame(
    state: State, person_id: Snowflake, channel_id: Snowflake, *, shown: bool
) -> JsonObject:
    """Return a channel's newest messages, ephemeral ones only to their addressee."""
    channel = state.world.find_channel(channel_id)
    visible = []
    if shown and channel is not None:
        visible = [
            *list(channel.messages.values())[-_MESSAGES_SHOWN:],
            *(each for each in channel.ephemerals.values() if each.ephemeral_to == person_id),
        ]
    visible.sort(key=lambda message: int(message.id))
    messages = [message_view(message) for message in visible[-_MESSAGES_SHOWN:]]
    return {"t": "history", "channel_id": channel_id, "messages": messages}


def done_frame(
    nonce: str | int | None, interaction: Interaction | None, error: str | None
) -> JsonObject:
    """Return how an action ended; ``deferred`` says that the message is still to be filled."""
    frame: JsonObject = {
        "t": "interaction_done",
        "nonce": nonce,
        "ok": error is None,
        "acknowledged_ms": None,
        "error": error,
    }
    if interaction is not None:
        frame["acknowledged_ms"] = interaction.acknowledged_ms
        frame["interaction_id"] = interaction.id
        frame["deferred"] = interaction.answer_kind == CallbackKind.DEFER
        original = interaction.original
        frame["message_id"] = None if original is None else original.id
    return frame


def localise_choices(choices: list[JsonObject], locale: str) -> list[JsonObject]:
    """Return choices with their names in ``locale`` where there are translations."""
    return [
        {
            "name": (choice.get("name_localizations") or {}).get(locale) or choice["name"],
            "value": choice["value"],
        }
        for choice in choices
    ]


def visible_channels(guild: Guild, person_id: Snowflake) -> set[Snowflake]:
    """Return the channels of a guild that a person may see."""
    member = guild.members[person_id]
    return {
        channel.id
        for channel in guild.channels.values()
        if effective(guild, member, channel) & VIEW_CHANNEL
    }


def _guild_view(state: State, guild: Guild) -> JsonObject:
    return {
        "id": guild.id,
        "name": guild.name,
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "kind": channel.kind,
                "visible_to": [
                    user_id
                    for user_id in _people_of(state, guild)
                    if channel.id in visible_channels(guild, user_id)
                ],
            }
            for channel in guild.channels.values()
        ],
        "roles": [
            {"id": role.id, "name": role.name, "color": role.colour}
            for role in guild.roles.values()
        ],
        "member_ids": _people_of(state, guild),
    }


def _people_of(state: State, guild: Guild) -> list[Snowflake]:
    return [user_id for user_id in guild.members if user_id != state.config.application_id]
