"""Messages that answer an interaction: the first one, and the follow-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.interactions import COMMAND, COMPONENT
from sandbox.messages import CHAT_INPUT_COMMAND, NORMAL, REPLY, Draft
from sandbox.payloads import user_object

if TYPE_CHECKING:
    from sandbox.interactions import Interaction
    from sandbox.rest.router import Upload
    from sandbox.state import State
    from sandbox.wire import JsonObject
    from sandbox.world import Channel


def channel_of(state: State, interaction: Interaction) -> Channel:
    """Return where an interaction happened."""
    channel = state.world.find_channel(interaction.channel_id)
    if channel is None:
        raise LookupError(f"channel {interaction.channel_id} is gone")
    return channel


def answer_draft(  # noqa: PLR0913 - the parts of one answer
    state: State,
    interaction: Interaction,
    fields: JsonObject,
    *,
    uploads: tuple[Upload, ...],
    ephemeral: bool,
    loading: bool,
) -> Draft:
    """Return the draft of a first answer."""
    kind, reference = NORMAL, None
    if interaction.kind == COMMAND:
        kind = CHAT_INPUT_COMMAND
    elif interaction.kind == COMPONENT and interaction.source is not None:
        kind, reference = REPLY, _reference(interaction, interaction.source.id)
    return Draft(
        author_id=state.config.application_id,
        fields=fields,
        uploads=uploads,
        kind=kind,
        ephemeral_to=interaction.user_id if ephemeral else None,
        loading=loading,
        interaction_name=interaction.name if interaction.kind == COMMAND else None,
        interaction_metadata=_metadata(state, interaction),
        reference=reference,
    )


def follow_up_draft(
    state: State,
    interaction: Interaction,
    fields: JsonObject,
    *,
    uploads: tuple[Upload, ...],
    ephemeral: bool,
) -> Draft:
    """Return the draft of a later message."""
    original = interaction.original
    return Draft(
        author_id=state.config.application_id,
        fields=fields,
        uploads=uploads,
        kind=NORMAL if original is None else REPLY,
        ephemeral_to=interaction.user_id if ephemeral else None,
        interaction_metadata=_metadata(state, interaction),
        reference=None if original is None else _reference(interaction, original.id),
    )


def _reference(interaction: Interaction, message_id: str) -> JsonObject:
    reference: JsonObject = {
        "type": 0,
        "channel_id": interaction.channel_id,
        "message_id": message_id,
    }
    if interaction.guild_id is not None:
        reference["guild_id"] = interaction.guild_id
    return reference


def _metadata(state: State, interaction: Interaction) -> JsonObject:
    metadata: JsonObject = {
        "id": interaction.id,
        "type": interaction.kind,
        "user": user_object(state.world.users[interaction.user_id]),
        "authorizing_integration_owners": {"0": interaction.guild_id or "0"},
    }
    if interaction.kind == COMMAND:
        metadata["name"] = interaction.name
        metadata["command_type"] = 1
    elif interaction.kind == COMPONENT and interaction.source is not None:
        metadata["interacted_message_id"] = interaction.source.id
    return metadata
