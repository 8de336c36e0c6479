"""A board's message at Discord: posted, edited, pinned, deleted, and seen by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from actors.discord_gateway.channel_asking import ask_gateway, nonce_of
from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.discord_gateway.kept_message import (
    ChannelSeen,
    DeleteInChannel,
    EditInChannel,
    KeptAsAsked,
    LookAtChannel,
    PinInChannel,
)

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.discord_gateway.replies import Reply
    from actors.kernel import Address, Asked, Clock
    from scooty.domain.ids import GuildId
    from scooty.features.boards.calls import Board

R = TypeVar("R")

_SEEN_FOR_S: Final = 60.0
"""Who can read the channel, and in which language, is looked up anew after this: two requests."""
_ASK_S: Final = 7.5


class Display:
    """One guild's board at Discord.

    Args:
        guild_id: Whose.
        gateway: The way to Discord.
        clock: Tells how old a look is.
    """

    def __init__(
        self, guild_id: GuildId, *, gateway: Address[GatewayMessage], clock: Clock
    ) -> None:
        self._guild_id = guild_id
        self._gateway = gateway
        self._clock = clock
        self._seen: tuple[int, float, ChannelSeen] | None = None

    async def look_at(self, channel_id: int, *, afresh: bool) -> ChannelSeen | NotPosted:
        """Tell of a channel, as it was a minute ago at the most, or as it is now."""
        now_s = self._clock.monotonic_s()
        if not afresh and self._seen is not None:
            seen_in, seen_at_s, seen = self._seen
            if seen_in == channel_id and now_s - seen_at_s < _SEEN_FOR_S:
                return seen
        outcome = await self._ask(LookAtChannel(channel_id=channel_id))
        if isinstance(outcome, ChannelSeen):
            self._seen = (channel_id, now_s, outcome)
        return outcome

    async def post(self, board: Board, reply: Reply) -> Posted | NotPosted:
        """Put a new message up; the same one when it was posted and could not be remembered."""
        nonce = _nonce(self._guild_id, board)
        return await self._ask(PostToChannel(channel_id=board.channel_id, reply=reply, nonce=nonce))

    async def edit(self, channel_id: int, message_id: int, reply: Reply) -> KeptAsAsked | NotPosted:
        """Put another content in the message's place."""
        query = EditInChannel(channel_id=channel_id, message_id=message_id, reply=reply)
        return await self._ask(query)

    async def pin(self, channel_id: int, message_id: int) -> bool:
        """Pin the message; false where that is not granted."""
        query = PinInChannel(channel_id=channel_id, message_id=message_id)
        return isinstance(await self._ask(query), KeptAsAsked)

    async def delete(self, channel_id: int, message_id: int) -> bool:
        """Take the message away; false when that could not be done."""
        query = DeleteInChannel(channel_id=channel_id, message_id=message_id)
        return isinstance(await self._ask(query), KeptAsAsked)

    async def _ask(self, query: Asked[GatewayMessage, R]) -> R | NotPosted:
        return await ask_gateway(self._gateway, query, timeout_s=_ASK_S)


def _nonce(guild_id: GuildId, board: Board) -> str:
    """Name a message: the next one after the one that is remembered, of one start of the board."""
    return nonce_of(f"{guild_id} {board.channel_id} {board.started_at} {board.message_id}")
