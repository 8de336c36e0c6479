"""What all pictures share: ground, colours and letters that can be read in Discord's dark theme.

Discord shows a picture at most 550 by 350 pixels large at a desk and some 350 wide on a phone, so
a picture is no higher than wide, and its letters are large. Drawing takes the processor for a
moment, so this is for a thread of its own.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from scooty.domain.text import shorten

WIDTH: Final = 960
"""Pixels, as all lengths here."""
HEAD: Final = 104
"""What the title and the line under it take."""
MARGIN: Final = 24
GROUND: Final = "#2b2d31"
"""Discord's dark theme, a little darker than the ground of its messages."""
TRACK: Final = "#383a40"
BRIGHT: Final = "#f2f3f5"
MUTED: Final = "#b5bac1"

_TITLE_LETTERS: Final = 44
_COLOURS: Final = 128
_COMPRESSION: Final = 3
"""Of 9: each step beyond costs more time than it saves on the way."""
_FONTS: Final = files("scooty.core.charts") / "fonts"
"""DejaVu: it has the letters of all European languages; its licence is beside it."""


class Canvas:
    """A picture in the making.

    Args:
        height: Of the whole picture.
    """

    def __init__(self, height: int) -> None:
        self._picture = Image.new("RGB", (WIDTH, height), GROUND)
        self._pen = ImageDraw.Draw(self._picture)

    def head(self, title: str, caption: str) -> None:
        """Write what the picture is of, and a line about it."""
        self.write(MARGIN, 36, shorten(title, _TITLE_LETTERS), size=30, bold=True)
        self.write(MARGIN, 76, caption, size=22, colour=MUTED)

    def fill(self, left: int, top: int, width: int, height: int, colour: str) -> None:
        """Fill a rectangle."""
        self._pen.rectangle((left, top, left + width - 1, top + height - 1), fill=colour)

    def write(  # noqa: PLR0913 - where, what and how, by name
        self,
        x: int,
        y: int,
        text: str,
        *,
        size: int,
        colour: str = BRIGHT,
        bold: bool = False,
        right: bool = False,
        centred: bool = False,
    ) -> None:
        """Write a line whose middle is at ``y``.

        It begins at ``x``, or ends there (``right``), or has its middle there too (``centred``).
        """
        anchor = "mm" if centred else "rm" if right else "lm"
        font = _font(size, bold=bold)
        self._pen.text((x, y), _drawable(text), font=font, fill=colour, anchor=anchor)

    def as_png(self) -> bytes:
        """Return the picture as a PNG of few colours: a third of the bytes, and of the time."""
        content = io.BytesIO()
        few = self._picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(content, format="png", compress_level=_COMPRESSION)
        return content.getvalue()


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
