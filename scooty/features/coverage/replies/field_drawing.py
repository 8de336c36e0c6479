"""Drawing the map of a field: tables in rows, each player a square of what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.core.charts.canvas import GROUND, HEAD, MARGIN, MUTED, WIDTH, Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.features.coverage.replies.field_map import FieldMap, MapPlace, Mark, Square

_LABELS: Final = 84
"""What the numbers beside the rows take."""
_LEGEND_ROW: Final = 40
_LEGEND_SQUARE: Final = 22
_LEGEND_COLUMNS: Final = 2
_BELOW_LEGEND: Final = 10
_FOOT: Final = 18
_BLOCK: Final = 5
"""After so many places there is a wider gap, to count by."""
_BLOCK_GAP: Final = 6
_IN_A_ROW: Final = (10, 20, 30, 40, 50)
_LOWEST_ROW: Final = 14
_HIGHEST_ROW: Final = 44
_FITTING: Final = 560
"""As high as all rows together may be, so that the picture is no higher than wide."""
_WIDEST_PLACE: Final = 76
_NO_NUMBER: Final = "..."
"""Beside a row that begins with those who are at no table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """Where something is drawn."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """How places are laid out."""

    in_a_row: int
    row_height: int
    across: int
    """Players side by side at a place."""

    @property
    def place_width(self) -> int:
        """With the gap behind it."""
        return _place_width(self.in_a_row)


def draw_field(shown: FieldMap) -> bytes:
    """Draw a map as a PNG."""
    grid = _laid_out(shown.places)
    rows = -(-len(shown.places) // grid.in_a_row)
    legend_rows = -(-len(shown.legend) // _LEGEND_COLUMNS)
    top = HEAD + legend_rows * _LEGEND_ROW + _BELOW_LEGEND
    canvas = Canvas(top + rows * grid.row_height + _FOOT)
    canvas.head(shown.title, shown.caption)
    for number, mark in enumerate(shown.legend):
        _draw_mark(canvas, number, mark)
    for row in range(rows):
        places = shown.places[row * grid.in_a_row : (row + 1) * grid.in_a_row]
        _draw_row(canvas, top + row * grid.row_height, places, grid)
    return canvas.as_png()


def _laid_out(places: Sequence[MapPlace]) -> _Grid:
    """Choose how many places are in a row, and how high a row is: as large as fits."""
    deepest = max(len(place.pairs) for place in places)
    across = max(len(pair) for place in places for pair in place.pairs)
    for in_a_row in _IN_A_ROW:
        rows = -(-len(places) // in_a_row)
        height = min(_HIGHEST_ROW * deepest, _FITTING // rows)
        if height >= _wanted_height(in_a_row) * deepest:
            return _Grid(in_a_row=in_a_row, row_height=height, across=across)
    rows = -(-len(places) // _IN_A_ROW[-1])
    height = max(_FITTING // rows, _LOWEST_ROW * deepest)
    return _Grid(in_a_row=_IN_A_ROW[-1], row_height=height, across=across)


def _wanted_height(in_a_row: int) -> int:
    """Return the height at which a player is about as high as wide."""
    return min(_HIGHEST_ROW, max(_LOWEST_ROW, _place_width(in_a_row) // 2))


def _place_width(in_a_row: int) -> int:
    gaps = (in_a_row - 1) // _BLOCK * _BLOCK_GAP
    return min(_WIDEST_PLACE, (WIDTH - 2 * MARGIN - _LABELS - gaps) // in_a_row)


def _draw_row(canvas: Canvas, top: int, places: Sequence[MapPlace], grid: _Grid) -> None:
    """Draw places beside each other, after the number of the first."""
    height, width = grid.row_height, grid.place_width
    label = _NO_NUMBER if places[0].number is None else str(places[0].number)
    size = max(13, min(22, height - 4))
    right = MARGIN + _LABELS - 16
    canvas.write(right, top + height // 2, label, size=size, colour=MUTED, right=True)
    for column, place in enumerate(places):
        box = _Box(
            left=MARGIN + _LABELS + column * width + column // _BLOCK * _BLOCK_GAP,
            top=top,
            width=width - max(2, width // 8),
            height=height - max(2, height // 8),
        )
        _draw_place(canvas, box, place, grid)


def _draw_place(canvas: Canvas, box: _Box, place: MapPlace, grid: _Grid) -> None:
    """Draw those of a place: in pairs, one above the other."""
    deep = box.height // len(place.pairs)
    high = deep - 1 if len(place.pairs) > 1 else deep
    wide = (box.width - grid.across + 1) // grid.across
    for row, pair in enumerate(place.pairs):
        for column, square in enumerate(pair):
            left, top = box.left + column * (wide + 1), box.top + row * deep
            _draw_square(canvas, _Box(left=left, top=top, width=wide, height=high), square)


def _draw_square(canvas: Canvas, box: _Box, square: Square) -> None:
    canvas.fill(box.left, box.top, box.width, box.height, f"#{square.colour:06x}")
    if square.is_team:
        dot = max(5, min(box.width, box.height) // 2)
        left, top = box.left + (box.width - dot) // 2, box.top + (box.height - dot) // 2
        canvas.fill(left, top, dot, dot, GROUND)


def _draw_mark(canvas: Canvas, number: int, mark: Mark) -> None:
    row, column = divmod(number, _LEGEND_COLUMNS)
    left = MARGIN + column * (WIDTH - 2 * MARGIN) // _LEGEND_COLUMNS
    middle = HEAD + row * _LEGEND_ROW + _LEGEND_ROW // 2
    top = middle - _LEGEND_SQUARE // 2
    box = _Box(left=left, top=top, width=_LEGEND_SQUARE, height=_LEGEND_SQUARE)
    _draw_square(canvas, box, mark.square)
    canvas.write(left + _LEGEND_SQUARE + 12, middle, mark.label, size=24)
