"""Rosters that were read and wait to be applied, kept in the database until then."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.core.storage import json_fields as read
from scooty.core.storage.imports import ImportBook, ImportGone
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, GuildId, PlayerId, RequestId
from scooty.domain.names import name_key, word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.domain.files import Skipped
    from scooty.domain.roster_plan import PlannedPlayer

_ROSTER: Final = "roster"
_LIKELY_KEPT: Final = 25
"""As many as a select offers."""
_SKIPPED_KEPT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """Everybody the guild knows, and the event that is active."""

    event_id: EventId
    event_name: str
    spellings: tuple[tuple[PlayerId, str], ...] = field(repr=False)
    """Folded."""
    names: Mapping[PlayerId, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyPlayer:
    """A name of the roster that is like that of a player, who may be somebody else."""

    place: int
    """In the roster, from 0."""
    name: str = field(repr=False)
    player: str = field(repr=False)
    is_chosen: bool
    """A person said that it is the player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedLine:
    """A line of which nothing was taken."""

    number: int
    reason: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterKept:
    """What an import would do."""

    import_id: RequestId
    expires_at: datetime
    event_name: str
    total: int
    known: int
    skipped_count: int
    skipped: tuple[SkippedLine, ...]
    """The first ones."""
    likely_count: int
    likely: tuple[LikelyPlayer, ...]
    """The likeliest, at most 25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterApplied:
    """Everybody is on the event's roster."""

    event_name: str
    created: int
    """Players whom the guild did not know."""
    listed: int
    """All on the event's roster now."""


NamesOutcome: TypeAlias = KnownNames | NoActiveEvent
KeepOutcome: TypeAlias = RosterKept | ImportGone
ApplyOutcome: TypeAlias = RosterApplied | ImportGone


class RosterBook(ImportBook):
    """The book of rosters."""

    async def read_names(self, *, guild_id: GuildId) -> NamesOutcome:
        """Return every spelling of every player, and the active event."""
        value = await self._calls.read("roster_names", guild_id=guild_id)
        return _OUTCOMES.decode(value, KnownNames, NoActiveEvent)

    async def keep(self, caller: Caller, *, content: JsonValue) -> KeepOutcome:
        """Keep a roster for 15 minutes, as `roster_content` writes it."""
        value = await self._write("keep_import", caller, kind=_ROSTER, content=content)
        return _OUTCOMES.decode(value, RosterKept, ImportGone)

    async def choose(
        self, caller: Caller, *, import_id: RequestId, chosen: Iterable[int]
    ) -> KeepOutcome:
        """Note which names, by their places, are the players whom they are like."""
        value = await self._write(
            "choose_roster_players", caller, import_id=import_id, chosen=list(chosen)
        )
        return _OUTCOMES.decode(value, RosterKept, ImportGone)

    async def apply(self, caller: Caller, *, import_id: RequestId) -> ApplyOutcome:
        """Put everybody on the roster, in one transaction."""
        value = await self._write("apply_roster", caller, import_id=import_id)
        return _OUTCOMES.decode(value, RosterApplied, ImportGone)


def roster_content(
    known: KnownNames, planned: Sequence[PlannedPlayer], skipped: Sequence[Skipped]
) -> JsonValue:
    """Write a matched roster as it is kept: on a thread, since it folds thousands of names."""
    return {
        "event_id": known.event_id,
        "entries": [person_fields(place, each) for place, each in enumerate(planned)],
        "summary": _summary(known, planned, skipped),
    }


def known_names(fields: Mapping[str, JsonValue]) -> KnownNames:
    """Decode the names of everybody, and the active event."""
    event = read.object_of(fields.get("event"), "event")
    rows = _rows(fields.get("names"))
    return KnownNames(
        event_id=EventId(read.field(event, "id", int)),
        event_name=read.field(event, "name", str),
        spellings=tuple((player_id, key) for player_id, key, _ in rows),
        names={player_id: name for player_id, _, name in rows},
    )


def _rows(value: JsonValue) -> list[tuple[PlayerId, str, str]]:
    rows: list[tuple[PlayerId, str, str]] = []
    if not isinstance(value, list):
        raise read.unexpected("names", "a list")
    for row in value:
        match row:
            case [int() as player_id, str() as key, str() as name]:
                rows.append((PlayerId(player_id), key, name))
            case _:
                raise read.unexpected("names", "rows of names")
    return rows


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


def _summary(
    known: KnownNames, planned: Sequence[PlannedPlayer], skipped: Sequence[Skipped]
) -> JsonValue:
    likely = sorted(
        (-each.likely.likeness, place, each.person.name, known.names[each.likely.player_id])
        for place, each in enumerate(planned)
        if each.likely is not None
    )
    return {
        "event": known.event_name,
        "total": len(planned),
        "known": sum(each.player_id is not None for each in planned),
        "skipped_count": len(skipped),
        "skipped": [
            {"number": each.number, "reason": each.reason.value, "text": each.text}
            for each in skipped[:_SKIPPED_KEPT]
        ],
        "likely_count": len(likely),
        "likely": [
            {"place": place, "name": name, "player": player}
            for _, place, name, player in likely[:_LIKELY_KEPT]
        ],
    }


def _kept(fields: Mapping[str, JsonValue]) -> RosterKept:
    summary = read.object_of(fields.get("summary"), "summary")
    chosen = frozenset(read.numbers(fields, "chosen"))
    return RosterKept(
        import_id=RequestId(read.field(fields, "import_id", int)),
        expires_at=read.moment(fields, "expires_at"),
        event_name=read.field(summary, "event", str),
        total=read.field(summary, "total", int),
        known=read.field(summary, "known", int),
        skipped_count=read.field(summary, "skipped_count", int),
        skipped=read.each(summary.get("skipped"), "skipped", skipped_line),
        likely_count=read.field(summary, "likely_count", int),
        likely=read.each(summary.get("likely"), "likely", lambda each: likely_player(each, chosen)),
    )


def skipped_line(fields: Mapping[str, JsonValue]) -> SkippedLine:
    """Decode a line of which nothing was taken."""
    return SkippedLine(
        number=read.field(fields, "number", int),
        reason=read.field(fields, "reason", str),
        text=read.field(fields, "text", str),
    )


def likely_player(fields: Mapping[str, JsonValue], chosen: frozenset[int]) -> LikelyPlayer:
    """Decode a name that is only alike, and whether it was chosen."""
    place = read.field(fields, "place", int)
    return LikelyPlayer(
        place=place,
        name=read.field(fields, "name", str),
        player=read.field(fields, "player", str),
        is_chosen=place in chosen,
    )


def _applied(fields: Mapping[str, JsonValue]) -> RosterApplied:
    return RosterApplied(
        event_name=read.field(fields, "event", str),
        created=read.field(fields, "created", int),
        listed=read.field(fields, "listed", int),
    )


_OUTCOMES: Final = Outcomes(
    {
        "roster_names": known_names,
        "no_active_event": lambda _: NoActiveEvent(),
        "import_kept": _kept,
        "import_gone": lambda _: ImportGone(),
        "roster_applied": _applied,
    }
)
