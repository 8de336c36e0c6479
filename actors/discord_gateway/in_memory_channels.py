"""Channels without Discord: the bot's own messages in them, and who can read there."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, assert_never

from actors.discord_gateway.channel_delivery import find_channel_breach, find_post_breach
from actors.discord_gateway.channel_message import NotPosted, Posted
from actors.discord_gateway.kept_message import (
    ChannelSeen,
    DeleteInChannel,
    EditInChannel,
    KeptAsAsked,
    LookAtChannel,
    PinInChannel,
)

if TYPE_CHECKING:
    from actors.discord_gateway.channel_message import PostToChannel
    from actors.discord_gateway.kept_message import ChannelQuery
    from actors.discord_gateway.replies import Reply

_UNKNOWN_MESSAGE = NotPosted(reason="unknown_message", detail="HTTP 404, code 10008")


@dataclass(slots=True, kw_only=True)
class StandingMessage:
    """A message of the bot's own in a channel."""

    channel_id: int
    reply: Reply
    nonce: str
    is_pinned: bool = False
    edits: int = 0


@dataclass(slots=True)
class Channels:
    """What stands in all channels; a test looks at it and changes it."""

    guild_id: int = 1
    """The server that every channel is in."""
    locale: str = "en-US"
    """That server's language."""
    open_to_everyone: set[int] = field(default_factory=set)
    """Channels that everybody can read."""
    messages: dict[int, StandingMessage] = field(default_factory=dict)
    """By their ids."""
    looks: int = 0
    _refusals: deque[NotPosted] = field(default_factory=deque)
    _ids: count[int] = field(default_factory=lambda: count(1))

    def refuse_next(self, outcome: NotPosted) -> None:
        """Let the next request about a channel end like this."""
        self._refusals.append(outcome)

    @property
    def refusals_left(self) -> int:
        """How many requests are still to be refused."""
        return len(self._refusals)

    def accept_again(self) -> None:
        """Refuse nothing more."""
        self._refusals.clear()

    def post(self, message: PostToChannel) -> Posted | NotPosted:
        """Put a message into a channel, the same nonce once."""
        breach = find_post_breach(message)
        if breach is not None:
            return NotPosted(reason="refused", detail=f"over Discord's limits: {breach}")
        if self._refusals:
            return self._refusals.popleft()
        for message_id, standing in self.messages.items():
            if (standing.channel_id, standing.nonce) == (message.channel_id, message.nonce):
                return Posted(message_id=message_id)
        message_id = next(self._ids)
        self.messages[message_id] = StandingMessage(
            channel_id=message.channel_id, reply=message.reply, nonce=message.nonce
        )
        return Posted(message_id=message_id)

    def carry_out(self, query: ChannelQuery) -> KeptAsAsked | ChannelSeen | NotPosted:
        """Do what is asked."""
        if self._refusals:
            return self._refusals.popleft()
        match query:
            case EditInChannel(message_id=message_id, reply=reply):
                return self._edit(message_id, reply)
            case PinInChannel(message_id=message_id):
                standing = self.messages.get(message_id)
                if standing is None:
                    return _UNKNOWN_MESSAGE
                standing.is_pinned = True
                return KeptAsAsked()
            case DeleteInChannel(message_id=message_id):
                self.messages.pop(message_id, None)
                return KeptAsAsked()
            case LookAtChannel(channel_id=channel_id):
                self.looks += 1
                return ChannelSeen(
                    guild_id=self.guild_id,
                    takes_messages=True,
                    open_to_everyone=channel_id in self.open_to_everyone,
                    locale=self.locale,
                )
            case _:
                assert_never(query)

    def _edit(self, message_id: int, reply: Reply) -> KeptAsAsked | NotPosted:
        breach = find_channel_breach(reply)
        if breach is not None:
            return NotPosted(reason="refused", detail=f"over Discord's limits: {breach}")
        standing = self.messages.get(message_id)
        if standing is None:
            return _UNKNOWN_MESSAGE
        standing.reply = reply
        standing.edits += 1
        return KeptAsAsked()
