"""Drawing a field as a picture that can be read in Discord's dark theme, on a phone too.

Discord shows a picture at most 550 by 350 pixels large at a desk and some 350 wide on a phone, so
it is no higher than wide, and its letters are large.

The library is loaded when the first picture is drawn, because it takes 30 MB; it takes its time
and the processor, so this is for a thread of its own.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Final

from scooty.domain.text import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from scooty.rendering.share_chart import Bar, ShareChart

__all__ = ["draw_shares"]

_DPI: Final = 100
_WIDTH: Final = 960
"""Pixels, as all lengths here."""
_HEAD: Final = 104
_ROW: Final = 46
_FOOT: Final = 14
_BAR_HEIGHT: Final = 30
_MARGIN: Final = 24
_LABEL_END: Final = 370
_BAR_START: Final = 386
_LONGEST_BAR: Final = 370
_STRIPE: Final = 7

_GROUND: Final = "#2b2d31"
"""Discord's dark theme, a little darker than the ground of its messages."""
_TRACK: Final = "#383a40"
_BRIGHT: Final = "#f2f3f5"
_MUTED: Final = "#b5bac1"

_TITLE_LETTERS: Final = 44
_LABEL_LETTERS: Final = 24
_POINT: Final = 72 / _DPI
"""Of a pixel."""


def draw_shares(chart: ShareChart) -> bytes:
    """Draw a chart as a PNG."""
    # Without pyplot, which keeps every figure and is not meant for threads.
    from matplotlib.figure import Figure  # noqa: PLC0415 - loaded late

    height = _HEAD + _ROW * len(chart.bars) + _FOOT
    figure = Figure(figsize=(_WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=_GROUND)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    _write(axes, _MARGIN, 36, shorten(chart.title, _TITLE_LETTERS), size=30, bold=True)
    _write(axes, _MARGIN, 76, chart.caption, size=22, colour=_MUTED)
    most = max(bar.players for bar in chart.bars)
    for row, bar in enumerate(chart.bars):
        _draw_bar(axes, _HEAD + _ROW * row + _ROW / 2, bar, most)
    content = io.BytesIO()
    figure.savefig(content, format="png")
    return content.getvalue()


def _draw_bar(axes: Axes, middle: float, bar: Bar, most: int) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - loaded late

    top, length = middle - _BAR_HEIGHT / 2, max(_STRIPE, _LONGEST_BAR * bar.players / most)
    axes.add_patch(Rectangle((_BAR_START, top), _LONGEST_BAR, _BAR_HEIGHT, facecolor=_TRACK))
    axes.add_patch(
        Rectangle((_BAR_START, top), length, _BAR_HEIGHT, facecolor=f"#{bar.colour:06x}")
    )
    if len(bar.stripes) * _STRIPE <= length:
        for place, stripe in enumerate(bar.stripes):
            start = _BAR_START + place * _STRIPE
            axes.add_patch(
                Rectangle((start, top), _STRIPE, _BAR_HEIGHT, facecolor=f"#{stripe:06x}")
            )
    label = shorten(bar.label, _LABEL_LETTERS)
    _write(axes, _LABEL_END, middle, label, size=24, right=True)
    _write(axes, _BAR_START + _LONGEST_BAR + 14, middle, bar.figure, size=24, colour=_MUTED)


def _write(  # noqa: PLR0913 - where, what and how, by name
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    colour: str = _BRIGHT,
    bold: bool = False,
    right: bool = False,
) -> None:
    axes.text(
        x,
        y,
        _drawable(text),
        fontsize=size * _POINT,
        color=colour,
        fontweight="bold" if bold else "normal",
        horizontalalignment="right" if right else "left",
        verticalalignment="center_baseline",
        parse_math=False,  # a dollar is a dollar
    )


def _drawable(text: str) -> str:
    """Leave out what the font has no letter for, such as most emoji."""
    known = _letters()
    return " ".join("".join(letter for letter in text if ord(letter) in known).split())


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import (  # noqa: PLC0415 - loaded late
        FontProperties,
        findfont,
        get_font,
    )

    return frozenset(get_font(findfont(FontProperties())).get_charmap())
