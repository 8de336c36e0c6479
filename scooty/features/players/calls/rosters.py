"""Rosters that were read and wait to be applied, kept in the database until then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.imports import ImportGone
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import PlayerId, RequestId
from scooty.domain.names import name_key, word_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.repository.messages import JsonValue
    from scooty.domain.files import Skipped
    from scooty.domain.roster_plan import PlannedPlayer

_LIKELY_KEPT: Final = 25
"""As many as a select offers."""
_SKIPPED_KEPT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """Everybody the guild knows, and the event that is active."""

    event: Event
    names: tuple[tuple[PlayerId, str, str], ...] = field(repr=False)
    """Every spelling of every player, folded, and whose name it is."""

    @property
    def spellings(self) -> list[tuple[PlayerId, str]]:
        """The folded ones."""
        return [(player_id, key) for player_id, key, _ in self.names]

    @property
    def by_id(self) -> dict[PlayerId, str]:
        """The players' names."""
        return {player_id: name for player_id, _, name in self.names}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesForRoster(KnownNames):
    """What a roster is matched with."""

    outcome: Literal["roster_names"] = "roster_names"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterNames(Read[NamesForRoster | NoActiveEvent]):
    """Every spelling of every player, and the active event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyPlayer:
    """A name of the roster that is like that of a player, who may be somebody else."""

    place: int
    """In the roster, from 0."""
    name: str = field(repr=False)
    player: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedLine:
    """A line of which nothing was taken."""

    number: int
    reason: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSummary:
    """What is in a roster."""

    event: str
    total: int
    known: int
    skipped_count: int
    skipped: tuple[SkippedLine, ...]
    """The first ones."""
    likely_count: int
    likely: tuple[LikelyPlayer, ...]
    """The likeliest, at most 25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterKept:
    """What an import would do."""

    outcome: Literal["import_kept"] = "import_kept"
    import_id: RequestId
    expires_at: Moment
    summary: RosterSummary
    chosen: frozenset[int]
    """The places of those of whom a person said that they are the player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRoster(Write[RosterKept | ImportGone]):
    """Keep a roster for 15 minutes."""

    function: ClassVar = "keep_import"

    content: JsonValue = field(repr=False)
    """As `roster_content` writes it."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"kind": "roster", "content": self.content}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRosterPlayers(Write[RosterKept | ImportGone]):
    """Note which names, by their places, are the players whom they are like."""

    import_id: RequestId
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterApplied:
    """Everybody is on the event's roster."""

    outcome: Literal["roster_applied"] = "roster_applied"
    event: str
    created: int
    """Players whom the guild did not know."""
    listed: int
    """All on the event's roster now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyRoster(Write[RosterApplied | ImportGone]):
    """Put everybody on the roster, in one transaction."""

    is_large: ClassVar = True

    import_id: RequestId


def roster_content(
    known: KnownNames, planned: Sequence[PlannedPlayer], skipped: Sequence[Skipped]
) -> JsonValue:
    """Write a matched roster as it is kept: on a thread, since it folds thousands of names."""
    return {
        "event_id": known.event.id,
        "entries": [person_fields(place, each) for place, each in enumerate(planned)],
        "summary": _summary(known, planned, skipped),
    }


def person_fields(place: int, planned: PlannedPlayer) -> dict[str, JsonValue]:
    """Write one matched name as it is kept."""
    handle = planned.person.username or ""
    return {
        "place": place,
        "name": planned.person.name,
        "name_key": name_key(planned.person.name),
        "word_key": word_key(planned.person.name),
        "handle_key": name_key(handle),
        "handle_word_key": word_key(handle),
        "player_id": planned.player_id,
        "likely_id": None if planned.likely is None else planned.likely.player_id,
    }


def skipped_fields(skipped: Sequence[Skipped]) -> list[JsonValue]:
    """Write the first lines of which nothing was taken as they are kept."""
    return [
        {"number": each.number, "reason": each.reason.value, "text": each.text}
        for each in skipped[:_SKIPPED_KEPT]
    ]


def _summary(
    known: KnownNames, planned: Sequence[PlannedPlayer], skipped: Sequence[Skipped]
) -> JsonValue:
    names = known.by_id
    likely = sorted(
        (-each.likely.likeness, place, each.person.name, names[each.likely.player_id])
        for place, each in enumerate(planned)
        if each.likely is not None
    )
    return {
        "event": known.event.name,
        "total": len(planned),
        "known": sum(each.player_id is not None for each in planned),
        "skipped_count": len(skipped),
        "skipped": skipped_fields(skipped),
        "likely_count": len(likely),
        "likely": [
            {"place": place, "name": name, "player": player}
            for _, place, name, player in likely[:_LIKELY_KEPT]
        ],
    }
