"""The outbox: keeps writes that cannot reach the database, and delivers them when it is back.

**Owns** the journal on this machine's disk, by a thread of its own, and what is remembered of it.

**Loses at restart** what drafts hold (their buttons then queue less). Entries are in the journal
before anybody is told that they are queued, and stay there until the database has them, or until
their caller knows that it refused them; an incarnation begins by reading them. What was delivered
and not yet forgotten is delivered again, which the request id makes harmless.

**Failure modes**

- The database is away: entries wait, each guild's in order, and the actor is degraded.
- The database refuses an entry for good: it leaves the queue, and its caller is told.
- The disk is full, hangs, or another process has the journal: new entries are refused, the actor is
  degraded and tries again, what waits in memory goes on being delivered.
- The journal is damaged: it is set aside, what can be read of it and what is in memory goes into a
  new one, and the actor stays degraded until a person has looked at the file and moved it away.

Asks the database through its calls, and the gateway. The desk asks it, never the reverse.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar, assert_never

from typing_extensions import override

from actors.kernel import AsyncioActor, Backoff
from scooty.core.outbox.drafts import Drafts
from scooty.core.outbox.erasing import is_of_player, without_member, without_player
from scooty.core.outbox.guild_queues import GuildQueues
from scooty.core.outbox.journal_file import JournalUnavailable
from scooty.core.outbox.journal_index import JournalFullError, JournalIndex
from scooty.core.outbox.messages import (
    Enqueue,
    Enqueued,
    Erased,
    ErasePerson,
    ErasePlayer,
    GetGuildQueue,
    GetOutboxHealth,
    KeepDraft,
    NotEnqueued,
    NotErased,
    OutboxHealth,
    OutboxMessage,
)
from scooty.core.outbox.refusal_notifier import RefusalNotifier

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path
    from typing import Any

    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address
    from scooty.core.calls import Calls
    from scooty.core.outbox.encoding import Kinds
    from scooty.core.outbox.entries import Entry
    from scooty.core.outbox.refusal_messages import RefusalTexts

T = TypeVar("T")
_OPEN_S: Final = 5.0
"""A disk that has not let the journal be read by then must not keep the bot from starting."""
_MENDING: Final = Backoff(first_s=0.5, max_s=10.0)


class Outbox(AsyncioActor[OutboxMessage]):
    """Keeps writes until they are in the database.

    Args:
        directory: The journal's own folder.
        calls: By which entries are delivered; they must not queue.
        kinds: The calls that may wait.
        texts: What people are told of a refusal.
        gateway: Who tells people that an entry was refused.
        limit: The most entries that are kept.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        *,
        directory: Path,
        calls: Calls,
        kinds: Kinds,
        texts: RefusalTexts,
        gateway: Address[GatewayMessage],
        limit: int = 10_000,
    ) -> None:
        super().__init__()
        self._directory = directory
        self._calls = calls
        self._kinds = kinds
        self._texts = texts
        self._gateway = gateway
        self._limit = limit
        self._drafts = Drafts()
        self._to_forget = asyncio.Event()
        self._last_error: str | None = None

    @override
    async def on_start(self) -> None:
        """Read what waits and begin to deliver it; a journal that cannot be read is a state."""
        self._index = JournalIndex(
            self._directory, clock=self.clock, limit=self._limit, kinds=self._kinds
        )
        self._waiting = self._index.waiting
        self._queues = GuildQueues(self, waiting=self._waiting, calls=self._calls)
        self._notifier = RefusalNotifier(
            self, index=self._index, gateway=self._gateway, texts=self._texts
        )
        reading = self.spawn(self._read(), name="reading")
        await asyncio.wait([reading], timeout=_OPEN_S)
        self.spawn(self._keep_journal_open(), name="mending")
        self.spawn(self._keep_forgetting(), name="forgetting")
        self.spawn(self._notifier.keep_telling(), name="telling")
        self._show_state()

    @override
    async def on_stop(self) -> None:
        """Let go of the journal."""
        await self._index.journal.close()

    @override
    async def on_receive(self, message: OutboxMessage) -> object:
        """Handle one message; never fails for the disk's or the database's sake."""
        match message:
            case GetGuildQueue(guild_id=guild_id):
                return self._waiting.view(guild_id)
            case Enqueue(entry=entry):
                return await self._to_its_end(self._enqueue(entry))
            case KeepDraft(guild_id=guild_id, draft=draft):
                self._drafts.keep(guild_id, draft, now=self.clock.now())
                return None
            case ErasePerson() | ErasePlayer():
                return await self._to_its_end(self._erase(message))
            case GetOutboxHealth():
                return self._health()
            case _:
                assert_never(message)

    def on_delivered(self, entry: Entry) -> None:
        """An entry is in the database."""
        self._waiting.finish(entry)
        self._last_error = None
        self._to_forget.set()
        self.log.info("outbox.delivered", guild=entry.guild_id, kind=entry.call.kind)
        self._show_state()

    def on_refused(self, entry: Entry) -> None:
        """The database will never take an entry; it says so itself."""
        assert entry.refused is not None  # noqa: S101 - the lanes' promise
        refusal = entry.refused.refusal
        draft = entry.call.draft(refusal)
        if draft is not None:
            # The person is offered buttons, which may be pressed in the next outage.
            self._drafts.keep(entry.guild_id, draft, now=self.clock.now())
        self._waiting.refuse(entry)
        self._last_error = None
        self._notifier.begin()
        self.log.warning("outbox.refused", guild=entry.guild_id, refusal=type(refusal).__name__)
        self._show_state()

    def on_attempt_failed(self, reason: str) -> None:
        """The database was not reached; it is tried again."""
        self._last_error = reason
        self._show_state()

    def on_told(self) -> None:
        """Something is done with, and the journal may forget it."""
        self._to_forget.set()
        self._show_state()

    async def _to_its_end(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Change disk and memory together even if the caller goes away in between."""
        return await asyncio.shield(self.spawn(coroutine, name="change"))

    async def _enqueue(self, entry: Entry) -> Enqueued | NotEnqueued:
        entry = replace(entry, call=self._drafts.complete(entry.guild_id, entry.call))
        try:
            kept = await self._index.add(entry)
        except JournalFullError:
            self.log.warning("outbox.full", limit=self._limit)
            return NotEnqueued(why="full", detail=f"{self._limit} entries are kept already")
        except JournalUnavailable as error:
            self.log.warning("outbox.not_kept", reason=str(error))
            self._show_state()
            return NotEnqueued(why="disk", detail=str(error))
        self.log.info("outbox.queued", guild=entry.guild_id, kind=entry.call.kind)
        self._queues.start(entry.guild_id, after_failure=True)
        self._show_state()
        return Enqueued(promise=kept.promise)

    async def _erase(self, message: ErasePerson | ErasePlayer) -> Erased | NotErased:
        guild_id = message.guild_id
        # Nothing of the guild is on its way while this is held, and nothing leaves unchanged.
        async with self._queues.hold(guild_id):
            try:
                match message:
                    case ErasePerson(member_id=member_id):
                        erasure = await self._index.erase(
                            guild_id, lambda entries: without_member(entries, member_id)
                        )
                        self._drafts.forget(guild_id, lambda report: report.author_id == member_id)
                    case ErasePlayer(name=name):
                        erasure = await self._index.erase(
                            guild_id, lambda entries: without_player(entries, name)
                        )
                        self._drafts.forget(guild_id, lambda report: is_of_player(report, name))
                    case _:
                        assert_never(message)
            except JournalUnavailable as error:
                return NotErased(detail=str(error))
        self._show_state()
        return Erased(removed=len(erasure.removed), anonymised=len(erasure.changed))

    async def _read(self) -> bool:
        try:
            await self._index.read()
        except JournalUnavailable as error:
            self.log.warning("outbox.journal_unavailable", reason=str(error))
            return False
        finally:
            self._show_state()
        if self._index.journal.damaged_files:
            self.log.error("outbox.journal_damaged", files=self._index.journal.damaged_files)
        for guild_id in self._waiting.guild_ids:
            self._queues.start(guild_id)
        self._notifier.begin()
        self._to_forget.set()
        return True

    async def _keep_journal_open(self) -> None:
        failures = 0
        while True:
            await self._index.journal.has_problem.wait()
            failures += 1
            await self.clock.sleep(_MENDING.delay_s(failures))
            if await self._read():
                failures = 0

    async def _keep_forgetting(self) -> None:
        while True:
            await self._to_forget.wait()
            self._to_forget.clear()
            try:
                await self._index.forget_done()
            except JournalUnavailable:
                # A journal that is opened again sets the event; one that is slow does not.
                await self.clock.sleep(_MENDING.first_s)
                self._to_forget.set()

    def _health(self) -> OutboxHealth:
        journal = self._index.journal
        return OutboxHealth(
            waiting=self._waiting.undelivered,
            untold=len(self._waiting.untold),
            oldest_at=self._waiting.oldest_at,
            last_error=self._last_error,
            journal_problem=journal.trouble,
            unreadable=journal.unreadable,
            damaged_files=journal.damaged_files,
        )

    def _show_state(self) -> None:
        complaints = _complaints(self._health())
        if complaints:
            self.report_degraded("; ".join(complaints))
        else:
            self.report_recovered()


def _complaints(health: OutboxHealth) -> list[str]:
    complaints = []
    if health.journal_problem is not None:
        complaints.append(f"the journal takes nothing: {health.journal_problem}")
    if health.damaged_files:
        complaints.append(f"a damaged journal was set aside: {', '.join(health.damaged_files)}")
    if health.unreadable:
        complaints.append(f"{health.unreadable} rows of the journal cannot be read")
    if health.waiting:
        complaints.append(f"{health.waiting} writes wait for the database")
    if health.untold:
        complaints.append(f"{health.untold} refusals are still to be told")
    return complaints
