"""Drawing a field's shares as horizontal bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.charts.canvas import HEAD, MUTED, TRACK, Canvas
from scooty.domain.text import shorten

if TYPE_CHECKING:
    from scooty.features.stats.replies.share_chart import Bar, ShareChart

_ROW: Final = 46
_FOOT: Final = 14
_BAR_HEIGHT: Final = 30
_LABEL_END: Final = 370
_BAR_START: Final = 386
_LONGEST_BAR: Final = 370
_STRIPE: Final = 7
_LABEL_LETTERS: Final = 24


def draw_shares(chart: ShareChart) -> bytes:
    """Draw the bars of a field as a PNG."""
    canvas = Canvas(HEAD + _ROW * len(chart.bars) + _FOOT)
    canvas.head(chart.title, chart.caption)
    most = max(bar.players for bar in chart.bars)
    for row, bar in enumerate(chart.bars):
        _draw_bar(canvas, HEAD + _ROW * row + _ROW // 2, bar, most)
    return canvas.as_png()


def _draw_bar(canvas: Canvas, middle: int, bar: Bar, most: int) -> None:
    top, length = middle - _BAR_HEIGHT // 2, max(_STRIPE, _LONGEST_BAR * bar.players // most)
    canvas.fill(_BAR_START, top, _LONGEST_BAR, _BAR_HEIGHT, TRACK)
    canvas.fill(_BAR_START, top, length, _BAR_HEIGHT, f"#{bar.colour:06x}")
    if len(bar.stripes) * _STRIPE <= length:
        for place, stripe in enumerate(bar.stripes):
            left = _BAR_START + place * _STRIPE
            canvas.fill(left, top, _STRIPE, _BAR_HEIGHT, f"#{stripe:06x}")
    label = shorten(bar.label, _LABEL_LETTERS)
    canvas.write(_LABEL_END, middle, label, size=24, right=True)
    canvas.write(_BAR_START + _LONGEST_BAR + 14, middle, bar.figure, size=24, colour=MUTED)
