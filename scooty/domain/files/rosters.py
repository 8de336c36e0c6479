"""Who plays in an event: CSV, TSV, JSON, or one name a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.domain.files.columns import Column, Field, is_heading
from scooty.domain.files.decoding import FileTooLarge
from scooty.domain.files.people import Person, person_of, person_of_row
from scooty.domain.files.source import (
    BrokenJson,
    Line,
    Reason,
    Skipped,
    Unit,
    json_of,
    lines_of,
    objects_of,
    skip,
    skip_all,
    text_of,
)
from scooty.domain.files.tables import find_table, object_row
from scooty.domain.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["RosterEntry", "RosterFile", "parse_roster"]

_NUMBERING: Final = re.compile(r"\s*(?:[#№]?\s*[0-9]{1,5}\s*(?:[.):]\s+|\t+| {2,})|[-*•\u2013]\s+)")
_BARE_NUMBER: Final = re.compile(r"\s*[0-9]{1,5}\s+(?=\D)")
_CELLS: Final = re.compile(r"[\t|;]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """One player, and where in the file."""

    number: int
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """All of a roster: each line or object is an entry or is skipped."""

    entries: tuple[RosterEntry, ...]
    skipped: tuple[Skipped, ...]
    numbered_by: Unit = Unit.LINE


def parse_roster(content: bytes | str) -> RosterFile | FileTooLarge:
    """Read a list of players. A name that comes again is listed as repeated."""
    text = text_of(content)
    if isinstance(text, FileTooLarge):
        return text
    value = json_of(text)
    if isinstance(value, BrokenJson):
        return RosterFile(entries=(), skipped=skip_all(text, Reason.BROKEN_JSON))
    if value is not None:
        return _of_objects(objects_of(value))
    lines = lines_of(text)
    table = find_table(lines, _names_people)
    if table is None:
        return _collect((), _people_of_lines(lines), Unit.LINE)
    found = ((line, person_of_row(row)) for line, row in table.rows)
    return _collect(table.skipped, found, Unit.LINE)


def _names_people(fields: set[Field]) -> bool:
    return any((column, 0) in fields for column in (Column.NAME, Column.USERNAME, Column.LAST))


def _of_objects(objects: list[object]) -> RosterFile:
    found = ((Line(number=at, text=""), _person(held)) for at, held in enumerate(objects, 1))
    return _collect((), found, Unit.OBJECT)


def _person(held: object) -> Person | Reason:
    if isinstance(held, str):
        return person_of(held)
    return person_of_row(object_row(held)) if isinstance(held, dict) else Reason.NOT_UNDERSTOOD


def _people_of_lines(lines: list[Line]) -> Iterable[tuple[Line, Person | Reason]]:
    # A bare number is part of a handle ("4 Aces") unless every line begins with one.
    numbered = all(_BARE_NUMBER.match(line.text) for line in lines)
    for line in lines:
        if is_heading(line.text):
            yield line, Reason.HEADING
            continue
        before = (_BARE_NUMBER if numbered else _NUMBERING).match(line.text)
        bare = line.text[before.end() :] if before else line.text
        cells = (cell for cell in _CELLS.split(bare) if any(map(str.isalpha, cell)))
        yield line, person_of(next(cells, bare))


def _collect(
    skipped: Iterable[Skipped], found: Iterable[tuple[Line, Person | Reason]], unit: Unit
) -> RosterFile:
    left, entries, seen = list(skipped), list[RosterEntry](), set[str]()
    for line, person in found:
        if isinstance(person, Reason):
            left.append(skip(line, person))
        elif (key := name_key(person.name)) in seen:
            left.append(skip(line, Reason.REPEATED))
        else:
            seen.add(key)
            entries.append(RosterEntry(number=line.number, person=person))
    left.sort(key=lambda one: one.number)
    return RosterFile(entries=tuple(entries), skipped=tuple(left), numbered_by=unit)
