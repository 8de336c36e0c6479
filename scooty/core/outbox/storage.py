"""The storage that loses nothing: what cannot reach the database waits in the outbox.

Look-ups show what waits, also when the database is away altogether. A write of a guild in which
something waits goes behind it, so that a team's writes reach the database in the order in which
they were made.

An outbox that does not answer (it is restarting) does not keep anybody from the database: look-ups
then show what the database knows, and writes go straight to it.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.core.outbox.entries import DraftWrite, Entry, EventWrite, ReportWrite, UndoWrite
from scooty.core.outbox.overlay import add_to_card, add_to_check, add_to_suggestions, find_queued
from scooty.core.outbox.waiting_line import WaitingLine
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import ArchetypeUnknown, Storage
from scooty.core.storage.queued import EventQueued, OnlyQueued, ReportQueued, UndoQueued
from scooty.core.storage.stats import EventStats
from scooty.core.storage.typed import comment_or_none, stored_name
from scooty.domain.observations import PLAIN, Sighting
from scooty.domain.text import clean
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from actors.kernel import Address, Clock
    from scooty.core.outbox.entries import Promise, QueuedWrite
    from scooty.core.outbox.messages import OutboxMessage
    from scooty.core.storage.port import (
        CheckOutcome,
        CreateOutcome,
        DraftOutcome,
        EventTerms,
        FoundById,
        RecordOutcome,
        UndoOutcome,
    )
    from scooty.core.storage.stats import StatsOutcome
    from scooty.core.storage.suggestion_index import ArchetypeSuggestion, OpponentSuggestion
    from scooty.domain.contact import Contacts
    from scooty.domain.ids import ArchetypeId, GuildId, MemberId, PlayerId, ReportId, RequestId

T = TypeVar("T")
P = TypeVar("P")
_TYPING_S: Final = 0.7
"""While something waits, the database is likely to be away: who types is not kept waiting for it,
but offered what waits here."""


class OutboxStorage(Storage):
    """Storage through the outbox; the only one in its process that queues anything.

    Args:
        inner: The way to the database; it says `StorageUnavailable` when that is away.
        outbox: Keeps what cannot go that way now.
        contacts: Knows who asked, so that they can be told should a queued write be refused.
        clock: Tells when a write was queued.
    """

    def __init__(
        self,
        inner: Storage,
        *,
        outbox: Address[OutboxMessage],
        contacts: Contacts,
        clock: Clock | None = None,
    ) -> None:
        self._inner = inner
        self._contacts = contacts
        self._clock = clock or SystemClock()
        self._line = WaitingLine(outbox, self._clock)

    @override
    async def record_report(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        reporter_id: MemberId,
        reporter_name: str,
        opponent: str,
        archetype: str,
        comment: str | None,
        sighting: Sighting = PLAIN,
    ) -> RecordOutcome:
        report = ReportWrite(
            reporter_id=reporter_id,
            reporter_name=stored_name(reporter_name),
            opponent=stored_name(opponent),
            archetype=clean(archetype),
            comment=comment_or_none(comment),
            sighting=sighting,
        )
        outcome = await self._write(
            self._entry(guild_id, request_id, report),
            lambda: self._inner.record_report(
                guild_id=guild_id,
                request_id=request_id,
                reporter_id=reporter_id,
                reporter_name=reporter_name,
                opponent=opponent,
                archetype=archetype,
                comment=comment,
                sighting=sighting,
            ),
            ReportQueued,
        )
        if isinstance(outcome, ArchetypeUnknown):
            self._line.keep_draft(guild_id, report, outcome)
        return outcome

    @override
    async def record_draft(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        draft_id: RequestId,
        archetype_id: ArchetypeId,
        reporter_id: MemberId,
    ) -> DraftOutcome:
        write = DraftWrite(draft_id=draft_id, archetype_id=archetype_id, reporter_id=reporter_id)
        return await self._write(
            self._entry(guild_id, request_id, write),
            lambda: self._inner.record_draft(
                guild_id=guild_id,
                request_id=request_id,
                draft_id=draft_id,
                archetype_id=archetype_id,
                reporter_id=reporter_id,
            ),
            ReportQueued,
        )

    @override
    async def undo_report(
        self, *, guild_id: GuildId, request_id: RequestId, report_id: ReportId, member_id: MemberId
    ) -> UndoOutcome:
        write = UndoWrite(report_id=report_id, member_id=member_id)
        return await self._write(
            self._entry(guild_id, request_id, write),
            lambda: self._inner.undo_report(
                guild_id=guild_id, request_id=request_id, report_id=report_id, member_id=member_id
            ),
            UndoQueued,
        )

    @override
    async def create_event(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        name: str,
        member_id: MemberId,
        terms: EventTerms | None = None,
    ) -> CreateOutcome:
        write = EventWrite(
            name=stored_name(name),
            member_id=member_id,
            format=terms.format if terms else None,
            decklists=terms.decklists if terms else None,
        )
        return await self._write(
            self._entry(guild_id, request_id, write),
            lambda: self._inner.create_event(
                guild_id=guild_id,
                request_id=request_id,
                name=name,
                member_id=member_id,
                terms=terms,
            ),
            EventQueued,
        )

    @override
    async def check_player(self, *, guild_id: GuildId, name: str) -> CheckOutcome:
        queued = (await self._line.read(guild_id)).reports
        try:
            found = await self._inner.check_player(guild_id=guild_id, name=name)
        except StorageUnavailable:
            reports = find_queued(queued, name)
            if not reports:
                raise
            return OnlyQueued(reports=reports, database_away=True)
        return add_to_check(found, queued, name) if queued else found

    @override
    async def check_player_by_id(self, *, guild_id: GuildId, player_id: PlayerId) -> FoundById:
        queued = (await self._line.read(guild_id)).reports
        found = await self._inner.check_player_by_id(guild_id=guild_id, player_id=player_id)
        if not queued:
            return found
        if isinstance(found, PlayerCard):
            return add_to_card(found, queued)
        return found

    @override
    async def read_stats(self, *, guild_id: GuildId) -> StatsOutcome:
        queued = (await self._line.read(guild_id)).reports
        found = await self._inner.read_stats(guild_id=guild_id)
        return replace(found, queued=len(queued)) if isinstance(found, EventStats) else found

    @override
    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        queued = (await self._line.read(guild_id)).reports
        if not queued:
            return await self._inner.suggest_opponents(guild_id=guild_id, text=text)
        try:
            async with asyncio.timeout(_TYPING_S):
                found = await self._inner.suggest_opponents(guild_id=guild_id, text=text)
        except (StorageUnavailable, TimeoutError):
            found = ()
        return add_to_suggestions(found, queued, text)

    @override
    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        return await self._inner.suggest_archetypes(guild_id=guild_id, text=text)

    def _entry(self, guild_id: GuildId, request_id: RequestId, write: QueuedWrite) -> Entry:
        return Entry(
            guild_id=guild_id,
            request_id=request_id,
            write=write,
            queued_at=self._clock.now(),
            contact=self._contacts.find(request_id),
        )

    async def _write(
        self,
        entry: Entry,
        to_database: Callable[[], Coroutine[Any, Any, T]],
        promised: type[P],
    ) -> T | P:
        """Write to the database, or behind what waits for it, or let it wait."""
        if (await self._line.read(entry.guild_id)).length:
            return _as(promised, await self._line.enqueue(entry, may_have_been_saved=False))
        try:
            return await to_database()
        except StorageUnavailable as error:
            maybe = error.may_have_been_saved
            return _as(promised, await self._line.enqueue(entry, may_have_been_saved=maybe))


def _as(promised: type[P], promise: Promise) -> P:
    assert isinstance(promise, promised)  # noqa: S101 - an entry's kind decides its promise
    return promise
