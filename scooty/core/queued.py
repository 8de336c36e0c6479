"""Calls of which none is lost: writes that cannot reach the database wait in the outbox.

Look-ups show what waits, also when the database is away altogether. A write of a guild in which
something waits goes behind it, so that a team's writes reach the database in the order in which
they were made.

An outbox that does not answer (it is restarting) does not keep anybody from the database: look-ups
then show what the database knows, and writes go straight to it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar, cast

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.core.calls import Calls
from scooty.core.outbox.entries import Entry
from scooty.core.outbox.waiting_line import WaitingLine
from scooty.core.waiting import ReadWithQueued, WaitingWrite
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from actors.kernel import Address, Clock
    from scooty.core.call import Caller, Read, Write
    from scooty.domain.contact import Contacts
    from scooty.domain.ids import GuildId

R = TypeVar("R")


class Queued(Calls):
    """Calls through the outbox; the only ones in their process that queue anything.

    Args:
        inner: The way to the database; it says `StorageUnavailable` when that is away.
        outbox: Keeps what cannot go that way now.
        contacts: Knows who asked, so that they can be told should a queued write be refused.
        clock: Tells when a write was queued.
    """

    def __init__(
        self, inner: Calls, *, outbox: Address, contacts: Contacts, clock: Clock | None = None
    ) -> None:
        self._inner = inner
        self._contacts = contacts
        self._clock = clock or SystemClock()
        self._line = WaitingLine(outbox, self._clock)

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        if not isinstance(call, ReadWithQueued):
            return await self._inner.read(guild_id, call)
        queued = (await self._line.read(guild_id)).reports
        patience_s = call.patience_with_queued_s if queued else None
        try:
            async with asyncio.timeout(patience_s):
                found: R = await self._inner.read(guild_id, call)
        except (StorageUnavailable, TimeoutError):
            alone: R | None = call.only_queued(queued)
            if alone is None:
                raise
            return alone
        return call.with_queued(found, queued) if queued else found

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        if not isinstance(call, WaitingWrite):
            return await self._inner.write(caller, call)
        guild_id, request_id = caller.guild_id, caller.request_id
        entry = Entry(
            guild_id=guild_id,
            request_id=request_id,
            call=call,
            queued_at=self._clock.now(),
            contact=self._contacts.find(request_id),
        )
        if (await self._line.read(guild_id)).length:
            return cast("R", await self._enqueue(entry, may_have_been_saved=False))
        try:
            answer: R = await self._inner.write(caller, call)
        except StorageUnavailable as error:
            maybe = error.may_have_been_saved
            return cast("R", await self._enqueue(entry, may_have_been_saved=maybe))
        draft = call.draft(answer)
        if draft is not None:
            self._line.keep_draft(guild_id, draft)
        return answer

    async def _enqueue(self, entry: Entry, *, may_have_been_saved: bool) -> Any:
        """Let a write wait; what its author is told is an answer of the call."""
        kept = await self._line.enqueue(entry, may_have_been_saved=may_have_been_saved)
        return kept.promise
