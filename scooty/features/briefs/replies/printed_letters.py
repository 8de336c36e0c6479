"""The letters that half pages are printed with: which there are, and how wide they are.

Drawn by ReportLab: it takes any TrueType font and asks for nothing but Pillow.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from scooty.features.briefs.rules import joined

if TYPE_CHECKING:
    from collections.abc import Container

REGULAR: Final = "DejaVu"
BOLD: Final = "DejaVu-Bold"
_FILES: Final = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
_FONTS: Final = files("scooty.core.charts") / "fonts"
_LAST_PLAIN: Final = 0xFFFF
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_VARIANTS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""They ask for another shape of what comes before."""


@cache
def ensure_fonts() -> None:
    """Make the letters known to the library, once in a process."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, io.BytesIO((_FONTS / file).read_bytes())))


def printable(text: str, *, instead: str) -> str:
    """Leave out what the letters do not have, such as emojis.

    Args:
        text: User text, in the order in which it is read.
        instead: Stands for a text of which nothing is left, such as a name in Chinese.
    """
    kept = "".join(map(_printed, joined(text)))
    return " ".join(kept.split()) or (instead if text.strip() else "")


@cache
def _printed(letter: str) -> str:
    if letter.isspace():
        return " "
    if ord(letter) > _LAST_PLAIN:
        # Beyond it stand emojis, and letters in fancy shapes that are also plain ones. The library
        # writes such codes so that they cannot be copied out of the file.
        plain = unicodedata.normalize("NFKC", letter)
        return "".join(map(_printed, plain)) if plain != letter else ""
    is_seen = unicodedata.category(letter) not in _UNSEEN and letter not in _VARIANTS
    return letter if is_seen and ord(letter) in _known() else ""


def width_of(text: str, font: str, size: float) -> float:
    """Return how wide a text is, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def _known() -> Container[int]:
    """Return the letters that both fonts have."""
    ensure_fonts()
    regular, bold = (frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in _FILES)
    return regular & bold
