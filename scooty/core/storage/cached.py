"""Storage with a cache in front of it: fewer calls, and answers while the database is away.

What is kept is right whenever it is used, for everybody in the guild, also just after a report:
`scooty.core.storage.cached_logs` says why. Completing what somebody types costs no call at all: the
guild's suggestion index is held in this process and follows every report. While the database is
away or slow, look-ups are answered from what was kept last, marked with its time (``as_of``).

While Redis is away everything goes to the database, at once. Errors are never kept.

Stands between the outbox and the database: what waits in the outbox is shown on top of what is kept
here. Each actor has one of its own; what one of them writes, the others read of in the guild's log,
or are told by `GuildInDoubt` when the log could not be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.core.changes import Extent
from scooty.core.storage.cached_answers import CachedAnswers
from scooty.core.storage.cached_logs import GuildLogs
from scooty.core.storage.cached_questions import card_slot, event_stats, player_by_id, player_named
from scooty.core.storage.cached_settings import CachedSettings
from scooty.core.storage.cached_typing import AtHand, CachedTyping
from scooty.core.storage.cached_values import (
    ANYTHING_CHANGED,
    SETTINGS_CHANGED,
    check_as_json,
    pack_change,
)
from scooty.core.storage.inner_port import BatchStorage
from scooty.core.storage.port import EventCreated, ReportRecorded, ReportUndone
from scooty.core.storage.settings import NothingSet
from scooty.core.storage.warming import warm_up
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.observations import PLAIN, Sighting
from scooty.errors import StorageError, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from actors.cache.messages import CacheMessage
    from actors.kernel import Address, Clock
    from actors.repository.messages import JsonValue
    from scooty.core.call import Write
    from scooty.core.storage.cached_questions import Question
    from scooty.core.storage.inner_port import BatchedReport, IndexedStorage
    from scooty.core.storage.port import (
        CheckOutcome,
        CreateOutcome,
        DraftOutcome,
        EventTerms,
        FoundById,
        RecordOutcome,
        UndoOutcome,
    )
    from scooty.core.storage.settings import TeamSettings
    from scooty.core.storage.stats import StatsOutcome
    from scooty.core.storage.suggestion_index import ArchetypeSuggestion, OpponentSuggestion
    from scooty.core.storage.warming import Warmth

T = TypeVar("T")


class CachedStorage(BatchStorage):
    """Storage through the cache.

    Args:
        storage: The way to the database; it says `StorageUnavailable` when that is away.
        cache: The cache actor.
        clock: Tells how old an answer is.
        untold: Called with a guild of which others in this process may keep what is wrong.
        changed: Called with a guild in which something was written, once it is committed.
        settings: The way to the teams' settings; None where no team has any.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        storage: IndexedStorage,
        *,
        cache: Address[CacheMessage],
        clock: Clock | None = None,
        untold: Callable[[GuildId], None] = lambda _guild_id: None,
        changed: Callable[[GuildId], None] = lambda _guild_id: None,
        settings: TeamSettings | None = None,
    ) -> None:
        self._changed = changed
        self._clock = clock = clock or SystemClock()
        self._storage = storage
        self._logs = GuildLogs(cache, clock=clock, untold=untold)
        self._answers = CachedAnswers(cache, logs=self._logs, clock=clock)
        self._typing = CachedTyping(storage, answers=self._answers, logs=self._logs, clock=clock)
        self.at_hand = AtHand(self._typing)
        """Suggests without asking anybody, for those who type too much too fast."""
        self.settings = CachedSettings(
            settings or NothingSet(), answers=self._answers, logs=self._logs, clock=clock
        )
        """The teams' settings, held in this process."""

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
        write = self._storage.record_report(
            guild_id=guild_id,
            request_id=request_id,
            reporter_id=reporter_id,
            reporter_name=reporter_name,
            opponent=opponent,
            archetype=archetype,
            comment=comment,
            sighting=sighting,
        )
        return await self._write(guild_id, write)

    @override
    async def record_reports(
        self, *, guild_id: GuildId, reports: tuple[BatchedReport, ...]
    ) -> tuple[RecordOutcome, ...]:
        known = self._logs.position(guild_id)
        write = self._storage.record_reports(guild_id=guild_id, reports=reports)
        outcomes = await self._carry_out(guild_id, write)
        for outcome in outcomes:
            await self._tell(guild_id, outcome, known)
        return outcomes

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
        write = self._storage.record_draft(
            guild_id=guild_id,
            request_id=request_id,
            draft_id=draft_id,
            archetype_id=archetype_id,
            reporter_id=reporter_id,
        )
        return await self._write(guild_id, write)

    @override
    async def undo_report(
        self, *, guild_id: GuildId, request_id: RequestId, report_id: ReportId, member_id: MemberId
    ) -> UndoOutcome:
        write = self._storage.undo_report(
            guild_id=guild_id, request_id=request_id, report_id=report_id, member_id=member_id
        )
        return await self._write(guild_id, write)

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
        write = self._storage.create_event(
            guild_id=guild_id, request_id=request_id, name=name, member_id=member_id, terms=terms
        )
        return await self._write(guild_id, write)

    @override
    async def check_player(self, *, guild_id: GuildId, name: str) -> CheckOutcome:
        return await self._answers.answer(player_named(self._storage, guild_id, name))

    @override
    async def check_player_by_id(self, *, guild_id: GuildId, player_id: PlayerId) -> FoundById:
        return await self._answers.answer(player_by_id(self._storage, guild_id, player_id))

    @override
    async def read_stats(self, *, guild_id: GuildId) -> StatsOutcome:
        return await self._answers.answer(event_stats(self._storage, guild_id))

    @override
    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        return await self._typing.suggest_opponents(guild_id, text)

    @override
    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        return await self._typing.suggest_archetypes(guild_id, text)

    def doubt(self, guild_id: GuildId | None) -> None:
        """Leave what is kept of a guild, or of all, alone for a while, and then begin anew."""
        self._logs.hear_of_doubt(guild_id)

    async def warm_up(self, guild_ids: tuple[GuildId, ...]) -> Warmth:
        """Keep what people of these guilds will ask for; see `scooty.core.storage.warming`."""
        return await warm_up(self, self.settings, guild_ids, clock=self._clock)

    async def answer(self, question: Question[T]) -> T:
        """Answer a question that has no method here."""
        return await self._answers.answer(question)

    async def change(self, guild_id: GuildId, write: Coroutine[Any, Any, JsonValue]) -> JsonValue:
        """Write something after which nothing that is kept of the guild may be used."""
        value = await self._carry_out(guild_id, write)
        await self._logs.tell(guild_id, ANYTHING_CHANGED)
        self._changed(guild_id)
        return value

    async def change_settings(
        self, guild_id: GuildId, write: Coroutine[Any, Any, JsonValue]
    ) -> JsonValue:
        """Write something after which the team's settings may be others, too."""
        try:
            value = await self._carry_out(guild_id, write)
        finally:
            self.settings.doubt(guild_id)
        await self._logs.tell(guild_id, SETTINGS_CHANGED, *self.settings.learn(guild_id, value))
        self._changed(guild_id)
        return value

    async def change_by(
        self, guild_id: GuildId, call: Write[T], write: Coroutine[Any, Any, T]
    ) -> T:
        """Write by a call, and tell of what it says that it has changed."""
        answer = await self._carry_out(guild_id, write)
        if call.change(answer) is Extent.ANYTHING:
            await self._logs.tell(guild_id, ANYTHING_CHANGED)
            self._changed(guild_id)
        return answer

    async def _write(self, guild_id: GuildId, write: Coroutine[Any, Any, T]) -> T:
        """Write, and tell of it before it is acknowledged."""
        known = self._logs.position(guild_id)
        outcome = await self._carry_out(guild_id, write)
        await self._tell(guild_id, outcome, known)
        return outcome

    async def _carry_out(self, guild_id: GuildId, write: Coroutine[Any, Any, T]) -> T:
        """Write, and do not trust what is kept when the end of it is not known."""
        try:
            return await write
        except StorageUnavailable as error:
            if error.may_have_been_saved:
                self._logs.doubt(guild_id)
            raise
        except StorageError:
            self._logs.distrust(guild_id)  # refused, or saved and answered in an unknown form
            raise
        except BaseException:  # given up while it was on its way
            self._logs.doubt(guild_id)
            raise

    async def _tell(self, guild_id: GuildId, outcome: object, known: int | None) -> None:
        """Tell of a change, with the card as it is now.

        Args:
            guild_id: Where it happened.
            outcome: What was answered to the write.
            known: Up to where the guild's log was known before it. Whatever was told of later may
                not be on the card, so that is where the card's position has to be.
        """
        match outcome:
            case ReportRecorded(index_change=change) if change is not None:
                cards = []
                if known is not None:
                    slot, value = card_slot(outcome.card.name), check_as_json(outcome.card)
                    cards = [self._answers.to_keep(guild_id, slot, value, known)]
                await self._logs.tell(guild_id, pack_change(change), *cards)
            case ReportRecorded() | ReportUndone() | EventCreated():
                await self._logs.tell(guild_id, ANYTHING_CHANGED)
            case _:
                return  # nothing was changed
        self._changed(guild_id)
