"""One pairing of a file, and what it takes to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from scooty.domain.files.people import Person, person_of
from scooty.domain.files.results import Outcome, Result, is_bye, parse_result
from scooty.domain.files.source import Reason

_MAX_CELL: Final = 1_000
"""Characters; what is longer names nobody, and splitting it costs the square of its length."""
_TEAMMATES: Final = re.compile(r"\s+[/&+]\s+|\s*;\s*")
_POINTS: Final = re.compile(r"\s*\(\s*([0-9]{1,3})\s*(?:pts?|points?)?\.?\s*\)\s*$", re.IGNORECASE)
_RECORD: Final = re.compile(r"\s*\(\s*\d{1,2}-\d{1,2}(?:-\d{1,2})?\s*\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A player, or a team of players in the order of their seats."""

    people: tuple[Person, ...]
    """Never empty; three in a team event."""
    team: str | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingEntry:
    """One table of a round, and where in the file."""

    number: int
    sides: tuple[Side, ...]
    """Two; one for a bye."""
    table: int | None = None
    round: int | None = None
    result: Result

    @property
    def bye(self) -> bool:
        """Whether there is no opponent."""
        return len(self.sides) == 1


def side_of(name: str, username: str = "", points: int | None = None) -> Side | Reason | None:
    """Return the side a cell names, None when it says that there is nobody, else a reason.

    *Doe / Roe / Poe* are a team; *Doe, Jane (9)* has nine points.
    """
    if is_bye(name):
        return None
    if len(name) > _MAX_CELL:
        return Reason.NAME_TOO_LONG
    if found := _POINTS.search(name[-40:]):
        name, points = name[: len(name) - len(found[0])], int(found[1])
    elif found := _RECORD.search(name[-40:]):
        name = name[: len(name) - len(found[0])]
    parts = _TEAMMATES.split(name) if name.strip() else [""]
    handle = username if len(parts) == 1 else ""
    people = [person_of(part, handle) for part in parts]
    refused = next((one for one in people if isinstance(one, Reason)), None)
    if refused:
        return refused
    return Side(people=tuple(one for one in people if isinstance(one, Person)), points=points)


def pair_up(  # noqa: PLR0913 - the fields of an entry, which has no smaller half
    number: int,
    first: Side | Reason | None,
    second: Side | Reason | None,
    *,
    result: str = "",
    table: int | None = None,
    round_number: int | None = None,
) -> PairingEntry | Reason:
    """Make the entry of two sides; a missing opponent must be said to be a bye."""
    if first is None or (isinstance(first, Reason) and isinstance(second, Side)):
        first, second = second, first
    if not isinstance(first, Side):
        return first or Reason.NO_NAME
    named = tuple(_names(side) for side in (first, second) if isinstance(side, Side))
    ended = parse_result(result, named)
    if isinstance(second, Reason):
        if ended.outcome is not Outcome.BYE:
            return Reason.NO_OPPONENT if second is Reason.NO_NAME else second
        second = None
    if second is None:
        ended = Result(outcome=Outcome.BYE)
    sides = (first,) if second is None else (first, second)
    return PairingEntry(number=number, sides=sides, table=table, round=round_number, result=ended)


def _names(side: Side) -> tuple[str, ...]:
    called = [name for one in side.people for name in (one.name, one.username) if name]
    return (*called, *([side.team] if side.team else []))
