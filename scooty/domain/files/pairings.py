"""Who plays whom in a round, out of anything that people save, copy or type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scooty.domain.files.columns import Column, Field
from scooty.domain.files.decoding import FileTooLarge
from scooty.domain.files.pairing_json import pairings_of_objects
from scooty.domain.files.pairing_rows import pairing_of_row
from scooty.domain.files.pairing_text import pairings_of_lines
from scooty.domain.files.source import (
    BrokenJson,
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
from scooty.domain.files.tables import find_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.domain.files.sides import PairingEntry
    from scooty.domain.files.source import Line

__all__ = ["PairingsFile", "parse_pairings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingsFile:
    """All of a round, or of several: each line or object is an entry or is skipped."""

    entries: tuple[PairingEntry, ...]
    skipped: tuple[Skipped, ...]
    numbered_by: Unit = Unit.LINE


def parse_pairings(content: bytes | str) -> PairingsFile | FileTooLarge:
    """Read pairings: JSON, a table by the meaning of its headers, or lines of text."""
    text = text_of(content)
    if isinstance(text, FileTooLarge):
        return text
    value = json_of(text)
    if isinstance(value, BrokenJson):
        return PairingsFile(entries=(), skipped=skip_all(text, Reason.BROKEN_JSON))
    if value is not None:
        return _collect((), pairings_of_objects(objects_of(value)), Unit.OBJECT)
    lines = lines_of(text)
    table = find_table(lines, _pairs_people)
    if table is None:
        return _collect((), pairings_of_lines(lines), Unit.LINE)
    found = ((line, pairing_of_row(line.number, row)) for line, row in table.rows)
    return _collect(table.skipped, found, Unit.LINE)


def _pairs_people(fields: set[Field]) -> bool:
    named = (Column.NAME, Column.USERNAME, Column.LAST)
    return all(any((column, side) in fields for column in named) for side in (0, 1))


def _collect(
    skipped: Iterable[Skipped], found: Iterable[tuple[Line, PairingEntry | Reason]], unit: Unit
) -> PairingsFile:
    left, entries = list(skipped), list["PairingEntry"]()
    for line, entry in found:
        if isinstance(entry, Reason):
            left.append(skip(line, entry))
        else:
            entries.append(entry)
    left.sort(key=lambda one: one.number)
    return PairingsFile(entries=tuple(entries), skipped=tuple(left), numbered_by=unit)
