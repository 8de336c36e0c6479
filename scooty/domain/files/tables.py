"""CSV and TSV by the meaning of their headers: any order, any of four delimiters."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.files.columns import Field, fields_of
from scooty.domain.files.source import Line, Reason, Skipped, skip

if TYPE_CHECKING:
    from collections.abc import Callable

_DELIMITERS: Final = "\t;,|"
_LOOKED_AT: Final = 10
"""Lines among which the headers are looked for: exports begin with a title."""

Row: TypeAlias = dict[Field, str]
"""The cells that have a meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows below recognised headers."""

    rows: tuple[tuple[Line, Row], ...]
    skipped: tuple[Skipped, ...]


def find_table(lines: list[Line], accepts: Callable[[set[Field]], bool]) -> Table | None:
    """Return the table whose headers ``accepts`` takes, or None.

    A cell ends with its line, so that one forgotten quotation mark does not swallow the rest.
    """
    for at, line in enumerate(lines[:_LOOKED_AT]):
        for delimiter in _DELIMITERS:
            fields = fields_of(_cells(line.text, delimiter) or ())
            if accepts({field for field in fields if field}):
                return _table(lines, at, delimiter, fields)
    return None


def object_row(value: dict[str, object]) -> Row:
    """Return a JSON object's plain values by the meaning of their keys."""
    row: Row = {}
    fields = fields_of(value)
    for field, held in zip(fields, value.values(), strict=True):
        if field and isinstance(held, str | int | float) and not isinstance(held, bool):
            row.setdefault(field, _plain(held))
    return row


def _plain(held: str | float) -> str:
    try:
        return str(held)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return ""


def _table(lines: list[Line], at: int, delimiter: str, fields: tuple[Field | None, ...]) -> Table:
    skipped = [skip(line, Reason.HEADING) for line in lines[: at + 1]]
    rows: list[tuple[Line, Row]] = []
    for line in lines[at + 1 :]:
        cells = _cells(line.text, delimiter)
        if cells is None or any(cell.strip() for cell in cells[len(fields) :]):
            skipped.append(skip(line, Reason.BROKEN_ROW))
            continue
        pairs = zip(fields, cells, strict=False)
        rows.append((line, {field: cell.strip() for field, cell in pairs if field}))
    return Table(rows=tuple(rows), skipped=tuple(skipped))


def _cells(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return None
