"""Who stands where, and with how many points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.files.columns import Column, Field, is_heading
from scooty.domain.files.pairing_json import people_of_team
from scooty.domain.files.people import Person, person_of, person_of_row
from scooty.domain.files.reading import ParsedFile, read, read_each
from scooty.domain.files.source import Reason, whole_number
from scooty.domain.files.tables import Row, object_row
from scooty.domain.text import clean

if TYPE_CHECKING:
    from scooty.domain.files.decoding import FileTooLarge
    from scooty.domain.files.source import Line

_RECORD: Final = re.compile(r"\(?([0-9]{1,3})\s*[-/]\s*([0-9]{1,3})(?:\s*[-/]\s*([0-9]{1,3}))?\)?")
_RATE: Final = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*(%?)")
_PLACE: Final = re.compile(r"\s*#?([0-9]{1,5})(?:[.:)]\s*|(?:st|nd|rd|th|er|e)?\s+)(?=\S)")
_GAP: Final = re.compile(r"\t+| {2,}")
_NUMERIC: Final = re.compile(r"\(?[0-9][0-9.,%/-]*\)?")
_MAX_DECK: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Matches won, lost and drawn."""

    wins: int
    losses: int
    draws: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEntry:
    """One row of the standings, and where in the file."""

    number: int
    people: tuple[Person, ...]
    """Never empty; three in a team event."""
    rank: int | None = None
    points: int | None = None
    record: Record | None = None
    opponent_win_rate: float | None = None
    """0 to 1."""
    deck: str | None = None
    """As the file calls it, when that is one short line."""


StandingsFile: TypeAlias = ParsedFile[StandingEntry]
"""All of a file of standings."""


def parse_standings(content: bytes | str) -> StandingsFile | FileTooLarge:
    """Read standings: JSON of Melee or TopDeck, a table by its headers, or lines of text."""
    return read(
        content,
        of_objects=lambda objects: read_each(objects, _of_object),
        is_table=_ranks_people,
        of_row=_of_row,
        of_lines=lambda lines: ((line, _of_line(line)) for line in lines),
    )


def _ranks_people(fields: set[Field]) -> bool:
    named = (Column.NAME, Column.USERNAME, Column.LAST)
    ranked = (Column.RANK, Column.POINTS, Column.RECORD, Column.WINS)
    return all(any((column, 0) in fields for column in group) for group in (named, ranked))


def _of_object(number: int, held: object) -> StandingEntry | Reason:
    if not isinstance(held, dict):
        return Reason.NOT_UNDERSTOOD
    row = object_row(held)
    if "Team" in held:
        people = people_of_team(held["Team"])
        return people if isinstance(people, Reason) else _entry(number, people, row)
    return _of_row(number, row)


def _of_row(number: int, row: Row) -> StandingEntry | Reason:
    person = person_of_row(row)
    return person if isinstance(person, Reason) else _entry(number, (person,), row)


def _of_line(line: Line) -> StandingEntry | Reason:
    """Read *1  Doe, Jane  9  3-0-0  66.6%*: the first count after the name is the points."""
    if is_heading(line.text):
        return Reason.HEADING
    text, row = line.text.strip(), Row()
    if place := _PLACE.match(text):
        row[Column.RANK, 0], text = place[1], text[place.end() :]
    cells = [cell.strip() for cell in _GAP.split(text) if cell.strip()] or [""]
    name, numbers = cells[0], cells[1:]
    if not numbers:
        name, numbers = _trailing_numbers(name)
    for cell in numbers:
        if column := _column(cell):
            row.setdefault((column, 0), cell.strip("()") if column is Column.POINTS else cell)
    person = person_of(name)
    if isinstance(person, Reason):
        return person
    return _entry(line.number, (person,), row) if row else Reason.NOT_UNDERSTOOD


def _trailing_numbers(text: str) -> tuple[str, list[str]]:
    words = text.split()
    kept = len(words)
    while kept > 1 and _NUMERIC.fullmatch(words[kept - 1]):
        kept -= 1
    return " ".join(words[:kept]), words[kept:]


def _column(cell: str) -> Column | None:
    if _RECORD.fullmatch(cell):
        return Column.RECORD
    if whole_number(cell.strip("()")) is not None and "." not in cell:
        return Column.POINTS
    return Column.WIN_RATE if _RATE.fullmatch(cell) else None


def _entry(number: int, people: tuple[Person, ...], row: Row) -> StandingEntry:
    deck = clean(row.get((Column.DECKLIST, 0), ""))
    short = 0 < len(deck) <= _MAX_DECK and "\n" not in row[Column.DECKLIST, 0].strip()
    return StandingEntry(
        number=number,
        people=people,
        rank=whole_number(row.get((Column.RANK, 0))),
        points=whole_number(row.get((Column.POINTS, 0))),
        record=_record(row),
        opponent_win_rate=_rate(row.get((Column.WIN_RATE, 0), "")),
        deck=deck if short else None,
    )


def _record(row: Row) -> Record | None:
    if found := _RECORD.fullmatch(row.get((Column.RECORD, 0), "").strip()):
        return Record(wins=int(found[1]), losses=int(found[2]), draws=int(found[3] or 0))
    wins, losses = (whole_number(row.get((one, 0))) for one in (Column.WINS, Column.LOSSES))
    if wins is None or losses is None:
        return None
    draws = whole_number(row.get((Column.DRAWS, 0)))
    return Record(wins=wins, losses=losses, draws=draws or 0)


def _rate(text: str) -> float | None:
    """Read a share: above 1, or with its sign, it is per cent."""
    found = _RATE.match(text.strip())
    if not found:
        return None
    rate = float(found[1].replace(",", "."))
    if found[2] or rate > 1:
        rate /= 100
    return rate if rate <= 1 else None
