"""Storage by SQL functions: one method, one function, one transaction, one round trip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from scooty.core.storage.calls import SqlCalls
from scooty.core.storage.decoding import (
    archetype_suggestions,
    opponent_suggestions,
    outcome,
    recorded_together,
)
from scooty.core.storage.index_decoding import suggestion_index
from scooty.core.storage.inner_port import BatchedReport, IndexedStorage
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import (
    ArchetypeUnknown,
    DraftGone,
    EventCreated,
    EventNameTaken,
    NoActiveEvent,
    NobodyFound,
    NotYourReport,
    OnlyListed,
    ReportGone,
    ReportRecorded,
    ReportUndone,
    SeveralPlayers,
)
from scooty.core.storage.stats import EventStats
from scooty.core.storage.typed import comment_or_none, stored_name, typed_colours
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.names import fold, name_key, word_key
from scooty.domain.observations import PLAIN, Sighting

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import JsonValue, RepositoryMessage
    from scooty.core.storage.port import (
        CheckOutcome,
        EventTerms,
        FoundById,
        RecordOutcome,
        UndoOutcome,
    )
    from scooty.core.storage.stats import StatsOutcome
    from scooty.core.storage.suggestion_index import (
        ArchetypeSuggestion,
        OpponentSuggestion,
        SuggestionIndex,
    )


class SqlStorage(IndexedStorage):
    """Storage through the repository actor.

    Args:
        repository: Where the repository is reached.
    """

    def __init__(self, repository: Address[RepositoryMessage]) -> None:
        self.calls = SqlCalls(repository)
        """Calls whatever else the database offers."""

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
        report = BatchedReport(
            request_id=request_id,
            reporter_id=reporter_id,
            reporter_name=reporter_name,
            opponent=opponent,
            archetype=archetype,
            comment=comment,
            sighting=sighting,
        )
        value = await self.calls.write(
            "record_report", guild_id=guild_id, request_id=request_id, **_arguments(report)
        )
        return outcome(value, ReportRecorded, ArchetypeUnknown, NoActiveEvent)

    @override
    async def record_reports(
        self, *, guild_id: GuildId, reports: tuple[BatchedReport, ...]
    ) -> tuple[RecordOutcome, ...]:
        values = await self.calls.write(
            "record_reports",
            guild_id=guild_id,
            request_id=reports[0].request_id,
            reports=[{"request_id": report.request_id, **_arguments(report)} for report in reports],
        )
        return recorded_together(values, len(reports))

    @override
    async def record_draft(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        draft_id: RequestId,
        archetype_id: ArchetypeId,
        reporter_id: MemberId,
    ) -> ReportRecorded | DraftGone | NoActiveEvent:
        value = await self.calls.write(
            "record_draft",
            guild_id=guild_id,
            request_id=request_id,
            draft_id=draft_id,
            archetype_id=archetype_id,
            reporter_id=reporter_id,
        )
        return outcome(value, ReportRecorded, DraftGone, NoActiveEvent)

    @override
    async def undo_report(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        report_id: ReportId,
        member_id: MemberId,
    ) -> UndoOutcome:
        value = await self.calls.write(
            "undo_report",
            guild_id=guild_id,
            request_id=request_id,
            report_id=report_id,
            member_id=member_id,
        )
        return outcome(value, ReportUndone, ReportGone, NotYourReport)

    @override
    async def check_player(self, *, guild_id: GuildId, name: str) -> CheckOutcome:
        value = await self.calls.read(
            "check_player", guild_id=guild_id, name_key=name_key(name), word_key=word_key(name)
        )
        return outcome(value, PlayerCard, SeveralPlayers, OnlyListed, NobodyFound, NoActiveEvent)

    @override
    async def check_player_by_id(self, *, guild_id: GuildId, player_id: PlayerId) -> FoundById:
        value = await self.calls.read("check_player_by_id", guild_id=guild_id, player_id=player_id)
        return outcome(value, PlayerCard, OnlyListed, NobodyFound, NoActiveEvent)

    @override
    async def read_stats(self, *, guild_id: GuildId) -> StatsOutcome:
        return outcome(
            await self.calls.read("event_stats", guild_id=guild_id), EventStats, NoActiveEvent
        )

    @override
    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        value = await self.calls.read(
            "suggest_opponents", guild_id=guild_id, text_key=name_key(text), with_listed=True
        )
        return opponent_suggestions(value)

    @override
    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        value = await self.calls.read(
            "suggest_archetypes",
            guild_id=guild_id,
            text_key=fold(text),
            colours=typed_colours(text),
        )
        return archetype_suggestions(value)

    @override
    async def read_suggestion_index(self, *, guild_id: GuildId) -> SuggestionIndex:
        return suggestion_index(await self.calls.read("suggestion_index", guild_id=guild_id))

    @override
    async def create_event(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        name: str,
        member_id: MemberId,
        terms: EventTerms | None = None,
    ) -> EventCreated | EventNameTaken:
        value = await self.calls.write(
            "create_event",
            guild_id=guild_id,
            request_id=request_id,
            name=stored_name(name),
            name_key=fold(name),
            member_id=member_id,
            format=terms.format if terms else None,
            decklists=terms.decklists if terms else None,
        )
        return outcome(value, EventCreated, EventNameTaken)


def _arguments(report: BatchedReport) -> dict[str, JsonValue]:
    name = stored_name(report.opponent)
    return {
        "reporter_id": report.reporter_id,
        "reporter_name": stored_name(report.reporter_name),
        "opponent": name,
        "name_key": name_key(name),
        "word_key": word_key(name),
        "archetype_key": fold(report.archetype),
        "archetype_word_key": word_key(report.archetype),
        "comment": comment_or_none(report.comment),
        "round": report.sighting.round_number,
        "source": report.sighting.source.value,
        "confidence": report.sighting.confidence.value,
    }
