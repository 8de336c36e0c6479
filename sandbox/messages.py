"""Creating, editing and deleting messages, and telling bots and pages about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sandbox.gateway_hub import INTENT_DIRECT_MESSAGES, INTENT_GUILD_MESSAGES
from sandbox.message_parts import (
    attachments_after,
    normalise_components,
    normalise_embeds,
    resolve_mentions,
)
from sandbox.payloads import member_object, user_object
from sandbox.permissions import effective
from sandbox.wire import EPHEMERAL, LOADING
from sandbox.world import Message

if TYPE_CHECKING:
    from sandbox.rest.router import Upload
    from sandbox.state import State
    from sandbox.wire import JsonObject, Snowflake
    from sandbox.world import Channel

_EDITABLE_FLAGS: Final = 1 << 2 | 1 << 12 | 1 << 15
"""Suppress embeds, suppress notifications, components v2."""
NORMAL: Final = 0
REPLY: Final = 19
CHAT_INPUT_COMMAND: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a new message is made from."""

    author_id: Snowflake
    fields: JsonObject
    """The request's body: content, embeds, components, flags..."""
    uploads: tuple[Upload, ...] = ()
    kind: int = NORMAL
    ephemeral_to: Snowflake | None = None
    loading: bool = False
    interaction_name: str | None = None
    interaction_metadata: JsonObject | None = None
    reference: JsonObject | None = None


def create_message(state: State, channel: Channel, draft: Draft) -> Message:
    """Store a message and show it to everybody who may see it."""
    message = Message(
        body=_new_body(state, channel, draft),
        ephemeral_to=draft.ephemeral_to,
        interaction_name=draft.interaction_name,
        interaction_user_id=_metadata_user(draft.interaction_metadata),
    )
    kept = channel.messages if draft.ephemeral_to is None else channel.ephemerals
    kept[message.id] = message
    if len(kept) > state.config.messages_kept:
        del kept[next(iter(kept))]
    _publish(state, channel, message, "MESSAGE_CREATE")
    state.pages.message_changed("message", channel, message)
    return message


def edit_message(
    state: State,
    channel: Channel,
    message: Message,
    fields: JsonObject,
    uploads: tuple[Upload, ...],
) -> None:
    """Change what ``fields`` names; also ends "thinking…"."""
    body = message.body
    was_loading = message.loading
    if "content" in fields:
        body["content"] = fields["content"] or ""
        body.update(_mentions(state, channel, body["author"]["id"], body["content"], fields))
    _replace_attachments(state, channel, message, fields, uploads)
    if "embeds" in fields:
        body["embeds"] = normalise_embeds(fields["embeds"] or [], body["attachments"])
    if "components" in fields:
        body["components"] = normalise_components(fields["components"] or [])
    flags = int(fields.get("flags") or 0) & _EDITABLE_FLAGS
    body["flags"] = (body["flags"] & ~LOADING) | flags
    if not was_loading:
        body["edited_timestamp"] = datetime.now(UTC).isoformat()
    message_updated(state, channel, message)


def message_updated(state: State, channel: Channel, message: Message) -> None:
    """Show a changed message to everybody who may see it."""
    _publish(state, channel, message, "MESSAGE_UPDATE")
    state.pages.message_changed("message_update", channel, message)


def delete_message(state: State, channel: Channel, message: Message) -> None:
    """Remove a message everywhere."""
    message.deleted = True
    channel.messages.pop(message.id, None)
    channel.ephemerals.pop(message.id, None)
    channel.pins[:] = [pin for pin in channel.pins if pin[0] != message.id]
    if message.ephemeral_to is None:
        state.dirty = True
        body: JsonObject = {"id": message.id, "channel_id": channel.id}
        if channel.guild_id is not None:
            body["guild_id"] = channel.guild_id
        state.gateway.dispatch("MESSAGE_DELETE", body, intents=_intent(channel))
    state.pages.message_deleted(channel, message)


def _new_body(state: State, channel: Channel, draft: Draft) -> JsonObject:
    fields = draft.fields
    content = fields.get("content") or ""
    is_ephemeral = draft.ephemeral_to is not None
    attachments = attachments_after(
        state, channel, existing=[], fields=fields, uploads=draft.uploads, ephemeral=is_ephemeral
    )
    flags = int(fields.get("flags") or 0) & _EDITABLE_FLAGS
    flags |= (EPHEMERAL if is_ephemeral else 0) | (LOADING if draft.loading else 0)
    author = state.world.users[draft.author_id]
    body: JsonObject = {
        "id": state.snowflakes.next(),
        "type": draft.kind,
        "channel_id": channel.id,
        "author": user_object(author),
        "content": content,
        "timestamp": datetime.now(UTC).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        **_mentions(state, channel, draft.author_id, content, fields),
        "attachments": attachments,
        "embeds": normalise_embeds(fields.get("embeds") or [], attachments),
        "components": normalise_components(fields.get("components") or []),
        "pinned": False,
        "flags": flags,
    }
    if draft.interaction_metadata is not None:
        body["application_id"] = body["webhook_id"] = state.config.application_id
        body["interaction_metadata"] = draft.interaction_metadata
    if draft.reference is not None:
        body["message_reference"] = draft.reference
    if "nonce" in fields and fields["nonce"] is not None:
        body["nonce"] = fields["nonce"]
    return body


def _mentions(
    state: State, channel: Channel, author_id: Snowflake, content: str, fields: JsonObject
) -> JsonObject:
    guild = state.guild_of(channel)
    member = None if guild is None else guild.members.get(author_id)
    permissions = 0 if guild is None or member is None else effective(guild, member, channel)
    allowed = fields.get("allowed_mentions")
    return resolve_mentions(state, content, allowed, permissions=permissions)


def _replace_attachments(
    state: State,
    channel: Channel,
    message: Message,
    fields: JsonObject,
    uploads: tuple[Upload, ...],
) -> None:
    if "attachments" not in fields and not uploads:
        return
    message.body["attachments"] = attachments_after(
        state,
        channel,
        existing=message.body["attachments"],
        fields=fields,
        uploads=uploads,
        ephemeral=message.ephemeral_to is not None,
    )


def _metadata_user(metadata: JsonObject | None) -> Snowflake | None:
    return None if metadata is None else str(metadata["user"]["id"])


def _intent(channel: Channel) -> int:
    return INTENT_DIRECT_MESSAGES if channel.guild_id is None else INTENT_GUILD_MESSAGES


def _publish(state: State, channel: Channel, message: Message, event: str) -> None:
    # Discord sends no gateway events for ephemeral messages: they exist for one person only.
    if message.ephemeral_to is not None:
        return
    state.dirty = True
    body = dict(message.body)
    author_id = body["author"]["id"]
    guild = state.guild_of(channel)
    if guild is not None:
        body["guild_id"] = guild.id
        if author_id in guild.members:
            body["member"] = member_object(guild, guild.members[author_id], None)
    bot_id = state.config.application_id
    sees_text = (
        author_id == bot_id
        or guild is None
        or any(mention["id"] == bot_id for mention in body["mentions"])
    )
    state.gateway.dispatch_message(event, body, intents=_intent(channel), is_own=sees_text)
