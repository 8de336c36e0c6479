"""Reports as files have them: what ``/export`` wrote, or any table with players and archetypes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from scooty.domain.colours import read_colours
from scooty.domain.exports import restore
from scooty.domain.files.columns import Column, Field, is_heading
from scooty.domain.files.reading import ParsedFile, read, read_each
from scooty.domain.files.source import Reason, whole_number
from scooty.domain.files.tables import Row, object_row
from scooty.domain.names import MAX_NAME_LENGTH, fold
from scooty.domain.observations import LAST_ROUND, Confidence, Source
from scooty.domain.report_forms import LAST_TABLE, read_number
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.domain.files.decoding import FileTooLarge
    from scooty.domain.files.reading import Found
    from scooty.domain.files.source import Line

Choice = TypeVar("Choice", Source, Confidence)

_ENVELOPES: Final = ("reports", "data", "content")
_LONG: Final = 500
_PLAYER: Final = (Column.NAME, Column.LAST, Column.LAST_FIRST, Column.USERNAME)
_EARLIEST: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""When Discord began. The consensus compares ages: it could not weigh one of two thousand years."""
_LARGEST_ID: Final = 2**63 - 1
_ID: Final = re.compile(r"[0-9]{1,19}")
_SOURCES: Final[Mapping[str, Source]] = {
    **dict.fromkeys(("seen", "watched", "vu", "vue"), Source.SEEN),
    **dict.fromkeys(("played", "played against", "joue", "affronte"), Source.PLAYED),
    **dict.fromkeys(("told", "hearsay", "dit", "oui dire"), Source.TOLD),
    **dict.fromkeys(("decklist", "decklist read", "decklist lue", "liste"), Source.DECKLIST),
    **dict.fromkeys(("coverage", "couverture"), Source.COVERAGE),
}
"""Folded; the stored words, and how commands call them in both languages."""
_CONFIDENCES: Final[Mapping[str, Confidence]] = {
    **dict.fromkeys(("sure", "certain", "sur", "certaine"), Confidence.SURE),
    **dict.fromkeys(("likely", "probable"), Confidence.LIKELY),
    **dict.fromkeys(("guess", "a guess", "supposition", "suppose"), Confidence.GUESS),
}
"""Folded, as above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """One report, and where in the file. Texts are cleaned; None is what the file does not say."""

    number: int
    player: str
    """1 to 100 characters, as the file has them."""
    archetype: str
    """1 to 100 characters; perhaps nobody knows it."""
    comment: str | None = None
    round_number: int | None = None
    table_number: int | None = None
    colours: str | None = None
    """In ``WUBRG`` order; empty for a colourless deck."""
    companion: str | None = None
    key_cards: str | None = None
    sideboard: str | None = None
    play_pattern: str | None = None
    variant: str | None = None
    source: Source = Source.SEEN
    confidence: Confidence = Confidence.SURE
    reporter_id: int | None = None
    """0: of somebody who was erased."""
    reporter: str | None = None
    reported_at: datetime | None = None
    """Aware; perhaps in the future."""


ReportsFile: TypeAlias = ParsedFile[ReportEntry]
"""All of a file of reports."""


class _UnusableError(Exception):
    """A row is not used."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_reports(content: bytes | str) -> ReportsFile | FileTooLarge:
    """Read reports: JSON as ``/export`` writes it, or a table by its headers.

    Apostrophes that ``/export`` puts before formulas in a CSV are taken off. Text without headers
    is not guessed at: which of two words is the player would be.
    """
    return read(
        content,
        of_objects=lambda objects: read_each(objects, _of_object),
        is_table=_has_reports,
        of_row=_of_row,
        of_lines=_of_lines,
        envelopes=_ENVELOPES,
    )


def _has_reports(fields: set[Field]) -> bool:
    named = any((column, side) in fields for column in _PLAYER for side in (0, 1))
    return named and any((Column.DECKLIST, side) in fields for side in (0, 1))


def _of_object(number: int, held: object) -> ReportEntry | Reason:
    return _read(number, object_row(held)) if isinstance(held, dict) else Reason.NOT_UNDERSTOOD


def _of_row(number: int, row: Row) -> ReportEntry | Reason:
    # An empty cell says nothing, where an object's empty text may.
    return _read(number, {field: restore(cell) for field, cell in row.items() if cell})


def _of_lines(lines: list[Line]) -> Found[ReportEntry]:
    for line in lines:
        yield line, Reason.HEADING if is_heading(line.text) else Reason.NOT_UNDERSTOOD


def _read(number: int, row: Row) -> ReportEntry | Reason:
    try:
        return _entry(number, row)
    except _UnusableError as unusable:
        return unusable.reason


def _entry(number: int, row: Row) -> ReportEntry:
    return ReportEntry(
        number=number,
        player=_name(_player(row), Reason.NO_NAME, Reason.NAME_TOO_LONG),
        archetype=_name(
            row.get((Column.DECKLIST, 0)) or row.get((Column.DECKLIST, 1), ""),
            Reason.NO_ARCHETYPE,
            Reason.TEXT_TOO_LONG,
        ),
        comment=_text(row, Column.COMMENT),
        round_number=_number(row, Column.ROUND, LAST_ROUND),
        table_number=_number(row, Column.TABLE, LAST_TABLE),
        colours=_colours(row),
        companion=_text(row, Column.COMPANION, MAX_NAME_LENGTH),
        key_cards=_text(row, Column.KEY_CARDS),
        sideboard=_text(row, Column.SIDEBOARD),
        play_pattern=_text(row, Column.PLAY_PATTERN),
        variant=_text(row, Column.VARIANT, MAX_NAME_LENGTH),
        source=_choice(row, Column.SOURCE, _SOURCES, Source.SEEN),
        confidence=_choice(row, Column.CONFIDENCE, _CONFIDENCES, Confidence.SURE),
        reporter_id=_reporter_id(row),
        reporter=_text(row, Column.REPORTER, MAX_NAME_LENGTH),
        reported_at=_moment(row),
    )


def _player(row: Row) -> str:
    """Return the name as it stands: ``/scout`` turns none round either."""
    for side in (0, 1):
        first, last = row.get((Column.FIRST, side), ""), row.get((Column.LAST, side), "")
        name = row.get((Column.NAME, side)) or f"{first} {last}".strip()
        name = name or row.get((Column.LAST_FIRST, side), "")
        if name := name or row.get((Column.USERNAME, side), ""):
            return name
    return ""


def _name(text: str, missing: Reason, too_long: Reason) -> str:
    name = clean(text)
    if not any(character.isalnum() for character in name):
        raise _UnusableError(missing)
    if len(name) > MAX_NAME_LENGTH:
        raise _UnusableError(too_long)
    return name


def _text(row: Row, column: Column, limit: int = _LONG) -> str | None:
    text = clean(row.get((column, 0), ""))
    if len(text) > limit:
        raise _UnusableError(Reason.TEXT_TOO_LONG)
    return text or None


def _number(row: Row, column: Column, last: int) -> int | None:
    text = clean(row.get((column, 0), ""))
    if not text:
        return None
    # A spreadsheet may have made 3.0 of it.
    number = whole_number(text)
    number = read_number(text if number is None else str(number), last)
    if number is None:
        raise _UnusableError(Reason.BAD_VALUE)
    return number


def _colours(row: Row) -> str | None:
    text = row.get((Column.COLOURS, 0))
    if not text:
        return text
    colours = read_colours(text)
    if colours is None:
        raise _UnusableError(Reason.BAD_VALUE)
    return colours


def _choice(row: Row, column: Column, words: Mapping[str, Choice], otherwise: Choice) -> Choice:
    text = fold(row.get((column, 0), ""))
    if not text:
        return otherwise
    if text not in words:
        raise _UnusableError(Reason.BAD_VALUE)
    return words[text]


def _reporter_id(row: Row) -> int | None:
    text = row.get((Column.REPORTER_ID, 0), "").strip()
    if not text:
        return None
    # Ids of at most 19 digits: Python reads no number of thousands of them.
    number = int(text) if _ID.fullmatch(text) else _LARGEST_ID + 1
    if number > _LARGEST_ID:
        raise _UnusableError(Reason.BAD_VALUE)
    return number


def _moment(row: Row) -> datetime | None:
    text = row.get((Column.REPORTED_AT, 0), "").strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):  # the first or last day of all, in another zone
        raise _UnusableError(Reason.BAD_VALUE) from None
    if at < _EARLIEST:
        raise _UnusableError(Reason.BAD_VALUE)
    return at
