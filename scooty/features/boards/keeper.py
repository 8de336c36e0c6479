"""Keeps one guild's board up to date: at most one edit in five seconds, and only for a change."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import Backoff
from scooty.core.call import Caller
from scooty.core.i18n import translator_for
from scooty.core.live_board import BoardShown
from scooty.domain.ids import MemberId, RequestId
from scooty.errors import StorageError, StorageUnavailable
from scooty.features.boards.calls import KeepBoardMessage, NoBoard, ReadBoard
from scooty.features.boards.display import Display
from scooty.features.boards.replies.board import board as board_message

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.discord_gateway.replies import Reply
    from actors.kernel import Address, TaskOwner
    from scooty.core.calls import Calls
    from scooty.domain.ids import GuildId
    from scooty.features.boards.calls import Board

EDIT_EVERY_S: Final = 5.0
"""Discord lets a bot write about five times in five seconds into a channel, and has to be left
room there for answers."""
_PAUSES: Final = Backoff(first_s=5.0, max_s=60.0)
_NO_BOARD: Final = NotPosted(reason="refused", detail="the guild has no board")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What is shown; equal contents need no edit."""

    board: Board
    locale: str | None
    with_names: bool

    def rendered(self) -> Reply:
        return board_message(self.board, translator_for(self.locale), with_names=self.with_names)


@dataclass(frozen=True, slots=True)
class _Standing:
    """The message that the board is."""

    channel_id: int
    message_id: int
    is_new: bool = False


class BoardKeeper:
    """One guild's board.

    Args:
        guild_id: Whose.
        owner: The actor.
        calls: Where it is read what the board shows.
        gateway: The way to Discord.
        room: For how many boards something may be on its way that nobody waits for.
    """

    def __init__(
        self,
        guild_id: GuildId,
        owner: TaskOwner,
        *,
        calls: Calls,
        gateway: Address[GatewayMessage],
        room: asyncio.Semaphore,
    ) -> None:
        self._guild_id = guild_id
        self._owner = owner
        self._room = room
        self._calls = calls
        self._display = Display(guild_id, gateway=gateway, clock=owner.clock)
        self._turn = asyncio.Lock()
        self._keeping: asyncio.Task[None] | None = None
        self._is_wanted = False
        self._is_doubted = True
        self._shown: _Content | None = None
        self._may_edit_at_s = owner.clock.monotonic_s()
        self._is_refused = False
        self._complaint: str | None = None

    def look_soon(self, *, doubted: bool = False) -> None:
        """Show what is new, as soon as the pace allows.

        After a refusal only a doubt or `show` leads to another attempt: ten of them in a row would
        pause the answers to everybody.

        Args:
            doubted: Whether the message may be gone, or others may be able to read it now.
        """
        if self._is_refused and not doubted:
            return
        self._is_wanted = True
        self._is_doubted |= doubted
        if self._keeping is None or self._keeping.done():
            self._keeping = self._owner.spawn(self._keep_up(), name="board")

    async def show(self) -> BoardShown | NotPosted:
        """Show the board now and pin it; the content of one edited a moment ago follows soon."""
        self._is_doubted = True
        async with self._turn:
            standing = await self._show()
            if isinstance(standing, NotPosted):
                return standing
            is_pinned = await self._display.pin(standing.channel_id, standing.message_id)
            return BoardShown(message_id=standing.message_id, is_pinned=is_pinned)

    async def take_down(self, channel_id: int, message_id: int) -> bool:
        """Delete a message that was the board; nothing is shown meanwhile."""
        async with self._turn:
            return await self._display.delete(channel_id, message_id)

    async def _keep_up(self) -> None:
        failures = 0
        while self._is_wanted:
            pause_s = _PAUSES.delay_s(failures) if failures else self._wait_s()
            if pause_s > 0:
                await self._owner.clock.sleep(pause_s)
            async with self._room, self._turn:
                self._is_wanted = False
                is_first = self._shown is None
                standing = await self._show()
                if isinstance(standing, _Standing) and standing.is_new:
                    await self._display.pin(standing.channel_id, standing.message_id)
                    # An earlier incarnation may have posted it, with what there was to show then.
                    self._is_doubted |= is_first
                    self._is_wanted |= is_first
            out_of_reach = isinstance(standing, NotPosted) and standing.reason == "not_connected"
            failures = failures + 1 if out_of_reach else 0
            self._is_wanted |= out_of_reach

    def _wait_s(self) -> float:
        return self._may_edit_at_s - self._owner.clock.monotonic_s()

    async def _show(self) -> _Standing | NotPosted:
        """Bring the message up to date; complain once of what is in the way."""
        outcome = await self._show_if_possible()
        self._is_refused = isinstance(outcome, NotPosted) and outcome.reason != "not_connected"
        complaint = outcome.detail if isinstance(outcome, NotPosted) else None
        is_new = complaint != self._complaint and outcome is not _NO_BOARD
        if isinstance(outcome, NotPosted) and is_new:
            self._owner.log.warning(
                "board.not_shown",
                guild=self._guild_id,
                reason=outcome.reason,
                detail=outcome.detail,
                lacking=outcome.lacking,
            )
        self._complaint = complaint
        return outcome

    async def _show_if_possible(self) -> _Standing | NotPosted:
        try:
            found = await self._calls.read(self._guild_id, ReadBoard())
            return _NO_BOARD if isinstance(found, NoBoard) else await self._bring_up(found)
        except StorageUnavailable as error:
            return NotPosted(reason="not_connected", detail=type(error).__name__)
        except StorageError as error:  # a bug, which must not cost the other boards their actor
            return NotPosted(reason="refused", detail=str(error))

    async def _bring_up(self, found: Board) -> _Standing | NotPosted:
        seen = await self._display.look_at(found.channel_id, afresh=self._is_doubted)
        if isinstance(seen, NotPosted):
            return seen
        content = _Content(
            board=replace(found, message_id=None),
            locale=found.language or seen.locale,
            with_names=not seen.open_to_everyone,
        )
        if found.message_id is None:
            return await self._post(found, content)
        standing = _Standing(found.channel_id, found.message_id)
        if content == self._shown and not self._is_doubted:
            return standing
        if self._wait_s() > 0:
            self.look_soon()
            return standing
        self._begin_to_send()
        outcome = await self._display.edit(found.channel_id, found.message_id, content.rendered())
        if isinstance(outcome, NotPosted):
            self._is_doubted = True
            gone = outcome.reason == "unknown_message"
            return await self._post(found, content) if gone else outcome
        self._shown = content
        return standing

    async def _post(self, found: Board, content: _Content) -> _Standing | NotPosted:
        """Put a new message up and remember it."""
        self._begin_to_send()
        outcome = await self._display.post(found, content.rendered())
        if isinstance(outcome, NotPosted):
            self._is_doubted = True
            return outcome
        kept = await self._calls.write(
            Caller(
                guild_id=self._guild_id,
                member_id=MemberId(0),
                request_id=RequestId(outcome.message_id),
            ),
            KeepBoardMessage(channel_id=found.channel_id, message_id=outcome.message_id),
        )
        if isinstance(kept, NoBoard):  # it was stopped, or moved, meanwhile
            await self._display.delete(found.channel_id, outcome.message_id)
            return _NO_BOARD
        self._shown = content
        self._owner.log.info("board.posted", guild=self._guild_id)
        return _Standing(found.channel_id, outcome.message_id, is_new=True)

    def _begin_to_send(self) -> None:
        self._may_edit_at_s = self._owner.clock.monotonic_s() + EDIT_EVERY_S
        self._is_doubted = False
