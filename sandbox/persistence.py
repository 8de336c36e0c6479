"""Keeps commands and public messages over a restart, as the real Discord does.

Ephemeral messages, interactions and sessions are not kept: on Discord they end by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sandbox.world import Channel, Message

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.state import State
    from sandbox.wire import JsonObject, Snowflake


def _path(state: State) -> Path | None:
    directory = state.config.state_dir
    return None if directory is None else directory / "sandbox.json"


def save_world(state: State) -> None:
    """Write what has changed since the last call; whole or not at all.

    Where it cannot be written, the panel says so, and the next call tries again.
    """
    path = _path(state)
    if path is None or not state.dirty:
        return
    draft = path.with_suffix(".draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(orjson.dumps(_snapshot(state)))
        draft.replace(path)
    except OSError as error:
        state.trace.add("gateway", f"{path.name} could not be written: {error.strerror}")
    else:
        state.dirty = False


def load_world(state: State) -> None:
    """Take up what an earlier sandbox has saved; the address must be known by now.

    A file that this version does not understand is set aside, and the world begins anew: a sandbox
    that does not start for it would be of no use to anybody.
    """
    path = _path(state)
    if path is None or not path.is_file():
        return
    try:
        _load(state, path.read_bytes())
    except (AttributeError, KeyError, TypeError, ValueError):  # what another shape runs into
        path.replace(path.with_name(f"{path.name}.damaged"))
        state.trace.add("gateway", f"{path.name} could not be understood and was set aside")
    state.files.forget_all_but(_list_attachments(state))


def _load(state: State, raw: bytes) -> None:
    kept = orjson.loads(raw)
    if kept["base_url"] != state.base_url:
        # the addresses of attachments hold the port, which may be another one this time
        kept = orjson.loads(raw.replace(kept["base_url"].encode(), state.base_url.encode()))
    for guild_id, commands in kept["commands"].items():
        scope = state.commands.scope(guild_id or None)
        scope.update({command["id"]: command for command in commands})
    for each in kept["direct"]:
        state.world.direct[each["id"]] = Channel(kind="dm", guild_id=None, **each)
    for channel in state.world.list_channels():
        _load_channel(channel, kept["channels"].get(channel.id))


def _list_attachments(state: State) -> set[Snowflake]:
    return {
        attachment["id"]
        for channel in state.world.list_channels()
        for message in channel.messages.values()
        for attachment in message.body["attachments"]
    }


def _snapshot(state: State) -> JsonObject:
    return {
        "base_url": state.base_url,
        "commands": {
            guild_id or "": list(commands.values())
            for guild_id, commands in state.commands.scopes.items()
        },
        "direct": [
            {"id": channel.id, "name": channel.name, "recipient_id": channel.recipient_id}
            for channel in state.world.direct.values()
        ],
        "channels": {
            channel.id: {
                "messages": [
                    [message.body, message.interaction_name, message.interaction_user_id]
                    for message in channel.messages.values()
                ],
                "pins": channel.pins,
            }
            for channel in state.world.list_channels()
            if channel.messages
        },
    }


def _load_channel(channel: Channel, kept: JsonObject | None) -> None:
    if kept is None:
        return
    for body, name, user_id in kept["messages"]:
        message = Message(body=body, interaction_name=name, interaction_user_id=user_id)
        channel.messages[message.id] = message
    channel.pins = [(message_id, at) for message_id, at in kept["pins"]]
