"""Reports made, drafts completed, reports undone: the writes that a team makes all day long."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field as JsonField
from typing_extensions import override

from scooty.core.call import Write
from scooty.core.changes import ANYTHING_CHANGED, NOTHING_CHANGED, ReportAdded
from scooty.core.shapes import Moment
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.core.storage.standing import Standing, standing_before
from scooty.core.storage.typed import stored_name
from scooty.core.suggestions import ArchetypeSuggestion, IndexChange
from scooty.core.waiting import ERASED_MEMBER, ERASED_NAME, Draft, QueuedReport, WaitingWrite
from scooty.domain.ids import ArchetypeId, MemberId, ReportId, RequestId
from scooty.domain.names import fold, name_key, word_key
from scooty.domain.observations import PLAIN, Sighting
from scooty.domain.text import clean
from scooty.features.reports.calls.looking_up import CheckPlayer, PlayerFound

if TYPE_CHECKING:
    from datetime import datetime

    from actors.repository.messages import JsonValue
    from scooty.core.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecorded:
    """The report is stored durably."""

    outcome: Literal["recorded"] = "recorded"
    report_id: ReportId
    card: PlayerCard
    """The player's card with the new report in it."""
    newest_other: Annotated[str | None, JsonField(alias="previous_archetype")] = None
    """The archetype of the newest report before, where that is another one."""
    index_change: IndexChange | None = field(default=None, compare=False, repr=False)
    """What to change in copies of the suggestion index. None when the request was answered before:
    then the card tells of a report that may have been undone since, and copies are read anew."""
    watch_ended_of: MemberId | None = field(default=None, compare=False)
    """Who watched the player until now; None when nobody did, or when it was answered before."""

    @property
    def differs_from(self) -> Standing | None:
        """How the player stood before, when that was on another archetype than the report's."""
        names = {each.observation.report_id: each.archetype for each in self.card.counted}
        before = standing_before(self.card.counted, self.report_id)
        is_other = before is not None and before.archetype != names.get(self.report_id)
        return before if is_other else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeUnknown:
    """Nothing was reported. The rest of the report is kept as a draft for 15 minutes."""

    outcome: Literal["archetype_unknown"] = "archetype_unknown"
    draft_id: RequestId
    nearest: tuple[ArchetypeSuggestion, ...]
    """Up to three, most similar first."""
    retired: str | None = None
    """The archetype that was meant, which the guild reports no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQueued:
    """The database is away: the report is on this machine's disk, to be delivered by itself.

    Who reported is told should the database refuse it in the end.
    """

    report: QueuedReport | None
    """None for a draft whose content only the database knows."""


def _change(answer: object) -> Change:
    match answer:
        case ReportRecorded(index_change=None):
            return ANYTHING_CHANGED
        case ReportRecorded(index_change=IndexChange() as index, card=card):
            known = (CheckPlayer(name=card.name), PlayerFound(card=card))
            return (ReportAdded(index=index, known=known),)
        case _:
            return NOTHING_CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReports(Write[tuple[ReportRecorded | ArchetypeUnknown | NoActiveEvent, ...]]):
    """Store reports in their order, each as `RecordReport` does: all of them, or none."""

    of_caller: ClassVar = ()

    made: tuple[tuple[RequestId, RecordReport], ...]

    @override
    def arguments(self) -> dict[str, JsonValue]:
        reports: list[JsonValue] = [
            {"request_id": request_id, **report.arguments()} for request_id, report in self.made
        ]
        return {"reports": reports}

    @override
    def change(
        self, answer: tuple[ReportRecorded | ArchetypeUnknown | NoActiveEvent, ...]
    ) -> Change:
        changes = [_change(each) for each in answer]
        if ANYTHING_CHANGED in changes:
            return ANYTHING_CHANGED
        return tuple(added for change in changes if isinstance(change, tuple) for added in change)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReport(WaitingWrite[ReportRecorded | ArchetypeUnknown | NoActiveEvent | ReportQueued]):
    """Store a report of the active event, creating the player when unknown."""

    kind: ClassVar = "report"
    together: ClassVar = RecordReports

    reporter_id: MemberId
    reporter_name: str = field(repr=False)
    opponent: str = field(repr=False)
    archetype: str
    """A name or alias, in any case and with or without accents."""
    comment: str | None = field(repr=False)
    sighting: Sighting = PLAIN

    def __post_init__(self) -> None:
        """Keep what people typed as it is stored.

        Raises:
            StorageError: When nothing storable is left of a name, or too much.
        """
        for name, kept in (
            ("reporter_name", stored_name(self.reporter_name)),
            ("opponent", stored_name(self.opponent)),
            ("archetype", clean(self.archetype)),
            ("comment", clean(self.comment or "") or None),
        ):
            object.__setattr__(self, name, kept)

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "reporter_id": self.reporter_id,
            "reporter_name": self.reporter_name,
            "opponent": self.opponent,
            "name_key": name_key(self.opponent),
            "word_key": word_key(self.opponent),
            "archetype_key": fold(self.archetype),
            "archetype_word_key": word_key(self.archetype),
            "comment": self.comment,
            "round": self.sighting.round_number,
            "source": self.sighting.source.value,
            "confidence": self.sighting.confidence.value,
        }

    @override
    def change(self, answer: object) -> Change:
        return _change(answer)

    @property
    @override
    def author_id(self) -> MemberId:
        return self.reporter_id

    @property
    @override
    def player_name(self) -> str:
        return self.opponent

    @override
    def promise(self, queued_at: datetime) -> ReportQueued:
        return ReportQueued(report=self.queued_report(queued_at))

    @override
    def is_done(self, answer: object) -> bool:
        return isinstance(answer, ReportRecorded)

    @override
    def anonymous(self) -> RecordReport:
        return replace(self, reporter_id=ERASED_MEMBER, reporter_name=ERASED_NAME)

    @override
    def queued_report(self, queued_at: datetime) -> QueuedReport:
        return QueuedReport(
            opponent=self.opponent,
            archetype=self.archetype,
            comment=self.comment,
            reporter_id=self.reporter_id,
            reporter_name=self.reporter_name,
            queued_at=queued_at,
            sighting=self.sighting,
        )

    @override
    def draft(self, answer: object) -> Draft | None:
        if not isinstance(answer, ArchetypeUnknown):
            return None
        offered = tuple((near.id, near.name) for near in answer.nearest)
        return Draft(draft_id=answer.draft_id, report=self, offered=offered)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGone:
    """The draft has expired, or is somebody else's; nothing was saved."""

    outcome: Literal["draft_gone"] = "draft_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDraft(WaitingWrite[ReportRecorded | DraftGone | NoActiveEvent | ReportQueued]):
    """Store the draft that `ArchetypeUnknown` kept, with an archetype from its list."""

    kind: ClassVar = "draft"

    draft_id: RequestId
    archetype_id: ArchetypeId
    reporter_id: MemberId
    kept: RecordReport | None = None
    """The draft as a whole, when this process saw it being made."""
    expires_at: Moment | None = None
    """When the database forgets the draft, so that only ``kept`` can be recorded."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "draft_id": self.draft_id,
            "archetype_id": self.archetype_id,
            "reporter_id": self.reporter_id,
        }

    @override
    def change(self, answer: object) -> Change:
        return _change(answer)

    @property
    @override
    def author_id(self) -> MemberId:
        return self.reporter_id

    @property
    @override
    def player_name(self) -> str | None:
        return None if self.kept is None else self.kept.opponent

    @override
    def promise(self, queued_at: datetime) -> ReportQueued:
        return ReportQueued(report=self.queued_report(queued_at))

    @override
    def is_done(self, answer: object) -> bool:
        return isinstance(answer, ReportRecorded)

    @override
    def anonymous(self) -> RecordDraft | None:
        return None if self.kept is None else replace(self, kept=self.kept.anonymous())

    @override
    def queued_report(self, queued_at: datetime) -> QueuedReport | None:
        return None if self.kept is None else self.kept.queued_report(queued_at)

    @property
    @override
    def chosen_draft_id(self) -> RequestId:
        return self.draft_id

    @override
    def with_draft(self, draft: Draft, expires_at: datetime) -> RecordDraft:
        offered, report = dict(draft.offered), draft.report
        if self.archetype_id not in offered or not isinstance(report, RecordReport):
            return self
        if report.reporter_id != self.reporter_id:
            return self
        kept = replace(report, archetype=offered[self.archetype_id])
        return replace(self, kept=kept, expires_at=expires_at)

    @override
    def instead(self, answer: object, now: datetime) -> RecordReport | None:
        """Return the whole report where the database has forgotten the draft.

        One that did not expire is gone because another button of it was pressed.
        """
        if not isinstance(answer, DraftGone) or self.expires_at is None or now < self.expires_at:
            return None
        return self.kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUndone:
    """The report no longer counts."""

    outcome: Literal["undone"] = "undone"
    player_name: str = field(repr=False)
    archetype: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGone:
    """There is no such report in this guild, or it had been undone before."""

    outcome: Literal["report_gone"] = "report_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYourReport:
    """Only its reporter may undo a report."""

    outcome: Literal["not_your_report"] = "not_your_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoQueued:
    """The database is away: the report still counts, and is withdrawn when it is back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport(WaitingWrite[ReportUndone | ReportGone | NotYourReport | UndoQueued]):
    """Withdraw one's own report."""

    kind: ClassVar = "undo"

    report_id: ReportId
    member_id: MemberId

    @override
    def change(self, answer: object) -> Change:
        return ANYTHING_CHANGED if isinstance(answer, ReportUndone) else NOTHING_CHANGED

    @property
    @override
    def author_id(self) -> MemberId:
        return self.member_id

    @override
    def promise(self, queued_at: datetime) -> UndoQueued:
        return UndoQueued()

    @override
    def is_done(self, answer: object) -> bool:
        return isinstance(answer, ReportUndone | ReportGone)

    @override
    def anonymous(self) -> None:
        return None
