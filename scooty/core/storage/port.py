"""What the commands may ask of storage, and what it answers.

`Storage` is implemented by `SqlStorage` (through the repository actor) and by the in-memory twin;
one contract suite runs over both. What it answers when a write waits for the database stands in
`scooty.core.storage.queued`. Expected outcomes are reply values; only an outage raises
(`StorageUnavailable`). Names reach storage as people typed them; storage trims and matches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from scooty.core.storage.player_card import Event, KnownElsewhere, PlayerCard
from scooty.core.storage.queued import EventQueued, OnlyQueued, ReportQueued, UndoQueued
from scooty.core.storage.suggestion_index import ArchetypeSuggestion, OpponentSuggestion
from scooty.domain.ids import (
    ArchetypeId,
    GuildId,
    MemberId,
    PlayerId,
    ReportId,
    RequestId,
)
from scooty.domain.observations import PLAIN, Sighting

if TYPE_CHECKING:
    from scooty.core.storage.stats import StatsOutcome
    from scooty.core.storage.suggestion_index import IndexChange

Decklists: TypeAlias = Literal["open", "closed"]
"""Whether players are handed their opponents' decklists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTerms:
    """How an event is played, as far as it was said."""

    format: str | None = None
    """In lower case, as archetypes name theirs."""
    decklists: Decklists | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoActiveEvent:
    """The guild has no event to report to or to look up in."""

    outcome: Literal["no_active_event"] = "no_active_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecorded:
    """The report is stored durably."""

    report_id: ReportId
    card: PlayerCard
    """The player's card with the new report in it."""
    previous_archetype: str | None
    """What was known before, when it differs from what was reported now."""
    previous_report_id: ReportId | None = None
    """The newest report of what was known before, when it differs."""
    index_change: IndexChange | None = field(default=None, compare=False, repr=False)
    """What to change in copies of the suggestion index. None when the request was answered before:
    then the card tells of a report that may have been undone since, and copies are read anew."""
    watch_ended_of: MemberId | None = field(default=None, compare=False)
    """Who watched the player until now; None when nobody did, or when it was answered before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeUnknown:
    """Nothing was reported. The rest of the report is kept as a draft for 15 minutes."""

    draft_id: RequestId
    nearest: tuple[ArchetypeSuggestion, ...]
    """Up to three, most similar first."""
    retired: str | None = None
    """The archetype that was meant, which the guild reports no more."""


RecordOutcome: TypeAlias = ReportRecorded | ArchetypeUnknown | NoActiveEvent | ReportQueued


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGone:
    """The draft has expired, or is somebody else's; nothing was saved."""


DraftOutcome: TypeAlias = ReportRecorded | DraftGone | NoActiveEvent | ReportQueued


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUndone:
    """The report no longer counts."""

    player_name: str = field(repr=False)
    archetype: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGone:
    """There is no such report in this guild, or it had been undone before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYourReport:
    """Only its reporter may undo a report."""


UndoOutcome: TypeAlias = ReportUndone | ReportGone | NotYourReport | UndoQueued


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerMatch:
    """A player whose name resembles what was typed."""

    player_id: PlayerId
    name: str = field(repr=False)
    archetype: str
    """Empty for somebody who is only on the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralPlayers:
    """No player has exactly that name, several resemble it; the best match comes first."""

    matches: tuple[PlayerMatch, ...]
    """2 to 25, or a single near miss."""
    as_of: datetime | None = None
    """As that of a `PlayerCard`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyFound:
    """Nobody of that or a similar name has been reported, or is on the roster."""

    as_of: datetime | None = None
    """As that of a `PlayerCard`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyListed:
    """The player is on the event's roster, and nobody has reported them."""

    player_id: PlayerId
    name: str = field(repr=False)
    event: Event
    elsewhere: tuple[KnownElsewhere, ...] = ()
    """As that of a `PlayerCard`."""
    as_of: datetime | None = None
    """As that of a `PlayerCard`."""


FoundById: TypeAlias = PlayerCard | OnlyListed | NobodyFound | NoActiveEvent
CheckOutcome: TypeAlias = FoundById | SeveralPlayers | OnlyQueued


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCreated:
    """The event exists and is the active one."""

    event: Event
    previous: str | None
    """The name of the event that was active until now and is closed; its reports are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNameTaken:
    """The guild already has an event of that name, in whatever spelling of case and accents."""

    event: Event


CreateOutcome: TypeAlias = EventCreated | EventNameTaken | EventQueued


class Storage(Protocol):
    """One method, one SQL function, one transaction, one round trip."""

    async def record_report(  # noqa: PLR0913 - a report has that many parts
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
        """Store a report of the active event, creating the player when unknown.

        ``archetype`` is a name or alias in any case and with or without accents.
        """
        ...

    async def record_draft(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        draft_id: RequestId,
        archetype_id: ArchetypeId,
        reporter_id: MemberId,
    ) -> DraftOutcome:
        """Store the draft that `ArchetypeUnknown` kept, with an archetype from its list."""
        ...

    async def undo_report(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        report_id: ReportId,
        member_id: MemberId,
    ) -> UndoOutcome:
        """Withdraw one's own report."""
        ...

    async def check_player(self, *, guild_id: GuildId, name: str) -> CheckOutcome:
        """Find a player of the active event by name, tolerant of order, accents and typos."""
        ...

    async def check_player_by_id(self, *, guild_id: GuildId, player_id: PlayerId) -> FoundById:
        """Find a player of the active event that was chosen from a list."""
        ...

    async def read_stats(self, *, guild_id: GuildId) -> StatsOutcome:
        """Count the active event by players."""
        ...

    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        """Return up to 25 players of the active event; most recent first for an empty text."""
        ...

    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        """Return up to 25 archetypes; most reported in the active event first for no text."""
        ...

    async def create_event(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        name: str,
        member_id: MemberId,
        terms: EventTerms | None = None,
    ) -> CreateOutcome:
        """Create an event and make it the active one, in one transaction."""
        ...
