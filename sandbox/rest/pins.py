"""Pinned messages, by the routes of 2025 and by the older ones.

Source: https://discord.com/developers/docs/resources/message#get-channel-pins and
https://discord.com/developers/docs/change-log (February 2026: Manage Messages no longer suffices)
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sandbox.messages import Draft, create_message, message_updated
from sandbox.permissions import PIN_MESSAGES
from sandbox.rest.access import channel_for, public_message_for
from sandbox.rest.errors import bad_request
from sandbox.rest.router import Answer, Call, Limit, Route

if TYPE_CHECKING:
    from sandbox.state import State

_PINS_ALLOWED: Final = 250
"""Source: resources/channel, the limit since 2025."""
_PINNED_NOTICE: Final = 6


def _pin(state: State, call: Call) -> Answer:
    channel = channel_for(state, call, needs=PIN_MESSAGES)
    message = public_message_for(channel, call)
    if message.body["pinned"]:
        return 204, None
    if len(channel.pins) >= _PINS_ALLOWED:
        raise bad_request(
            30003, f"Maximum number of pins reached for the channel ({_PINS_ALLOWED})"
        )
    channel.pins.insert(0, (message.id, datetime.now(UTC).isoformat()))
    message.body["pinned"] = True
    message_updated(state, channel, message)
    notice = Draft(
        author_id=state.config.application_id,
        fields={},
        kind=_PINNED_NOTICE,
        reference={"type": 0, "channel_id": channel.id, "message_id": message.id},
    )
    create_message(state, channel, notice)
    return 204, None


def _unpin(state: State, call: Call) -> Answer:
    channel = channel_for(state, call, needs=PIN_MESSAGES)
    message = public_message_for(channel, call)
    channel.pins[:] = [pin for pin in channel.pins if pin[0] != message.id]
    if message.body["pinned"]:
        message.body["pinned"] = False
        message_updated(state, channel, message)
    return 204, None


def _list(state: State, call: Call) -> Answer:
    channel = channel_for(state, call)
    items = [
        {"pinned_at": at, "message": channel.messages[message_id].body}
        for message_id, at in channel.pins
        if message_id in channel.messages
    ]
    return 200, {"items": items, "has_more": False}


def _list_older(state: State, call: Call) -> Answer:
    channel = channel_for(state, call)
    return 200, [
        channel.messages[message_id].body
        for message_id, _ in channel.pins
        if message_id in channel.messages
    ]


_LIMIT: Final = Limit(requests=5, within_s=4.0)
_PINS: Final = "/channels/{channel_id}/messages/pins"
_OLDER: Final = "/channels/{channel_id}/pins"

ROUTES: Final = (
    Route("GET", _PINS, _list, _LIMIT),
    Route("PUT", f"{_PINS}/{{message_id}}", _pin, _LIMIT),
    Route("DELETE", f"{_PINS}/{{message_id}}", _unpin, _LIMIT),
    Route("GET", _OLDER, _list_older, _LIMIT),
    Route("PUT", f"{_OLDER}/{{message_id}}", _pin, _LIMIT),
    Route("DELETE", f"{_OLDER}/{{message_id}}", _unpin, _LIMIT),
)
