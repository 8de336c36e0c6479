"""Channels, their messages and pins.

Source: https://discord.com/developers/docs/resources/message and resources/channel
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.messages import REPLY, Draft, create_message, delete_message, edit_message
from sandbox.payloads import channel_object
from sandbox.permissions import MANAGE_MESSAGES, SEND_MESSAGES
from sandbox.rest.access import channel_for, public_message_for
from sandbox.rest.errors import (
    closed_to_messages,
    missing_permissions,
    one_problem,
    unknown,
)
from sandbox.rest.router import Answer, Call, Limit, Route
from sandbox.validation.messages import check_message

if TYPE_CHECKING:
    from sandbox.state import State
    from sandbox.wire import JsonObject
    from sandbox.world import Channel, Message

_MESSAGES_A_REQUEST: Final = 100


def _get_channel(state: State, call: Call) -> Answer:
    return 200, channel_object(channel_for(state, call), state.world)


def _create(state: State, call: Call) -> Answer:
    channel = channel_for(state, call, needs=SEND_MESSAGES)
    fields = call.fields()
    check_message(state.trace, call.where, fields, call.uploads)
    _check_recipient(state, channel)
    sent_before = _same_nonce(state, channel, fields)
    if sent_before is not None:
        return 200, sent_before.body
    reference = _reference(channel, fields)
    draft = Draft(
        author_id=state.config.application_id,
        fields=fields,
        uploads=call.uploads,
        kind=0 if reference is None else REPLY,
        reference=reference,
    )
    return 200, create_message(state, channel, draft).body


def _check_recipient(state: State, channel: Channel) -> None:
    """Refuse what is for somebody who takes no direct messages.

    Source: topics/opcodes-and-status-codes, 50007. The conversation itself can be opened.
    """
    if channel.recipient_id is None:
        return
    if not state.world.users[channel.recipient_id].takes_direct_messages:
        raise closed_to_messages()


def _same_nonce(state: State, channel: Channel, fields: JsonObject) -> Message | None:
    """Find the bot's own earlier message with the same nonce, when that is to be enforced.

    Source: resources/message#create-message, ``enforce_nonce``
    """
    if not fields.get("enforce_nonce") or fields.get("nonce") is None:
        return None
    me, nonce = state.config.application_id, str(fields["nonce"])
    for message in reversed(channel.messages.values()):
        body = message.body
        if body["author"]["id"] == me and str(body.get("nonce")) == nonce:
            return message
    return None


def _reference(channel: Channel, fields: JsonObject) -> JsonObject | None:
    wanted = fields.get("message_reference")
    if not wanted:
        return None
    message_id = str(wanted.get("message_id"))
    if message_id not in channel.messages:
        if wanted.get("fail_if_not_exists", True):
            raise one_problem(
                "message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"
            )
        return None
    reference: JsonObject = {"type": 0, "channel_id": channel.id, "message_id": message_id}
    if channel.guild_id is not None:
        reference["guild_id"] = channel.guild_id
    return reference


def _list(state: State, call: Call) -> Answer:
    channel = channel_for(state, call)
    limit = _limit(call.query.get("limit", "50"))
    messages = sorted(channel.messages.values(), key=lambda each: -int(each.id))
    before, after = call.query.get("before"), call.query.get("after")
    around = call.query.get("around")
    if before is not None:
        messages = [each for each in messages if int(each.id) < int(before)]
    elif after is not None:
        newer = [each for each in messages if int(each.id) > int(after)]
        messages = newer[-limit:]
    elif around is not None:
        nearest = sorted(messages, key=lambda each: abs(int(each.id) - int(around)))[:limit]
        messages = sorted(nearest, key=lambda each: -int(each.id))
    return 200, [each.body for each in messages[:limit]]


def _limit(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= _MESSAGES_A_REQUEST:
        return int(text)
    raise one_problem("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")


def _get(state: State, call: Call) -> Answer:
    return 200, public_message_for(channel_for(state, call), call).body


def _edit(state: State, call: Call) -> Answer:
    channel = channel_for(state, call)
    message = public_message_for(channel, call)
    if message.body["author"]["id"] != state.config.application_id:
        # Source: topics/opcodes-and-status-codes, 50005
        raise missing_permissions()
    fields = call.fields()
    check_message(state.trace, call.where, fields, call.uploads, may_be_empty=True, is_edit=True)
    edit_message(state, channel, message, fields, call.uploads)
    return 200, message.body


def _delete(state: State, call: Call) -> Answer:
    channel = channel_for(state, call)
    message = public_message_for(channel, call)
    if message.body["author"]["id"] != state.config.application_id:
        channel_for(state, call, needs=MANAGE_MESSAGES)
    delete_message(state, channel, message)
    return 204, None


def _bulk_delete(state: State, call: Call) -> Answer:
    channel = channel_for(state, call, needs=MANAGE_MESSAGES)
    wanted: list[str] = [str(each) for each in call.fields().get("messages") or []]
    if not 2 <= len(wanted) <= _MESSAGES_A_REQUEST:  # noqa: PLR2004 - the documented least number
        raise one_problem(
            "messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length."
        )
    for message_id in wanted:
        message = channel.messages.get(message_id)
        if message is not None:
            delete_message(state, channel, message)
    return 204, None


def _typing(state: State, call: Call) -> Answer:
    channel_for(state, call, needs=SEND_MESSAGES)
    return 204, None


def _delete_channel(state: State, call: Call) -> Answer:
    channel = channel_for(state, call)
    if channel.guild_id is not None:
        raise missing_permissions()
    if state.world.direct.pop(channel.id, None) is None:
        raise unknown("channel")
    return 200, channel_object(channel, state.world)


_MESSAGES: Final = "/channels/{channel_id}/messages"
_FIVE_IN_FIVE: Final = Limit(requests=5, within_s=5.0)
"""Seen on Discord for creating and for editing messages, each with a window of its own."""

ROUTES: Final = (
    Route("GET", "/channels/{channel_id}", _get_channel, _FIVE_IN_FIVE),
    Route("DELETE", "/channels/{channel_id}", _delete_channel, _FIVE_IN_FIVE),
    Route("GET", _MESSAGES, _list, _FIVE_IN_FIVE),
    Route("POST", _MESSAGES, _create, _FIVE_IN_FIVE),
    Route("POST", f"{_MESSAGES}/bulk-delete", _bulk_delete, Limit(requests=1, within_s=3.0)),
    Route("GET", f"{_MESSAGES}/{{message_id}}", _get, _FIVE_IN_FIVE),
    Route("PATCH", f"{_MESSAGES}/{{message_id}}", _edit, _FIVE_IN_FIVE),
    Route("DELETE", f"{_MESSAGES}/{{message_id}}", _delete, Limit(requests=5, within_s=1.0)),
    Route("POST", "/channels/{channel_id}/typing", _typing, _FIVE_IN_FIVE),
)
