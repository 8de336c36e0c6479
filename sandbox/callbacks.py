"""The first answer to an interaction: callback types 4 to 9.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from sandbox.interaction_messages import answer_draft, channel_of
from sandbox.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT
from sandbox.messages import create_message, edit_message
from sandbox.rest.errors import bad_request, one_problem, unknown
from sandbox.validation.choices import check_choices
from sandbox.validation.messages import check_message
from sandbox.validation.modals import check_modal
from sandbox.wire import EPHEMERAL

if TYPE_CHECKING:
    from sandbox.interactions import Interaction
    from sandbox.rest.router import Upload
    from sandbox.state import State
    from sandbox.wire import JsonObject


class CallbackKind(IntEnum):
    """How an interaction can be answered first."""

    REPLY = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_ALLOWED: Final = {
    COMMAND: {CallbackKind.REPLY, CallbackKind.DEFER, CallbackKind.MODAL},
    COMPONENT: {
        CallbackKind.REPLY,
        CallbackKind.DEFER,
        CallbackKind.DEFER_UPDATE,
        CallbackKind.UPDATE,
        CallbackKind.MODAL,
    },
    AUTOCOMPLETE: {CallbackKind.CHOICES},
    MODAL_SUBMIT: {
        CallbackKind.REPLY,
        CallbackKind.DEFER,
        CallbackKind.DEFER_UPDATE,
        CallbackKind.UPDATE,
    },
}


def apply_callback(
    state: State, interaction: Interaction, body: JsonObject, uploads: tuple[Upload, ...]
) -> JsonObject:
    """Do what the bot answers and return the ``{interaction, resource}`` object.

    Raises:
        RestError: 10062 when too late, 40060 when answered before, 50035 for a body that
            breaks a documented limit; in the last case the interaction can still be answered.
    """
    if interaction.answer_kind is not None:
        detail = f"{interaction.name} was answered before"
        state.trace.breach("double_acknowledgement", "interaction callback", detail)
        raise bad_request(40060, "Interaction has already been acknowledged.")
    if state.interactions.is_late(interaction):
        raise unknown("interaction")
    kind = body.get("type")
    if not isinstance(kind, int) or not _is_allowed(interaction, kind):
        raise one_problem(
            "type", "BASE_TYPE_CHOICES", "This callback type cannot answer this interaction."
        )
    fields = body.get("data") or {}
    _check(state, kind, fields, uploads)
    state.interactions.acknowledge(interaction, kind)
    _carry_out(state, interaction, kind, fields, uploads)
    return _response_object(interaction, kind)


def _is_allowed(interaction: Interaction, kind: int) -> bool:
    if interaction.kind == MODAL_SUBMIT and interaction.source is None:
        return kind in {CallbackKind.REPLY, CallbackKind.DEFER}
    return kind in _ALLOWED[interaction.kind]


def _check(state: State, kind: int, fields: JsonObject, uploads: tuple[Upload, ...]) -> None:
    where = "interaction callback"
    match kind:
        case CallbackKind.REPLY:
            check_message(state.trace, where, fields, uploads, prefix=("data",))
        case CallbackKind.UPDATE:
            check_message(state.trace, where, fields, uploads, prefix=("data",), may_be_empty=True)
        case CallbackKind.CHOICES:
            check_choices(state.trace, fields)
        case CallbackKind.MODAL:
            check_modal(state.trace, fields)
        case _:
            pass


def _carry_out(
    state: State,
    interaction: Interaction,
    kind: int,
    fields: JsonObject,
    uploads: tuple[Upload, ...],
) -> None:
    channel = channel_of(state, interaction)
    match kind:
        case CallbackKind.REPLY | CallbackKind.DEFER:
            deferred = kind == CallbackKind.DEFER
            ephemeral = bool(int(fields.get("flags") or 0) & EPHEMERAL)
            draft = answer_draft(
                state,
                interaction,
                {} if deferred else fields,
                uploads=uploads,
                ephemeral=ephemeral,
                loading=deferred,
            )
            interaction.original = create_message(state, channel, draft)
            interaction.awaits_first_message = deferred
        case CallbackKind.DEFER_UPDATE:
            interaction.original = interaction.source
        case CallbackKind.UPDATE:
            interaction.original = interaction.source
            if interaction.source is not None:
                edit_message(state, channel, interaction.source, fields, uploads)
        case CallbackKind.CHOICES:
            interaction.caller.choices_offered(interaction, fields["choices"], None)
            return
        case _:
            interaction.modal = fields
            interaction.caller.modal_opened(interaction, fields)
    interaction.caller.interaction_done(interaction, None)


def _response_object(interaction: Interaction, kind: int) -> JsonObject:
    about: JsonObject = {
        "id": interaction.id,
        "type": interaction.kind,
        "channel_id": interaction.channel_id,
    }
    if interaction.guild_id is not None:
        about["guild_id"] = interaction.guild_id
    result: JsonObject = {"interaction": about}
    message = interaction.original
    if (
        kind in {CallbackKind.REPLY, CallbackKind.DEFER, CallbackKind.UPDATE}
        and message is not None
    ):
        about["response_message_id"] = message.id
        about["response_message_loading"] = message.loading
        about["response_message_ephemeral"] = message.ephemeral_to is not None
        # a deferral has a message too, and discord.py reads it
        result["resource"] = {"type": kind, "message": message.body}
    return result
