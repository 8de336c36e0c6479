"""Drawing a field as a picture that can be read in Discord's dark theme, on a phone too.

Discord shows a picture at most 550 by 350 pixels large at a desk and some 350 wide on a phone, so
it is no higher than wide, and its letters are large. It takes the processor for a moment, so this
is for a thread of its own.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from scooty.domain.text import shorten

if TYPE_CHECKING:
    from scooty.rendering.share_chart import Bar, ShareChart

__all__ = ["draw_shares"]

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
_FONTS: Final = files("scooty.rendering") / "fonts"
"""DejaVu: it has the letters of all European languages; its licence is beside it."""


def draw_shares(chart: ShareChart) -> bytes:
    """Draw a chart as a PNG."""
    size = _WIDTH, _HEAD + _ROW * len(chart.bars) + _FOOT
    picture = Image.new("RGB", size, _GROUND)
    pen = ImageDraw.Draw(picture)
    _write(pen, _MARGIN, 36, shorten(chart.title, _TITLE_LETTERS), size=30, bold=True)
    _write(pen, _MARGIN, 76, chart.caption, size=22, colour=_MUTED)
    most = max(bar.players for bar in chart.bars)
    for row, bar in enumerate(chart.bars):
        _draw_bar(pen, _HEAD + _ROW * row + _ROW // 2, bar, most)
    content = io.BytesIO()
    picture.save(content, format="png")
    return content.getvalue()


def _draw_bar(pen: ImageDraw.ImageDraw, middle: int, bar: Bar, most: int) -> None:
    top, length = middle - _BAR_HEIGHT // 2, max(_STRIPE, _LONGEST_BAR * bar.players // most)
    _fill(pen, _BAR_START, top, _LONGEST_BAR, _TRACK)
    _fill(pen, _BAR_START, top, length, f"#{bar.colour:06x}")
    if len(bar.stripes) * _STRIPE <= length:
        for place, stripe in enumerate(bar.stripes):
            _fill(pen, _BAR_START + place * _STRIPE, top, _STRIPE, f"#{stripe:06x}")
    label = shorten(bar.label, _LABEL_LETTERS)
    _write(pen, _LABEL_END, middle, label, size=24, right=True)
    _write(pen, _BAR_START + _LONGEST_BAR + 14, middle, bar.figure, size=24, colour=_MUTED)


def _fill(pen: ImageDraw.ImageDraw, left: int, top: int, width: int, colour: str) -> None:
    pen.rectangle((left, top, left + width - 1, top + _BAR_HEIGHT - 1), fill=colour)


def _write(  # noqa: PLR0913 - where, what and how, by name
    pen: ImageDraw.ImageDraw,
    x: int,
    y: int,
    text: str,
    *,
    size: int,
    colour: str = _BRIGHT,
    bold: bool = False,
    right: bool = False,
) -> None:
    font = _font(size, bold=bold)
    pen.text((x, y), _drawable(text), font=font, fill=colour, anchor="rm" if right else "lm")


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(io.BytesIO((_FONTS / name).read_bytes()), size)


def _drawable(text: str) -> str:
    """Leave out what the font has no letter for, such as most emoji."""
    return " ".join("".join(letter for letter in text if _has_letter(letter)).split())


@cache
def _has_letter(letter: str) -> bool:
    """Tell whether the font draws a letter, and not the box that it draws for all it lacks."""
    font = _font(24, bold=False)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\ue000"))
