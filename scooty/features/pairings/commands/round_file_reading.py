"""Reading pairings and standings: parsed, matched and written down, away from the event loop."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.files import FileTooLarge, Reason, parse_pairings, parse_standings
from scooty.domain.observations import LAST_ROUND
from scooty.domain.roster_plan import plan_people
from scooty.features.pairings.calls.round_file_content import RoundTold, round_file_content
from scooty.features.pairings.calls.round_files import RoundFrom
from scooty.features.pairings.rules import Lot, take_round, together_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.repository.messages import JsonValue
    from scooty.domain.files import PairingEntry, Person, Skipped, StandingEntry
    from scooty.domain.ids import RequestId
    from scooty.features.pairings.calls.round_files import NamesForRound
    from scooty.features.pairings.rules import RoundTaken

MOST_PLAYERS: Final = 5_000
"""More than the largest tournament has; in one transaction within the time that a call has."""
_MOST_LINES: Final = 20_000
"""Of text: more is no round, and would keep the processor for seconds."""
_BREATH_S: Final = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file or a paste, and what is known about it."""

    content: bytes | str
    request_id: RequestId
    asked: int | None = None
    """The round that a person named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMuch:
    """It is no round's size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingTaken:
    """Nobody in it can be used."""

    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRound:
    """It tells of other rounds than the one that is wanted."""

    wanted: int
    told: tuple[int, ...]


Taken: TypeAlias = "dict[str, JsonValue] | TooMuch | NothingTaken | OtherRound"
"""What is kept of a file, or why nothing is."""


def read_pairings(file: ReadFile, names: NamesForRound) -> Taken:
    """Take one round's pairings; of one more paste, those of the round that the import is of."""
    if _is_too_long(file.content):
        return TooMuch()
    parsed = parse_pairings(file.content)
    if isinstance(parsed, FileTooLarge):
        return TooMuch()
    is_open = names.round_from in (None, RoundFrom.PROPOSED)
    taken = take_round(parsed.entries, file.asked if is_open else names.number)
    number, told = taken.number, taken.told
    # A person who names the round knows better than a file of one; an earlier paste does not.
    may_differ = names.round_from is not RoundFrom.FILE and len(told) <= 1
    if number is not None and told and number not in told and not may_differ:
        return OtherRound(wanted=number, told=told)
    lots = [
        (each.number, each, tuple(person for side in each.sides for person in side.people))
        for each in taken.entries
    ]
    return _keep(file, names, lots, parsed.skipped, _told(taken, file, names))


def _told(taken: RoundTaken, file: ReadFile, names: NamesForRound) -> RoundTold:
    number = taken.number or names.number or min((names.current_round or 0) + 1, LAST_ROUND)
    return RoundTold(
        number=number,
        round_from=_round_from(taken, file, names),
        told=taken.told,
        elsewhere=taken.elsewhere,
    )


def _round_from(taken: RoundTaken, file: ReadFile, names: NamesForRound) -> RoundFrom:
    if names.round_from is not None and names.round_from is not RoundFrom.PROPOSED:
        return names.round_from
    if file.asked is not None:
        return RoundFrom.OPTION
    return RoundFrom.FILE if taken.told else RoundFrom.PROPOSED


def read_standings(file: ReadFile, names: NamesForRound) -> Taken:
    """Take standings."""
    if _is_too_long(file.content):
        return TooMuch()
    parsed = parse_standings(file.content)
    if isinstance(parsed, FileTooLarge):
        return TooMuch()
    lots = [(each.number, each, each.people) for each in parsed.entries]
    return _keep(file, names, lots, parsed.skipped, None)


def _is_too_long(content: bytes | str) -> bool:
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    is_json = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return not is_json and raw.count(b"\n") + raw.count(b"\r") > _MOST_LINES


def _keep(
    file: ReadFile,
    names: NamesForRound,
    found: Sequence[tuple[int, PairingEntry | StandingEntry, tuple[Person, ...]]],
    skipped: Sequence[Skipped],
    told: RoundTold | None,
) -> Taken:
    people = [person for *_, each in found for person in each]
    if len(names.taken) + len(people) > MOST_PLAYERS:
        return TooMuch()
    # A thread keeps the interpreter for 5 ms at a time while it computes; in a pause of its own it
    # leaves it to whoever waits.
    planned = iter(plan_people(people, names.spellings, breathe=lambda: time.sleep(_BREATH_S)))
    lots = (
        Lot(number=number, entry=entry, people=tuple(next(planned) for _ in each))
        for number, entry, each in found
    )
    there = {key if player_id is None else player_id for player_id, key in names.taken}
    kept, repeated = together_once(lots, there)
    lost = [each for each in skipped if each.reason is not Reason.HEADING]
    left = tuple(sorted((*lost, *repeated), key=lambda each: each.number))
    if not kept:
        return NothingTaken(skipped=left)
    return round_file_content(names, kept, left, request_id=file.request_id, told=told)
