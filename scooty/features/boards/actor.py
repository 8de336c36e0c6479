"""The live board's actor: shows each guild's board, and keeps it up to date.

Owns:
    For each guild with a board: what its message shows, and when it was last edited.

Loses at restart:
    Both. Which message is the board stands in the database, so the next incarnation reads that and
    goes on with the same message.

Failure modes:
    Discord or the database out of reach: tried again after a while, at most a minute, for as long
    as it takes. A message that somebody deleted: a new one is posted, at the next change or check.
    A channel that the bot may not write in: the log says so, the others go on, the next check
    tries again, and no report does before it. A channel that everybody can read meanwhile: names
    are gone from the board at the next edit that is a minute later, or at the next check.

Asks: the gateway, and the repository. Others tell it `GuildChanged`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, assert_never

from typing_extensions import override

from actors.kernel import AsyncioActor
from scooty.core.live_board import ShowBoard, TakeDown
from scooty.core.storage.changed import GuildChanged
from scooty.core.storage.function_call import call_function
from scooty.domain.ids import GuildId
from scooty.errors import StorageUnavailable
from scooty.features.boards.keeper import BoardKeeper
from scooty.features.boards.messages import CheckBoards, LiveBoardMessage

if TYPE_CHECKING:
    from actors.discord_gateway.channel_message import NotPosted
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from scooty.core.calls import Calls
    from scooty.core.live_board import BoardShown

_MOST: Final = 500
_AT_ONCE: Final = 8
"""Boards on their way to Discord, which leaves people most of what the gateway does at once."""
_LIST_S: Final = 5.0
_RETRY_S: Final = 5.0


class LiveBoard(AsyncioActor[LiveBoardMessage]):
    """Keeps all boards of this process.

    Args:
        calls: Where it is read what they show.
        repository: Where it is asked which there are.
        gateway: The way to Discord.
    """

    finishes_expired = True  # what was posted must be noted

    def __init__(
        self,
        *,
        calls: Calls,
        repository: Address[RepositoryMessage],
        gateway: Address[GatewayMessage],
    ) -> None:
        super().__init__()
        self._calls = calls
        self._repository = repository
        self._gateway = gateway
        self._keepers: dict[GuildId, BoardKeeper] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    @override
    async def on_start(self) -> None:
        """Go on with the boards that there are; nobody waits for it."""
        self.spawn(self._take_up(), name="taking up")

    @override
    async def on_receive(
        self, message: LiveBoardMessage
    ) -> BoardShown | NotPosted | bool | int | None:
        match message:
            case GuildChanged(guild_id=guild_id):
                if guild_id in self._keepers:
                    self._keepers[guild_id].look_soon()
                return None
            case ShowBoard(guild_id=guild_id):
                return await self._keeper(guild_id).show()
            case TakeDown(guild_id=guild_id, channel_id=channel_id, message_id=message_id):
                return await self._keeper(guild_id).take_down(channel_id, message_id)
            case CheckBoards():
                return await self._check()
            case _:
                assert_never(message)

    async def _take_up(self) -> None:
        while True:
            try:
                count = await self._check()
            except StorageUnavailable:
                await self.clock.sleep(_RETRY_S)
            else:
                self.log.info("board.taken_up", boards=count)
                return

    async def _check(self) -> int:
        """Look after every board that storage knows, and forget the others."""
        listed = await call_function(
            self._repository, "list_boards", timeout_s=_LIST_S, at_most=_MOST
        )
        guild_ids = [GuildId(guild_id) for guild_id in listed]
        for gone in self._keepers.keys() - set(guild_ids):
            del self._keepers[gone]
        for guild_id in guild_ids:
            self._keeper(guild_id).look_soon(doubted=True)
        return len(guild_ids)

    def _keeper(self, guild_id: GuildId) -> BoardKeeper:
        keeper = self._keepers.get(guild_id)
        if keeper is None:
            keeper = BoardKeeper(
                guild_id, self, calls=self._calls, gateway=self._gateway, room=self._room
            )
            self._keepers[guild_id] = keeper
        return keeper
