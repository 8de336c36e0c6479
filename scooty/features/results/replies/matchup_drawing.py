"""Drawing matchups as a table of coloured cells: blue is good for us, orange is bad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.charts.canvas import BRIGHT, HEAD, MARGIN, MUTED, TRACK, WIDTH, Canvas
from scooty.domain.text import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.features.results.replies.matchup_chart import FieldRow, MatchupCell, MatchupChart

_HEADINGS: Final = 68
_ROW: Final = 72
_FOOT: Final = 16
_GAP: Final = 6
_CELLS_START: Final = 352
_WIDEST_CELL: Final = 200
_LABEL_LETTERS: Final = 21
_STRIPE_WIDTH: Final = 8
_LETTER: Final = 15
"""What a heading's letter takes, about."""

_GOOD: Final = 0x2E77C4
_EVEN: Final = 0x565962
_BAD: Final = 0xB9571F
_FULL_AT: Final = 0.25
"""How far from even a rate is drawn in the full colour."""


def draw_matchups(chart: MatchupChart) -> bytes:
    """Draw matchups as a PNG."""
    has_foot = bool(chart.expected)
    height = HEAD + _HEADINGS + _ROW * (len(chart.rows) + has_foot) + _FOOT
    canvas = Canvas(height)
    canvas.head(chart.title, chart.caption)
    width = min(_WIDEST_CELL, (WIDTH - MARGIN - _CELLS_START) // len(chart.columns))
    for place, column in enumerate(chart.columns):
        _draw_heading(canvas, _CELLS_START + place * width + (width - _GAP) // 2, column, width)
    for number, row in enumerate(chart.rows):
        top = HEAD + _HEADINGS + number * _ROW
        _draw_label(canvas, top, row)
        _draw_cells(canvas, top, row.cells, width)
    if has_foot:
        top = HEAD + _HEADINGS + len(chart.rows) * _ROW
        canvas.fill(MARGIN, top - _GAP // 2 - 1, WIDTH - 2 * MARGIN, 2, MUTED)
        label = shorten(chart.expected_label, _LABEL_LETTERS)
        canvas.write(MARGIN, top + _ROW // 2, label, size=24, bold=True)
        _draw_cells(canvas, top, chart.expected, width)
    return canvas.as_png()


def _draw_heading(canvas: Canvas, middle: int, column: str, width: int) -> None:
    first, second = _two_lines(column, (width - _GAP) // _LETTER)
    top = HEAD + _HEADINGS // 2 - 4
    if second:
        canvas.write(middle, top - 14, first, size=22, bold=True, centred=True)
        canvas.write(middle, top + 14, second, size=22, bold=True, centred=True)
    else:
        canvas.write(middle, top + 14, first, size=22, bold=True, centred=True)


def _two_lines(text: str, letters: int) -> tuple[str, str]:
    """Break a name between words where its first line is full, and cut what two do not hold."""
    if len(text) <= letters:
        return text, ""
    words = text.split(" ")
    count = 1
    while count < len(words) and len(" ".join(words[: count + 1])) <= letters:
        count += 1
    first, second = " ".join(words[:count]), " ".join(words[count:])
    return shorten(first, letters), shorten(second, letters)


def _draw_label(canvas: Canvas, top: int, row: FieldRow) -> None:
    height = (_ROW - _GAP) // len(row.stripes)
    for place, stripe in enumerate(row.stripes):
        canvas.fill(MARGIN, top + place * height, _STRIPE_WIDTH, height, f"#{stripe:06x}")
    left = MARGIN + _STRIPE_WIDTH + 10
    canvas.write(left, top + 20, shorten(row.label, _LABEL_LETTERS), size=24)
    canvas.write(left, top + 48, row.share, size=20, colour=MUTED)


def _draw_cells(canvas: Canvas, top: int, cells: Sequence[MatchupCell], width: int) -> None:
    for place, cell in enumerate(cells):
        left = _CELLS_START + place * width
        canvas.fill(left, top, width - _GAP, _ROW - _GAP, _ground(cell.rate))
        middle, centre = left + (width - _GAP) // 2, top + (_ROW - _GAP) // 2
        strong = BRIGHT if cell.rate is not None else MUTED
        if not cell.note:
            canvas.write(middle, centre, cell.figure, size=22, colour=strong, centred=True)
            continue
        bold = cell.rate is not None
        canvas.write(
            middle, centre - 11, cell.figure, size=28, colour=strong, bold=bold, centred=True
        )
        canvas.write(middle, centre + 18, cell.note, size=19, colour=strong, centred=True)


def _ground(rate: float | None) -> str:
    """Return the colour of a rate: grey when even, blue above, orange below."""
    if rate is None:
        return TRACK
    full = _GOOD if rate >= 1 / 2 else _BAD
    strength = min(1.0, abs(rate - 1 / 2) / _FULL_AT)
    parts = (
        round((_EVEN >> shift & 0xFF) * (1 - strength) + (full >> shift & 0xFF) * strength)
        for shift in (16, 8, 0)
    )
    return "#{:02x}{:02x}{:02x}".format(*parts)
