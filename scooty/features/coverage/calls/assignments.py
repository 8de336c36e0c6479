"""Who watches whom: nobody is watched twice, and a report ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage import json_fields as read
from scooty.core.storage.book import Book
from scooty.core.storage.card_decoding import event_of
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, GuildId, MemberId, PlayerId
from scooty.domain.watch_order import Teammate
from scooty.features.coverage.calls.assignment_values import (
    Assigned,
    Coverage,
    Hindrance,
    NotAssigned,
    NotWatched,
    NotYourAssignment,
    Released,
    RoundUnknown,
    WatchedAlready,
    WatchedPlayer,
)
from scooty.features.coverage.rules import FieldPlayer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.features.coverage.calls.assignment_values import (
        AssignOutcome,
        CoverageOutcome,
        ReleaseOutcome,
    )


class AssignmentBook(Book):
    """The assignments of every guild."""

    async def read_coverage(
        self,
        *,
        guild_id: GuildId,
        event_id: EventId | None = None,
        round_number: int | None = None,
    ) -> CoverageOutcome:
        """Return who plays in a round; the active event's newest one unless others are named."""
        value = await self._calls.read(
            "read_coverage", guild_id=guild_id, event_id=event_id, round=round_number
        )
        return _OUTCOMES.decode(value, Coverage, RoundUnknown, EventUnknown, NoActiveEvent)

    async def assign(  # noqa: PLR0913 - who lets whom watch whom, by name
        self,
        caller: Caller,
        *,
        event_id: EventId | None,
        player_ids: Sequence[PlayerId],
        watcher_id: MemberId,
        watcher_name: str | None = None,
        instead: bool = False,
    ) -> AssignOutcome:
        """Let a member watch the first of some players who may be watched.

        Args:
            caller: Who says so.
            event_id: Which must be the active one; None says so.
            player_ids: The first who is free is taken; of one alone it is said why they are not.
            watcher_id: Who watches.
            watcher_name: What they are called; None when only storage may know.
            instead: In the place of whoever watches the player now.
        """
        value = await self._write(
            "assign_player",
            caller,
            event_id=event_id,
            player_ids=list(player_ids),
            watcher_id=watcher_id,
            watcher_name=watcher_name,
            instead=instead,
        )
        return _ASSIGN.decode(value, Assigned, WatchedAlready, NotAssigned)

    async def release(
        self, caller: Caller, *, event_id: EventId, player_id: PlayerId
    ) -> ReleaseOutcome:
        """Let nobody watch a player any more; a captain may for anybody."""
        value = await self._write(
            "release_player",
            caller,
            as_captain=caller.as_captain,
            event_id=event_id,
            player_id=player_id,
        )
        return _OUTCOMES.decode(value, Released, NotWatched, NotYourAssignment)


def _coverage(fields: Mapping[str, JsonValue]) -> Coverage:
    return Coverage(
        event=event_of(read.object_of(fields.get("event"), "event")),
        is_active=read.field(fields, "is_active", bool),
        round_number=read.number_or_none(fields, "round"),
        players=tuple(_players(fields.get("players"))),
        team=read.each(fields.get("team"), "team", _teammate),
        watches=read.each(fields.get("watches"), "watches", _watched),
    )


def _players(value: JsonValue) -> list[FieldPlayer]:
    if not isinstance(value, list):
        raise read.unexpected("players", "a list")
    return [_player(row) for row in value]


def _player(row: JsonValue) -> FieldPlayer:
    """Decode a row: thousands come at once, so they have no names of fields."""
    match row:
        case [
            int() as player_id,
            str() | None as name,
            int() | None as table,
            int() | None as seat,
            int() | None as opponent_id,
            int() | None as points,
            int() | None as rank,
            bool() as is_known,
            int() | None as watcher_id,
            bool() as is_team,
        ]:
            return FieldPlayer(
                player_id=PlayerId(player_id),
                name=name or "",
                table=table,
                seat=seat,
                opponent_id=None if opponent_id is None else PlayerId(opponent_id),
                points=points,
                rank=rank,
                is_known=is_known,
                watcher_id=None if watcher_id is None else MemberId(watcher_id),
                is_team=is_team,
            )
        case _:
            raise read.unexpected("players", "rows of players")


def _teammate(fields: Mapping[str, JsonValue]) -> Teammate:
    return Teammate(
        member_id=_member(fields),
        points=read.number_or_none(fields, "points"),
        rank=read.number_or_none(fields, "rank"),
        table=read.number_or_none(fields, "table_number"),
        met=frozenset(PlayerId(each) for each in read.numbers(fields, "met")),
    )


def _watched(fields: Mapping[str, JsonValue]) -> WatchedPlayer:
    return WatchedPlayer(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        name=read.field(fields, "name", str),
        member_id=_member(fields),
        table=read.number_or_none(fields, "table_number"),
    )


def _member(fields: Mapping[str, JsonValue]) -> MemberId:
    return MemberId(read.field(fields, "member_id", int))


def _assigned(fields: Mapping[str, JsonValue]) -> Assigned:
    before = read.number_or_none(fields, "instead_of")
    return Assigned(
        event_id=EventId(read.field(fields, "event_id", int)),
        player_id=PlayerId(read.field(fields, "player_id", int)),
        name=read.field(fields, "name", str),
        member_id=_member(fields),
        instead_of=None if before is None else MemberId(before),
        table=read.number_or_none(fields, "table_number"),
        watching=read.field(fields, "watching", int),
    )


def _watched_already(fields: Mapping[str, JsonValue]) -> WatchedAlready:
    return WatchedAlready(
        event_id=EventId(read.field(fields, "event_id", int)),
        player_id=PlayerId(read.field(fields, "player_id", int)),
        name=read.field(fields, "name", str),
        member_id=_member(fields),
        since=read.moment(fields, "since"),
    )


def _not_assigned(fields: Mapping[str, JsonValue]) -> NotAssigned:
    named = "name" in fields
    return NotAssigned(
        why=read.one_of(Hindrance, fields, "outcome"),
        name=read.field(fields, "name", str) if named else "",
    )


_ASSIGN: Final = Outcomes(
    {
        "assigned": _assigned,
        "watched_already": _watched_already,
        **dict.fromkeys(Hindrance, _not_assigned),
    }
)
_OUTCOMES: Final = Outcomes(
    {
        "coverage": _coverage,
        "round_unknown": lambda fields: RoundUnknown(newest=read.number_or_none(fields, "newest")),
        "event_unknown": lambda _: EventUnknown(),
        "no_active_event": lambda _: NoActiveEvent(),
        "released": lambda fields: Released(
            name=read.field(fields, "name", str), member_id=_member(fields)
        ),
        "not_watched": lambda _: NotWatched(),
        "not_your_assignment": lambda fields: NotYourAssignment(
            name=read.field(fields, "name", str), member_id=_member(fields)
        ),
    }
)
