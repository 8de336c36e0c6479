"""What a team asks of the road to the database, with less to write in each test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scooty.core.call import Caller
from scooty.core.suggestions import SuggestArchetypes, SuggestionIndex, SuggestOpponents
from scooty.domain.ids import MemberId
from scooty.domain.observations import PLAIN, Sighting
from scooty.features.events.calls import CreateEvent
from scooty.features.reports.calls.looking_up import (
    CheckPlayer,
    CheckPlayerById,
    NobodyFound,
    PlayerFound,
)
from scooty.features.reports.calls.recording import (
    RecordDraft,
    RecordReport,
    RecordReports,
    UndoReport,
)
from scooty.features.stats.calls import CountEvent, StatsFound

if TYPE_CHECKING:
    from scooty.core.calls import Calls
    from scooty.core.suggestions import ArchetypeSuggestion, Index, OpponentSuggestion
    from scooty.domain.ids import ArchetypeId, GuildId, PlayerId, ReportId, RequestId
    from scooty.features.reports.calls.recording import ReportRecorded

NOBODY = MemberId(0)


class Asked:
    """A road, asked by keywords; cards and figures come without the answer around them.

    Args:
        road: Where the calls go.
    """

    def __init__(self, road: Calls) -> None:
        self.road = road

    async def record_report(
        self, *, guild_id: GuildId, request_id: RequestId, sighting: Sighting = PLAIN, **report: Any
    ) -> Any:
        caller = Caller(guild_id=guild_id, request_id=request_id, member_id=NOBODY)
        return await self.road.write(caller, RecordReport(**report, sighting=sighting))

    async def record_reports(
        self, *, guild_id: GuildId, reports: tuple[tuple[RequestId, RecordReport], ...]
    ) -> Any:
        caller = Caller(guild_id=guild_id, request_id=reports[0][0], member_id=NOBODY)
        return await self.road.write(caller, RecordReports(made=reports))

    async def record_draft(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        draft_id: RequestId,
        archetype_id: ArchetypeId,
        reporter_id: MemberId,
    ) -> Any:
        caller = Caller(guild_id=guild_id, request_id=request_id, member_id=reporter_id)
        call = RecordDraft(draft_id=draft_id, archetype_id=archetype_id, reporter_id=reporter_id)
        return await self.road.write(caller, call)

    async def undo_report(
        self, *, guild_id: GuildId, request_id: RequestId, report_id: ReportId, member_id: MemberId
    ) -> Any:
        caller = Caller(guild_id=guild_id, request_id=request_id, member_id=member_id)
        return await self.road.write(caller, UndoReport(report_id=report_id, member_id=member_id))

    async def create_event(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        name: str,
        member_id: MemberId,
        **terms: Any,
    ) -> Any:
        caller = Caller(guild_id=guild_id, request_id=request_id, member_id=member_id)
        call = CreateEvent(name=name, member_id=member_id, **terms)
        return await self.road.write(caller, call)

    async def check_player(self, *, guild_id: GuildId, name: str) -> Any:
        found = await self.road.read(guild_id, CheckPlayer(name=name))
        return _bare(found)

    async def check_player_by_id(self, *, guild_id: GuildId, player_id: PlayerId) -> Any:
        found = await self.road.read(guild_id, CheckPlayerById(player_id=player_id))
        return _bare(found)

    async def read_stats(self, *, guild_id: GuildId) -> Any:
        found = await self.road.read(guild_id, CountEvent())
        return _bare(found)

    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        return await self.road.read(guild_id, SuggestOpponents(text=text))

    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        return await self.road.read(guild_id, SuggestArchetypes(text=text))

    async def read_suggestion_index(self, *, guild_id: GuildId) -> Index:
        return await self.road.read(guild_id, SuggestionIndex())


def _bare(answer: object) -> object:
    match answer:
        case PlayerFound(card=card):
            return card
        case NobodyFound(listed=listed) if listed is not None:
            return listed
        case StatsFound(stats=stats):
            return stats
        case _:
            return answer


def previous(recorded: ReportRecorded) -> tuple[str | None, ReportId | None]:
    """What was known before a report that differs from it, and the newest report of that."""
    before = recorded.differs_from
    return (None, None) if before is None else (before.archetype, before.report_id)
