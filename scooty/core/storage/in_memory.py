"""Storage in this process's memory: the twin for tests and for anybody without a database.

The contract suite says where the two must agree. Likeness is measured here by difflib and there by
trigrams, so they may differ in what is offered beyond names that begin as typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from scooty.core.storage.in_memory_cards import card_of
from scooty.core.storage.in_memory_index import change_of, index_of
from scooty.core.storage.in_memory_rows import (
    Draft,
    Guild,
    StoredReport,
    archetype_named,
    count_archetypes,
    fitting_archetypes,
    matching_players,
    nearest,
    opponent_suggestion,
    suggestion_of,
)
from scooty.core.storage.in_memory_stats import stats_of
from scooty.core.storage.inner_port import IndexedStorage
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import (
    ArchetypeUnknown,
    DraftGone,
    EventCreated,
    EventNameTaken,
    NoActiveEvent,
    NobodyFound,
    NotYourReport,
    PlayerMatch,
    ReportGone,
    ReportRecorded,
    ReportUndone,
    SeveralPlayers,
)
from scooty.core.storage.recording import recorded
from scooty.core.storage.starter_archetypes import STARTER_ARCHETYPES
from scooty.core.storage.suggestion_index import OpponentSuggestion
from scooty.core.storage.typed import comment_or_none, stored_name
from scooty.domain.ids import ArchetypeId, EventId, GuildId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.names import fold, name_key, word_key
from scooty.domain.observations import PLAIN, Sighting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scooty.core.storage.port import (
        CheckOutcome,
        EventTerms,
        FoundById,
        RecordOutcome,
        UndoOutcome,
    )
    from scooty.core.storage.starter_archetypes import StarterArchetype
    from scooty.core.storage.stats import StatsOutcome
    from scooty.core.storage.suggestion_index import ArchetypeSuggestion, SuggestionIndex

_DRAFT_LASTS: Final = timedelta(minutes=15)


class InMemoryStorage(IndexedStorage):
    """Storage that lasts as long as this object.

    Args:
        now: Tells the time; drafts expire by it.
    """

    def __init__(self, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._guilds: dict[GuildId, Guild] = {}
        self._last_id = 0

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
        guild = self._guild(guild_id)
        draft = Draft(
            reporter_id=reporter_id,
            reporter_name=stored_name(reporter_name),
            opponent=stored_name(opponent),
            comment=comment_or_none(comment),
            nearest=(),
            expires_at=self._now() + _DRAFT_LASTS,
            sighting=sighting,
        )
        if request_id in guild.recorded:
            return self._recorded(guild, guild.reports[guild.recorded[request_id]])
        if request_id in guild.drafts:
            kept = guild.drafts[request_id]
            return ArchetypeUnknown(draft_id=request_id, nearest=kept.nearest)
        event = guild.active()
        if event is None:
            return NoActiveEvent()
        known = archetype_named(archetype)
        if known is not None:
            return self._store(guild, event, request_id, draft, known)
        draft.nearest = nearest(count_archetypes(guild), fold(archetype))
        guild.drafts[request_id] = draft
        return ArchetypeUnknown(draft_id=request_id, nearest=draft.nearest)

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
        guild = self._guild(guild_id)
        if request_id in guild.recorded:
            return self._recorded(guild, guild.reports[guild.recorded[request_id]])
        draft = guild.drafts.get(draft_id)
        if draft is None or draft.used or draft.reporter_id != reporter_id:
            return DraftGone()
        if draft.expires_at <= self._now() or not 0 < archetype_id <= len(STARTER_ARCHETYPES):
            return DraftGone()
        event = guild.active()
        if event is None:
            return NoActiveEvent()
        draft.used = True
        return self._store(guild, event, request_id, draft, STARTER_ARCHETYPES[archetype_id - 1])

    @override
    async def undo_report(
        self, *, guild_id: GuildId, request_id: RequestId, report_id: ReportId, member_id: MemberId
    ) -> UndoOutcome:
        guild = self._guild(guild_id)
        report = guild.reports.get(report_id)
        if report is None or report.undone_by not in {None, request_id}:
            return ReportGone()
        if report.reporter_id != member_id:
            return NotYourReport()
        report.undone_by = request_id
        return ReportUndone(
            player_name=guild.names[report.player_id], archetype=report.archetype.name
        )

    @override
    async def check_player(self, *, guild_id: GuildId, name: str) -> CheckOutcome:
        guild = self._guild(guild_id)
        event = guild.active()
        if event is None:
            return NoActiveEvent()
        known = guild.known(event)
        for key in (name_key, word_key):
            same = [id_ for id_ in known if key(guild.names[id_]) == key(name)]
            if len(same) == 1:
                return card_of(guild, event, same[0]) or NobodyFound()
        matches = tuple(
            PlayerMatch(player_id=id_, name=guild.names[id_], archetype=known[id_].archetype.name)
            for id_ in matching_players(guild, event, name_key(name))
        )
        return SeveralPlayers(matches=matches) if matches else NobodyFound()

    @override
    async def check_player_by_id(self, *, guild_id: GuildId, player_id: PlayerId) -> FoundById:
        guild = self._guild(guild_id)
        event = guild.active()
        if event is None:
            return NoActiveEvent()
        return card_of(guild, event, player_id) or NobodyFound()

    @override
    async def read_stats(self, *, guild_id: GuildId) -> StatsOutcome:
        return stats_of(self._guild(guild_id))

    @override
    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        guild = self._guild(guild_id)
        event = guild.active()
        if event is None:
            return ()
        reports = guild.counting(event)
        known = guild.known(event)
        return tuple(
            opponent_suggestion(guild, reports, id_, known.get(id_))
            for id_ in matching_players(guild, event, name_key(text), with_listed=True)
        )

    @override
    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        counts = count_archetypes(self._guild(guild_id))
        found = tuple(
            suggestion_of(archetype, counts) for archetype in fitting_archetypes(text, counts)
        )
        return found or nearest(counts, fold(text))

    @override
    async def read_suggestion_index(self, *, guild_id: GuildId) -> SuggestionIndex:
        return index_of(self._guild(guild_id))

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
        guild = self._guild(guild_id)
        if request_id in guild.created:
            return guild.created[request_id]
        for event in guild.events:
            if fold(event.name) == fold(name):
                return EventNameTaken(event=event)
        previous = guild.active()
        event = Event(id=EventId(self._next_id()), name=stored_name(name), created_at=self._now())
        guild.events.append(event)
        created = EventCreated(event=event, previous=previous.name if previous else None)
        guild.created[request_id] = created
        return created

    def list_players(self, *, guild_id: GuildId, names: Iterable[str]) -> None:
        """Put players on the active event's roster."""
        guild = self._guild(guild_id)
        event = guild.active()
        assert event is not None, "a roster is an event's"  # noqa: S101 - an invariant
        for name in names:
            guild.listed.setdefault(event.id, set()).add(self._player(guild, name))

    def _player(self, guild: Guild, name: str) -> PlayerId:
        key = name_key(name)
        same = [id_ for id_, known in guild.names.items() if name_key(known) == key]
        player_id = same[0] if same else PlayerId(self._next_id())
        guild.names.setdefault(player_id, name)
        return player_id

    def _guild(self, guild_id: GuildId) -> Guild:
        return self._guilds.setdefault(guild_id, Guild())

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _store(
        self,
        guild: Guild,
        event: Event,
        request_id: RequestId,
        draft: Draft,
        archetype: StarterArchetype,
    ) -> ReportRecorded:
        player_id = self._player(guild, draft.opponent)
        report = StoredReport(
            id=ReportId(self._next_id()),
            event_id=event.id,
            player_id=player_id,
            archetype=archetype,
            comment=draft.comment,
            reporter_id=draft.reporter_id,
            reporter_name=draft.reporter_name,
            reported_at=self._now(),
            sighting=draft.sighting,
        )
        guild.reports[report.id] = report
        guild.recorded[request_id] = report.id
        answer = self._recorded(guild, report)
        return replace(answer, index_change=change_of(guild, event, report))

    def _recorded(self, guild: Guild, report: StoredReport) -> ReportRecorded:
        event = next(event for event in guild.events if event.id == report.event_id)
        card = card_of(guild, event, report.player_id, also=report.id)
        assert card is not None, "the report itself is on the card"  # noqa: S101 - an invariant
        return recorded(report.id, card)
