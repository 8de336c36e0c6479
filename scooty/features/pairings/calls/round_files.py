"""Pairings and standings that were read and wait to be applied, kept in the database until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.core.storage import json_fields as read
from scooty.core.storage.imports import ImportBook, ImportGone
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, PlayerId, RequestId
from scooty.features.pairings.calls.round_file_values import (
    ImportChanged,
    PairingsApplied,
    RoundCounts,
    RoundFileKept,
    RoundFileNames,
    RoundFileOutcome,
    RoundFrom,
    RoundMode,
    StandingsApplied,
)
from scooty.features.players.calls.rosters import known_names, likely_player, skipped_line
from scooty.features.reports.calls.report_imports import EventOver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.features.pairings.calls.round_file_values import RoundFileKind
    from scooty.features.pairings.rules import Identity

NamesOutcome: TypeAlias = RoundFileNames | NoActiveEvent | ImportGone
ApplyPairingsOutcome: TypeAlias = PairingsApplied | RoundFileKept | EventOver | ImportGone
ApplyStandingsOutcome: TypeAlias = StandingsApplied | EventOver | ImportGone


class RoundFiles(ImportBook):
    """The book of what is imported round by round."""

    async def read_names(
        self, caller: Caller, *, kind: RoundFileKind, import_id: RequestId | None = None
    ) -> NamesOutcome:
        """Return everybody known and, for one more paste, what is in the import already."""
        value = await self._calls.read(
            "round_file_names",
            guild_id=caller.guild_id,
            member_id=caller.member_id,
            kind=kind,
            import_id=import_id,
        )
        return _OUTCOMES.decode(value, RoundFileNames, NoActiveEvent, ImportGone)

    async def keep(
        self, caller: Caller, *, kind: RoundFileKind, content: JsonValue
    ) -> RoundFileOutcome:
        """Keep a file for 15 minutes, as `round_file_content` writes it."""
        value = await self._write("keep_round_file", caller, kind=kind, content=content)
        return _OUTCOMES.decode(value, RoundFileKept, ImportGone)

    async def add(
        self, caller: Caller, *, kind: RoundFileKind, import_id: RequestId, content: JsonValue
    ) -> RoundFileOutcome | ImportChanged:
        """Add one more paste to an import, unless another one was added since it was matched."""
        value = await self._write(
            "add_to_round_file", caller, kind=kind, import_id=import_id, content=content
        )
        return _OUTCOMES.decode(value, RoundFileKept, ImportGone, ImportChanged)

    async def choose(
        self, caller: Caller, *, kind: RoundFileKind, import_id: RequestId, chosen: Iterable[int]
    ) -> RoundFileOutcome:
        """Note which names, by their places, are the players whom they are like."""
        value = await self._write(
            "choose_in_round_file", caller, kind=kind, import_id=import_id, chosen=list(chosen)
        )
        return _OUTCOMES.decode(value, RoundFileKept, ImportGone)

    async def number(
        self, caller: Caller, *, import_id: RequestId, round_number: int
    ) -> RoundFileOutcome:
        """Say which round pairings are of that do not say it themselves."""
        value = await self._write(
            "number_round_file", caller, import_id=import_id, round=round_number
        )
        return _OUTCOMES.decode(value, RoundFileKept, ImportGone)

    async def apply_pairings(
        self, caller: Caller, *, import_id: RequestId, mode: RoundMode
    ) -> ApplyPairingsOutcome:
        """Pair everybody, in one transaction; a round that is there is kept unless ``mode`` says.

        Returns:
            What was done; the preview when the round is there and nobody said what becomes of it.
        """
        value = await self._write("apply_pairings", caller, import_id=import_id, mode=mode.value)
        return _OUTCOMES.decode(value, PairingsApplied, RoundFileKept, EventOver, ImportGone)

    async def apply_standings(
        self, caller: Caller, *, import_id: RequestId
    ) -> ApplyStandingsOutcome:
        """Put standings in the place of the event's, in one transaction."""
        value = await self._write("apply_standings", caller, import_id=import_id)
        return _OUTCOMES.decode(value, StandingsApplied, EventOver, ImportGone)


def _names(fields: Mapping[str, JsonValue]) -> RoundFileNames:
    taken = fields.get("taken")
    if not isinstance(taken, list):
        raise read.unexpected("taken", "a list")
    round_from = fields.get("round_from")
    return RoundFileNames(
        known=known_names(fields),
        linked=frozenset(PlayerId(each) for each in read.numbers(fields, "linked")),
        current_round=read.number_or_none(fields, "current_round"),
        number=read.number_or_none(fields, "round"),
        round_from=None if round_from is None else read.one_of(RoundFrom, fields, "round_from"),
        taken=tuple(map(_identity, taken)),
    )


def _identity(value: JsonValue) -> Identity:
    match value:
        case [int() as player_id, str()]:
            return PlayerId(player_id)
        case [None, str() as key]:
            return key
        case _:
            raise read.unexpected("taken", "rows of players")


def _kept(fields: Mapping[str, JsonValue]) -> RoundFileKept:
    chosen = frozenset(read.numbers(fields, "chosen"))
    round_from = fields.get("round_from")
    return RoundFileKept(
        import_id=RequestId(read.field(fields, "import_id", int)),
        expires_at=read.moment(fields, "expires_at"),
        event_name=read.field(fields, "event", str),
        number=read.number_or_none(fields, "round"),
        round_from=None if round_from is None else read.one_of(RoundFrom, fields, "round_from"),
        told=read.numbers(fields, "told"),
        elsewhere=read.field(fields, "elsewhere", int),
        is_there=read.field(fields, "is_there", bool),
        counts=_counts(read.object_of(fields.get("counts"), "counts")),
        skipped_count=read.field(fields, "skipped_count", int),
        skipped=read.each(fields.get("skipped"), "skipped", skipped_line),
        likely_count=read.field(fields, "likely_count", int),
        likely=read.each(fields.get("likely"), "likely", lambda each: likely_player(each, chosen)),
    )


def _counts(fields: Mapping[str, JsonValue]) -> RoundCounts:
    return RoundCounts(
        tables=read.field(fields, "tables", int),
        byes=read.field(fields, "byes", int),
        players=read.field(fields, "players", int),
        new_players=read.field(fields, "new_players", int),
        teammates=read.field(fields, "teammates", int),
        paired=read.field(fields, "paired", int),
        known=read.field(fields, "known", int),
        left_out=read.field(fields, "left_out", int),
    )


def _pairings_applied(fields: Mapping[str, JsonValue]) -> PairingsApplied:
    return PairingsApplied(
        event_id=EventId(read.field(fields, "event_id", int)),
        event_name=read.field(fields, "event", str),
        number=read.field(fields, "round", int),
        counts=_counts(fields),
        unpaired=read.field(fields, "unpaired", int),
    )


def _standings_applied(fields: Mapping[str, JsonValue]) -> StandingsApplied:
    return StandingsApplied(event_name=read.field(fields, "event", str), counts=_counts(fields))


_OUTCOMES: Final = Outcomes(
    {
        "round_file_names": _names,
        "no_active_event": lambda _: NoActiveEvent(),
        "round_file_kept": _kept,
        "import_changed": lambda _: ImportChanged(),
        "import_gone": lambda _: ImportGone(),
        "event_over": lambda fields: EventOver(event_name=read.field(fields, "event", str)),
        "pairings_applied": _pairings_applied,
        "standings_applied": _standings_applied,
    }
)
