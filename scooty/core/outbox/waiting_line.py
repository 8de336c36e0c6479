"""The line of writes that wait, as those see it who put writes into it.

An outbox that does not answer (it is restarting) looks empty, and takes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from actors.kernel import ActorFailedError, ActorKitError, AskTimeoutError
from scooty.core.outbox.known_empty import KnownEmpty
from scooty.core.outbox.messages import Enqueue, Enqueued, GetGuildQueue, GuildQueue, KeepDraft
from scooty.errors import WriteNotQueued

if TYPE_CHECKING:
    from actors.kernel import Address, Clock
    from scooty.core.outbox.entries import Entry
    from scooty.core.outbox.messages import OutboxMessage
    from scooty.core.waiting import Draft
    from scooty.domain.ids import GuildId

_LOOK_S: Final = 0.3
"""Answered from memory; an outbox that takes longer is not there."""
_KEEP_S: Final = 1.5
"""Longer than the outbox lets anybody wait for the disk, so that its own answer comes first."""
_EMPTY: Final = GuildQueue(length=0, reports=())
_log = structlog.get_logger("scooty.outbox")


class WaitingLine:
    """What waits in the outbox, and the way into it; the only way in its process.

    Args:
        outbox: Keeps it.
        clock: Tells for how long a guild in which nothing waits need not be asked for again.
    """

    def __init__(self, outbox: Address[OutboxMessage], clock: Clock) -> None:
        self._outbox = outbox
        self._known_empty = KnownEmpty(clock)

    async def read(self, guild_id: GuildId) -> GuildQueue:
        """Return what waits of a guild."""
        if guild_id in self._known_empty:
            return _EMPTY
        turn = self._known_empty.turn(guild_id)
        try:
            queue = await self._outbox.ask(GetGuildQueue(guild_id=guild_id), timeout_s=_LOOK_S)
        except ActorKitError as error:
            _log.warning("outbox.does_not_answer", kind=type(error).__name__)
            return _EMPTY
        if not queue.length:
            self._known_empty.learn(guild_id, turn)
        return queue

    async def enqueue(self, entry: Entry, *, may_have_been_saved: bool) -> Enqueued:
        """Let a write wait.

        Raises:
            WriteNotQueued: It does not, or nobody knows whether it does.
        """
        try:
            with self._known_empty.filling(entry.guild_id):
                answer = await self._outbox.ask(Enqueue(entry=entry), timeout_s=_KEEP_S)
        except (AskTimeoutError, ActorFailedError) as error:
            # It may yet be kept, and then delivered.
            raise WriteNotQueued(str(error), why="disk", may_have_been_saved=True) from error
        except ActorKitError as error:
            raise WriteNotQueued(
                str(error), why="disk", may_have_been_saved=may_have_been_saved
            ) from error
        if isinstance(answer, Enqueued):
            return answer
        raise WriteNotQueued(answer.detail, why=answer.why, may_have_been_saved=may_have_been_saved)

    def keep_draft(self, guild_id: GuildId, draft: Draft) -> None:
        """Keep a report whose archetype its reporter is yet to choose."""
        self._outbox.tell(KeepDraft(guild_id=guild_id, draft=draft))
