"""Tables that leave the bot as files: no cell of them is ever a formula.

Player names and comments are other people's text, and a spreadsheet runs what begins like a
formula.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Final, TypeAlias

Cell: TypeAlias = str | int | float | None

_BEGINS_FORMULA: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""The full-width forms are read as the narrow ones by Excel in some languages."""
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table, for CSV, JSON or a page of a workbook."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Each as long as ``columns``; as stored, not neutralised."""


def neutralise(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet may take for a formula; numbers stay.

    White space before it is no protection, and a tab or a line break begins a formula by itself.
    Text that is like one already neutralised gets another apostrophe, so that `restore` can tell
    both.

    Source: OWASP, CSV Injection (https://owasp.org/www-community/attacks/CSV_Injection)
    """
    return f"'{cell}" if isinstance(cell, str) and _is_dangerous(cell) else cell


def restore(text: str) -> str:
    """Return the text that `neutralise` was given: its apostrophe is taken off."""
    return text[1:] if text.startswith("'") and _is_dangerous(text) else text


def _is_dangerous(text: str) -> bool:
    behind = text.lstrip("'")
    return behind[:1] in {"\t", "\r", "\n"} or behind.lstrip()[:1] in _BEGINS_FORMULA


def to_csv(sheet: Sheet) -> bytes:
    """Write a sheet as UTF-8 with a byte order mark, by which Excel reads accents rightly."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([neutralise(column) for column in sheet.columns])
    writer.writerows([neutralise(cell) for cell in row] for row in sheet.rows)
    return _BYTE_ORDER_MARK + text.getvalue().encode("utf-8", "replace")
