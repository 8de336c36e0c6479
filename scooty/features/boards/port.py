"""`ActorLiveBoard`: asks the gateway and the live board's actor for captains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.discord_gateway.channel_asking import ask_gateway
from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.kept_message import LookAtChannel
from actors.kernel import ActorKitError
from scooty.core.ports import LiveBoardPort
from scooty.features.boards.messages import ShowBoard, TakeDown

if TYPE_CHECKING:
    from actors.discord_gateway.kept_message import ChannelSeen
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address
    from scooty.core.ports import BoardShown
    from scooty.domain.ids import GuildId
    from scooty.features.boards.messages import LiveBoardMessage

_LOOK_S: Final = 1.5
_SHOW_S: Final = 1.9
"""With a look before it and a write between them, within the 6 s that a command may take."""


class ActorLiveBoard(LiveBoardPort):
    """The `LiveBoardPort` of the running program.

    Args:
        gateway: Sees channels.
        live_board: Shows boards.
    """

    def __init__(
        self, *, gateway: Address[GatewayMessage], live_board: Address[LiveBoardMessage]
    ) -> None:
        self._gateway = gateway
        self._live_board = live_board

    @override
    async def look_at(self, channel_id: int) -> ChannelSeen | NotPosted:
        look = LookAtChannel(channel_id=channel_id)
        return await ask_gateway(self._gateway, look, timeout_s=_LOOK_S)

    @override
    async def show(self, guild_id: GuildId) -> BoardShown | NotPosted:
        try:
            return await self._live_board.ask(ShowBoard(guild_id=guild_id), timeout_s=_SHOW_S)
        except ActorKitError as error:
            return NotPosted(reason="not_connected", detail=type(error).__name__)

    @override
    async def take_down(self, *, guild_id: GuildId, channel_id: int, message_id: int) -> bool:
        query = TakeDown(guild_id=guild_id, channel_id=channel_id, message_id=message_id)
        try:
            return await self._live_board.ask(query, timeout_s=_SHOW_S)
        except ActorKitError:
            return False
