"""Two players who are one person: seen before it is done, done in one transaction, undone again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.core.storage import json_fields as read
from scooty.core.storage.book import Book
from scooty.core.storage.outcomes import Outcomes
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, PlayerId, ReportId
from scooty.domain.observations import Confidence, Observation, Source
from scooty.features.players.calls.player_values import PlayerGone, PlayerMerged
from scooty.features.players.calls.players import guild_player, player_merged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.features.players.calls.player_values import GuildPlayer


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOf:
    """One report, and of which of the two."""

    player_id: PlayerId
    archetype: str
    observation: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTogether:
    """What both reports of an event would come to."""

    name: str
    seen: tuple[SeenOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSide:
    """One of the two."""

    player: GuildPlayer
    name_keys: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What would be brought together."""

    kept: MergeSide
    merged: MergeSide
    events: tuple[EventTogether, ...]
    """Those of the merged player, the active one first, then the newest; at most ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePlayer:
    """Both are one player already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSeated:
    """They are two people: both sit in one round."""

    kept: str = field(repr=False)
    merged: str = field(repr=False)
    event: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BothLinked:
    """Two members of the team are linked to them."""

    kept: str = field(repr=False)
    merged: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One player is the other one's name now."""

    merge_id: int
    kept: str = field(repr=False)
    merged: str = field(repr=False)
    reports: int
    """That changed hands."""
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUndone:
    """They are two again."""

    kept: str = field(repr=False)
    merged: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterMerge:
    """Another merge of the same player came later, and has to be undone before."""

    merge_id: int
    kept: str = field(repr=False)
    merged: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeGone:
    """There is no such merge, or it was undone before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingMerge:
    """A merge that may be undone."""

    merge_id: int
    kept: str = field(repr=False)
    merged: str = field(repr=False)
    merged_at: datetime
    merged_by: MemberId
    reports: int


MergeRefusal: TypeAlias = SamePlayer | PlayerMerged | PlayerGone | BothSeated | BothLinked
PreviewOutcome: TypeAlias = MergePreview | MergeRefusal
MergeOutcome: TypeAlias = Merged | MergeRefusal
UndoMergeOutcome: TypeAlias = MergeUndone | LaterMerge | MergeGone


class PlayerMerges(Book):
    """The book of merged players."""

    async def preview(
        self, *, guild_id: GuildId, kept_id: PlayerId, merged_id: PlayerId
    ) -> PreviewOutcome:
        """Tell what a merge would bring together; nothing is changed."""
        value = await self._calls.read(
            "preview_merge", guild_id=guild_id, kept_player_id=kept_id, merged_player_id=merged_id
        )
        return _OUTCOMES.decode(value, MergePreview, *_REFUSALS)

    async def merge(
        self, caller: Caller, *, kept_id: PlayerId, merged_id: PlayerId
    ) -> MergeOutcome:
        """Make one player the other one's name."""
        value = await self._write(
            "merge_players", caller, kept_player_id=kept_id, merged_player_id=merged_id
        )
        return _OUTCOMES.decode(value, Merged, *_REFUSALS)

    async def undo(self, caller: Caller, *, merge_id: int) -> UndoMergeOutcome:
        """Make them two again, as they were but for what was reported since."""
        value = await self._write("undo_merge", caller, merge_id=merge_id)
        return _OUTCOMES.decode(value, MergeUndone, LaterMerge, MergeGone)

    async def list_standing(self, *, guild_id: GuildId) -> tuple[StandingMerge, ...]:
        """Return the merges that may be undone, newest first, at most 25."""
        value = await self._calls.read("list_merges", guild_id=guild_id)
        return read.each(value, "the answer", _standing)


def _preview(fields: Mapping[str, JsonValue]) -> MergePreview:
    return MergePreview(
        kept=_side(fields, "kept"),
        merged=_side(fields, "merged"),
        events=read.each(fields.get("events"), "events", _event),
    )


def _side(fields: Mapping[str, JsonValue], name: str) -> MergeSide:
    side = read.object_of(fields.get(name), name)
    return MergeSide(player=guild_player(side), name_keys=read.texts(side, "name_keys"))


def _event(fields: Mapping[str, JsonValue]) -> EventTogether:
    return EventTogether(
        name=read.field(fields, "name", str),
        seen=read.each(fields.get("observations"), "observations", _seen),
    )


def _seen(fields: Mapping[str, JsonValue]) -> SeenOf:
    erased = fields.get("reporter_id") is None
    return SeenOf(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        archetype=read.field(fields, "archetype", str),
        observation=Observation(
            report_id=ReportId(read.field(fields, "report_id", int)),
            archetype_id=ArchetypeId(read.field(fields, "archetype_id", int)),
            source=read.one_of(Source, fields, "source"),
            confidence=read.one_of(Confidence, fields, "confidence"),
            reported_at=read.moment(fields, "reported_at"),
            reporter_id=None if erased else MemberId(read.field(fields, "reporter_id", int)),
        ),
    )


def _standing(fields: Mapping[str, JsonValue]) -> StandingMerge:
    return StandingMerge(
        merge_id=read.field(fields, "merge_id", int),
        kept=read.field(fields, "kept", str),
        merged=read.field(fields, "merged", str),
        merged_at=read.moment(fields, "merged_at"),
        merged_by=MemberId(read.field(fields, "merged_by", int)),
        reports=read.field(fields, "reports", int),
    )


def _merged(fields: Mapping[str, JsonValue]) -> Merged:
    return Merged(
        merge_id=read.field(fields, "merge_id", int),
        kept=read.field(fields, "kept", str),
        merged=read.field(fields, "merged", str),
        reports=read.field(fields, "reports", int),
        events=read.field(fields, "events", int),
    )


def _undone(fields: Mapping[str, JsonValue]) -> MergeUndone:
    return MergeUndone(
        kept=read.field(fields, "kept", str), merged=read.field(fields, "merged", str)
    )


def _later(fields: Mapping[str, JsonValue]) -> LaterMerge:
    return LaterMerge(
        merge_id=read.field(fields, "merge_id", int),
        kept=read.field(fields, "kept", str),
        merged=read.field(fields, "merged", str),
    )


def _both_seated(fields: Mapping[str, JsonValue]) -> BothSeated:
    return BothSeated(
        kept=read.field(fields, "kept", str),
        merged=read.field(fields, "merged", str),
        event=read.field(fields, "event", str),
        round=read.field(fields, "round", int),
    )


def _both_linked(fields: Mapping[str, JsonValue]) -> BothLinked:
    return BothLinked(
        kept=read.field(fields, "kept", str), merged=read.field(fields, "merged", str)
    )


_REFUSALS: Final = (SamePlayer, PlayerMerged, PlayerGone, BothSeated, BothLinked)
_OUTCOMES: Final = Outcomes(
    {
        "merge_preview": _preview,
        "merged": _merged,
        "merge_undone": _undone,
        "later_merge": _later,
        "merge_gone": lambda _: MergeGone(),
        "both_seated": _both_seated,
        "both_linked": _both_linked,
        "same_player": lambda _: SamePlayer(),
        "player_merged": player_merged,
        "player_gone": lambda _: PlayerGone(),
    }
)
