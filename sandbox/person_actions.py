"""What a person does on the page, made into an interaction or a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.client_refusal import ClientRefusalError
from sandbox.components_used import component_body, submitted_body
from sandbox.interaction_objects import interaction_object
from sandbox.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    Interaction,
)
from sandbox.messages import Draft, create_message
from sandbox.option_values import fill_options
from sandbox.payloads import member_object, user_object
from sandbox.permissions import (
    SEND_MESSAGES,
    USE_APPLICATION_COMMANDS,
    VIEW_CHANNEL,
    effective,
)

if TYPE_CHECKING:
    from sandbox.interactions import Caller
    from sandbox.state import State
    from sandbox.wire import JsonObject, Snowflake
    from sandbox.world import Channel, Guild, Message

_LONGEST_CHAT_MESSAGE = 2000
_USER_MENU = 2
_MESSAGE_MENU = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, where, and on which page."""

    user_id: Snowflake
    guild: Guild
    channel: Channel
    caller: Caller
    permissions: int
    """In the channel."""

    @classmethod
    def find(cls, state: State, caller: Caller, *, user_id: str, channel_id: str) -> Actor:
        """Return the actor, who must be able to see the channel.

        Raises:
            ClientRefusalError: When the channel is not theirs to see.
        """
        channel = state.world.find_channel(channel_id)
        guild = None if channel is None else state.guild_of(channel)
        if channel is None or guild is None or user_id not in guild.members:
            raise ClientRefusalError("client.not_here")
        permissions = effective(guild, guild.members[user_id], channel)
        if not permissions & VIEW_CHANNEL:
            raise ClientRefusalError("client.channel_hidden")
        return cls(
            user_id=user_id, guild=guild, channel=channel, caller=caller, permissions=permissions
        )


def say(state: State, actor: Actor, content: str) -> None:
    """Post an ordinary message."""
    if not actor.permissions & SEND_MESSAGES:
        raise ClientRefusalError("client.read_only")
    if not 0 < len(content.strip()) <= _LONGEST_CHAT_MESSAGE:
        raise ClientRefusalError("client.message_length", most=_LONGEST_CHAT_MESSAGE)
    draft = Draft(author_id=actor.user_id, fields={"content": content.strip()})
    create_message(state, actor.channel, draft)


def invoke(state: State, actor: Actor, frame: JsonObject) -> None:
    """Send a slash command."""
    data, name = _command_body(state, actor, frame, focused=None)
    _start(state, actor, frame, kind=COMMAND, name=name, data=data)


def autocomplete(state: State, actor: Actor, frame: JsonObject) -> None:
    """Ask for suggestions while typing."""
    data, name = _command_body(state, actor, frame, focused=str(frame["focused"]))
    _start(state, actor, frame, kind=AUTOCOMPLETE, name=name, data=data)


def press(state: State, actor: Actor, frame: JsonObject) -> None:
    """Press a button."""
    message = _visible_message(actor, str(frame["message_id"]))
    data = component_body(message, str(frame["custom_id"]), values=None)
    _start(state, actor, frame, kind=COMPONENT, name=data["custom_id"], data=data, source=message)


def choose(state: State, actor: Actor, frame: JsonObject) -> None:
    """Choose in a select."""
    message = _visible_message(actor, str(frame["message_id"]))
    values = [str(value) for value in frame["values"]]
    data = component_body(message, str(frame["custom_id"]), values=values)
    _start(state, actor, frame, kind=COMPONENT, name=data["custom_id"], data=data, source=message)


def submit(state: State, actor: Actor, frame: JsonObject) -> None:
    """Submit a form that a bot has opened."""
    opened = state.interactions.find_by_id(str(frame["interaction_id"]))
    if opened is None or opened.modal is None or opened.user_id != actor.user_id:
        raise ClientRefusalError("client.form_closed")
    data = submitted_body(opened.modal, frame["fields"])
    _start(
        state,
        actor,
        frame,
        kind=MODAL_SUBMIT,
        name=data["custom_id"],
        data=data,
        source=opened.source,
    )


def use_menu(state: State, actor: Actor, frame: JsonObject) -> None:
    """Choose a command in the menu of a message (``message_id``) or of a person (``user_id``).

    Source: https://discord.com/developers/docs/interactions/application-commands#user-commands
    """
    on_message = "message_id" in frame
    kind, name = (_MESSAGE_MENU if on_message else _USER_MENU), str(frame["name"])
    command = state.commands.find(actor.guild.id, name, actor.permissions, kind)
    if command is None:
        raise ClientRefusalError("client.not_for_you", path=name)
    target_id = str(frame["message_id" if on_message else "user_id"])
    data: JsonObject = {"id": command["id"], "name": name, "type": kind, "target_id": target_id}
    if on_message:
        message = _visible_message(actor, target_id)
        data["resolved"] = {"messages": {target_id: message.body}}
    else:
        data["resolved"] = _person_resolved(state, actor.guild, target_id)
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    _start(state, actor, frame, kind=COMMAND, name=name, data=data)


def _person_resolved(state: State, guild: Guild, user_id: Snowflake) -> JsonObject:
    if user_id not in guild.members:
        raise ClientRefusalError("client.not_here")
    member = member_object(guild, guild.members[user_id], None)
    return {
        "users": {user_id: user_object(state.world.users[user_id])},
        "members": {user_id: member},
    }


def _command_body(
    state: State, actor: Actor, frame: JsonObject, *, focused: str | None
) -> tuple[JsonObject, str]:
    path: list[str] = list(frame["name_path"])
    permissions = actor.permissions
    if not permissions & USE_APPLICATION_COMMANDS:
        raise ClientRefusalError("client.no_commands_here")
    command = state.commands.find(actor.guild.id, path[0], permissions)
    if command is None:
        raise ClientRefusalError("client.not_for_you", path=path[0])
    leaf = _walk(command, path)
    declared = leaf.get("options") or []
    if any(option["type"] in {1, 2} for option in declared):
        raise ClientRefusalError("client.needs_subcommand", path=" ".join(path))
    given = frame.get("options") or []
    filled = fill_options(state, actor.guild, declared, given, focused=focused)
    options = filled.options
    for name, kind in reversed(_kinds_below(command, path)):
        options = [{"name": name, "type": kind, "options": options}]
    data: JsonObject = {"id": command["id"], "name": path[0], "type": 1, "options": options}
    if filled.resolved:
        data["resolved"] = filled.resolved
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data, " ".join(path)


def _walk(command: JsonObject, path: list[str]) -> JsonObject:
    node = command
    for name in path[1:]:
        children = {each["name"]: each for each in node.get("options") or []}
        child = children.get(name)
        if child is None or child["type"] not in {1, 2}:
            raise ClientRefusalError("client.no_command", path=" ".join(path))
        node = child
    return node


def _kinds_below(command: JsonObject, path: list[str]) -> list[tuple[str, int]]:
    return [
        (name, _walk(command, path[: depth + 2])["type"]) for depth, name in enumerate(path[1:])
    ]


def _visible_message(actor: Actor, message_id: str) -> Message:
    message = actor.channel.find(message_id)
    if message is None or message.ephemeral_to not in {None, actor.user_id}:
        raise ClientRefusalError("client.message_gone")
    return message


def _start(  # noqa: PLR0913 - the parts of one interaction
    state: State,
    actor: Actor,
    frame: JsonObject,
    *,
    kind: int,
    name: str,
    data: JsonObject,
    source: Message | None = None,
) -> None:
    interaction_id = state.snowflakes.next()
    interaction = Interaction(
        id=interaction_id,
        token=state.interactions.make_token(interaction_id),
        kind=kind,
        user_id=actor.user_id,
        guild_id=actor.guild.id,
        channel_id=actor.channel.id,
        name=name,
        nonce=frame.get("nonce"),
        caller=actor.caller,
        source=source,
    )
    state.interactions.open(interaction)
    body = interaction_object(state, interaction, data)
    state.gateway.dispatch("INTERACTION_CREATE", body)
