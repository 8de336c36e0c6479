"""The book of boards: the live board, the daily digest, what turned, and who contributed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from scooty.core.storage.book import Book
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, PlayerId, RequestId
from scooty.features.boards.calls.board_decoding import board_outcome
from scooty.features.boards.calls.board_values import (
    Board,
    BoardKept,
    BoardStarted,
    BoardStopped,
    Consensuses,
    Digest,
    NoBoard,
    NoDigest,
    ScoutingProfile,
    Turns,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.call import Caller


class BoardBook(Book):
    """What is shown to a team without being asked for."""

    async def start(self, caller: Caller, *, channel_id: int) -> BoardStarted:
        """Say in which channel the guild's live board stands; it has one at most."""
        value = await self._write("start_board", caller, channel_id=channel_id)
        return board_outcome(value, BoardStarted)

    async def stop(self, caller: Caller) -> BoardStopped | NoBoard:
        """Say that the guild has none any more."""
        value = await self._write("stop_board", caller)
        return board_outcome(value, BoardStopped, NoBoard)

    async def keep_message(
        self, *, guild_id: GuildId, channel_id: int, message_id: int
    ) -> BoardKept | NoBoard:
        """Remember which message the board is, if it still stands in that channel."""
        value = await self._calls.write(
            "keep_board_message",
            guild_id=guild_id,
            request_id=RequestId(message_id),
            channel_id=channel_id,
            message_id=message_id,
        )
        return board_outcome(value, BoardKept, NoBoard)

    async def read(self, *, guild_id: GuildId) -> Board | NoBoard:
        """Read where the board stands and all that it shows."""
        return board_outcome(
            await self._calls.read("read_board", guild_id=guild_id), Board, NoBoard
        )

    async def read_digest(self, *, guild_id: GuildId, until: datetime) -> Digest | NoDigest:
        """Read what is new up to a moment, since the last digest before it."""
        value = await self._calls.read("read_digest", guild_id=guild_id, until=until.isoformat())
        return board_outcome(value, Digest, NoDigest)

    async def list_consensuses(self, *, guild_id: GuildId) -> Consensuses:
        """Read what each player of the active event is believed to play."""
        return board_outcome(
            await self._calls.read("list_consensuses", guild_id=guild_id), Consensuses
        )

    async def describe_turns(
        self, *, guild_id: GuildId, earlier: Mapping[PlayerId, ArchetypeId]
    ) -> Turns:
        """Read what to tell of players who were believed to play something else."""
        value = await self._calls.read(
            "describe_turns",
            guild_id=guild_id,
            earlier=[[player_id, archetype_id] for player_id, archetype_id in earlier.items()],
        )
        return board_outcome(value, Turns)

    async def read_profile(self, *, guild_id: GuildId, member_id: MemberId) -> ScoutingProfile:
        """Read what one member has contributed."""
        value = await self._calls.read("scouting_profile", guild_id=guild_id, member_id=member_id)
        return board_outcome(value, ScoutingProfile)
