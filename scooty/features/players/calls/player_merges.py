"""Two players who are one person: seen before it is done, done in one transaction, undone again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field as JsonField

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.domain.ids import MemberId, PlayerId
from scooty.domain.observations import Observation
from scooty.features.players.calls.players import GuildPlayer, PlayerGone, PlayerMerged


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOf(Observation):
    """One report, and of which of the two."""

    player_id: PlayerId
    archetype: str
    reported_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTogether:
    """What both reports of an event would come to."""

    name: str
    seen: Annotated[tuple[SeenOf, ...], JsonField(alias="observations")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSide(GuildPlayer):
    """One of the two."""

    name_keys: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What would be brought together."""

    outcome: Literal["merge_preview"] = "merge_preview"
    kept: MergeSide
    merged: MergeSide
    events: tuple[EventTogether, ...]
    """Those of the merged player, the active one first, then the newest; at most ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePlayer:
    """Both are one player already."""

    outcome: Literal["same_player"] = "same_player"


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSeated:
    """They are two people: both sit in one round."""

    outcome: Literal["both_seated"] = "both_seated"
    kept: str = field(repr=False)
    merged: str = field(repr=False)
    event: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BothLinked:
    """Two members of the team are linked to them."""

    outcome: Literal["both_linked"] = "both_linked"
    kept: str = field(repr=False)
    merged: str = field(repr=False)


MergeRefusal: TypeAlias = SamePlayer | PlayerMerged | PlayerGone | BothSeated | BothLinked


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewMerge(Read[MergePreview | MergeRefusal]):
    """What a merge would bring together; nothing is changed."""

    kept_player_id: PlayerId
    merged_player_id: PlayerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One player is the other one's name now."""

    outcome: Literal["merged"] = "merged"
    merge_id: int
    kept: str = field(repr=False)
    merged: str = field(repr=False)
    reports: int
    """That changed hands."""
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlayers(Write[Merged | MergeRefusal]):
    """Make one player the other one's name."""

    kept_player_id: PlayerId
    merged_player_id: PlayerId


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUndone:
    """They are two again."""

    outcome: Literal["merge_undone"] = "merge_undone"
    merge_id: int
    kept: str = field(repr=False)
    merged: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterMerge:
    """Another merge of the same player came later, and has to be undone before."""

    outcome: Literal["later_merge"] = "later_merge"
    merge_id: int
    kept: str = field(repr=False)
    merged: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeGone:
    """There is no such merge, or it was undone before."""

    outcome: Literal["merge_gone"] = "merge_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMerge(Write[MergeUndone | LaterMerge | MergeGone]):
    """Make them two again, as they were but for what was reported since."""

    merge_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingMerge:
    """A merge that may be undone."""

    merge_id: int
    kept: str = field(repr=False)
    merged: str = field(repr=False)
    merged_at: Moment
    merged_by: MemberId
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMerges(Read[tuple[StandingMerge, ...]]):
    """The merges that may be undone, newest first, at most 25."""
