"""Who plays in an event: CSV, TSV, JSON, or one name a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.files.columns import Column, Field, is_heading
from scooty.domain.files.people import Person, person_of, person_of_row
from scooty.domain.files.reading import ParsedFile, read, read_each
from scooty.domain.files.source import Reason
from scooty.domain.files.tables import object_row
from scooty.domain.names import name_key

if TYPE_CHECKING:
    from scooty.domain.files.decoding import FileTooLarge
    from scooty.domain.files.reading import Found
    from scooty.domain.files.source import Line
    from scooty.domain.files.tables import Row

_NUMBERING: Final = re.compile(r"\s*(?:[#№]?\s*[0-9]{1,5}\s*(?:[.):]\s+|\t+| {2,})|[-*•\u2013]\s+)")
_BARE_NUMBER: Final = re.compile(r"\s*[0-9]{1,5}\s+(?=\D)")
_CELLS: Final = re.compile(r"[\t|;]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """One player, and where in the file."""

    number: int
    person: Person


RosterFile: TypeAlias = ParsedFile[RosterEntry]
"""All of a roster."""


def parse_roster(content: bytes | str) -> RosterFile | FileTooLarge:
    """Read a list of players. A name that comes again is listed as repeated."""
    return read(
        content,
        of_objects=lambda objects: read_each(objects, _of_object),
        is_table=_names_people,
        of_row=_of_row,
        of_lines=_of_lines,
        key=lambda entry: name_key(entry.person.name),
    )


def _names_people(fields: set[Field]) -> bool:
    return any((column, 0) in fields for column in (Column.NAME, Column.USERNAME, Column.LAST))


def _of_object(number: int, held: object) -> RosterEntry | Reason:
    if isinstance(held, str):
        return _entry(number, person_of(held))
    return _of_row(number, object_row(held)) if isinstance(held, dict) else Reason.NOT_UNDERSTOOD


def _of_row(number: int, row: Row) -> RosterEntry | Reason:
    return _entry(number, person_of_row(row))


def _of_lines(lines: list[Line]) -> Found[RosterEntry]:
    # A bare number is part of a handle ("4 Aces") unless every line begins with one.
    numbered = all(_BARE_NUMBER.match(line.text) for line in lines)
    for line in lines:
        if is_heading(line.text):
            yield line, Reason.HEADING
            continue
        before = (_BARE_NUMBER if numbered else _NUMBERING).match(line.text)
        bare = line.text[before.end() :] if before else line.text
        cells = (cell for cell in _CELLS.split(bare) if any(map(str.isalpha, cell)))
        yield line, _entry(line.number, person_of(next(cells, bare)))


def _entry(number: int, person: Person | Reason) -> RosterEntry | Reason:
    return person if isinstance(person, Reason) else RosterEntry(number=number, person=person)
