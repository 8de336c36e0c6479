"""Later answers by the interaction's token: ``@original`` and follow-ups.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.interaction_messages import channel_of, follow_up_draft
from sandbox.interactions import AUTOCOMPLETE
from sandbox.messages import create_message, delete_message, edit_message
from sandbox.rest.errors import RestError, unknown
from sandbox.rest.router import Answer, Call, Limit, Route
from sandbox.validation.messages import check_message
from sandbox.wire import EPHEMERAL

if TYPE_CHECKING:
    from sandbox.interactions import Interaction
    from sandbox.state import State
    from sandbox.world import Message


def _answered_interaction(state: State, call: Call) -> Interaction:
    interaction = state.interactions.find(call.params["webhook_token"])
    if interaction is None or call.params["webhook_id"] != state.config.application_id:
        raise unknown("webhook")
    if not state.interactions.is_token_alive(interaction):
        raise RestError(401, 50027, "Invalid Webhook Token")
    if interaction.answer_kind is None or interaction.kind == AUTOCOMPLETE:
        raise unknown("webhook")
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    message_id = call.params.get("message_id")
    message = interaction.original
    if message_id is not None and (message is None or message.id != message_id):
        message = interaction.follow_ups.get(message_id)
    if message is None or message.deleted:
        raise unknown("message")
    return message


def _get(state: State, call: Call) -> Answer:
    interaction = _answered_interaction(state, call)
    return 200, _message(call, interaction).body


def _edit(state: State, call: Call) -> Answer:
    interaction = _answered_interaction(state, call)
    message = _message(call, interaction)
    fields = call.fields()
    check_message(state.trace, call.where, fields, call.uploads, may_be_empty=True, is_edit=True)
    _note_shown_to_all(state, call, interaction, fields.get("flags"))
    if message is interaction.original:
        interaction.awaits_first_message = False
    edit_message(state, channel_of(state, interaction), message, fields, call.uploads)
    return 200, message.body


def _delete(state: State, call: Call) -> Answer:
    interaction = _answered_interaction(state, call)
    message = _message(call, interaction)
    delete_message(state, channel_of(state, interaction), message)
    return 204, None


def _follow_up(state: State, call: Call) -> Answer:
    interaction = _answered_interaction(state, call)
    fields = call.fields()
    check_message(state.trace, call.where, fields, call.uploads)
    channel = channel_of(state, interaction)
    original = interaction.original
    ephemeral = bool(int(fields.get("flags") or 0) & EPHEMERAL)
    if interaction.awaits_first_message and original is not None and not original.deleted:
        # the first follow-up after a deferral takes the place of "thinking…", as seen on Discord
        interaction.awaits_first_message = False
        _note_shown_to_all(state, call, interaction, fields.get("flags"))
        edit_message(state, channel, original, fields, call.uploads)
        return 200, original.body
    draft = follow_up_draft(state, interaction, fields, uploads=call.uploads, ephemeral=ephemeral)
    message = create_message(state, channel, draft)
    interaction.follow_ups[message.id] = message
    # Discord answers 200 with the message here whatever `wait` says
    return 200, message.body


def _note_shown_to_all(
    state: State, call: Call, interaction: Interaction, flags: int | None
) -> None:
    """Record that something meant for one person is seen by everybody.

    Source: the same page; the first answer or the deferral alone decides who sees it.
    """
    if flags and flags & EPHEMERAL and not interaction.is_ephemeral:
        detail = f"{interaction.name}: asked for ephemeral, but the first answer was public"
        state.trace.breach("ephemeral_is_fixed", call.where, detail)


_LIMIT: Final = Limit(requests=5, within_s=2.0)
_BASE: Final = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES: Final = (
    Route("POST", _BASE, _follow_up, _LIMIT, needs_token=False),
    *(
        Route(method, f"{_BASE}/messages/{which}", handler, _LIMIT, needs_token=False)
        for which in ("@original", "{message_id}")
        for method, handler in (("GET", _get), ("PATCH", _edit), ("DELETE", _delete))
    ),
)
