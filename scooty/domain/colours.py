"""Magic's five colours, in the order in which players write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scooty.domain.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

COLOURS = "WUBRG"
"""White, blue, black, red, green.

Source: Magic: The Gathering Comprehensive Rules, 105.1
"""
_CONJUNCTIONS: Final = frozenset({"and", "et"})
_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("white", "blanc", "blanche"), "W"),
    **dict.fromkeys(("blue", "bleu", "bleue"), "U"),
    **dict.fromkeys(("black", "noir", "noire"), "B"),
    **dict.fromkeys(("red", "rouge"), "R"),
    **dict.fromkeys(("green", "vert", "verte"), "G"),
    **dict.fromkeys(("colourless", "colorless", "incolore"), ""),
}
"""In both languages, with how French makes them agree."""


def in_order(colours: str) -> str:
    """Put colours into ``WUBRG`` order, once each; other letters are dropped."""
    present = colours.upper()
    return "".join(colour for colour in COLOURS if colour in present)


def read_colours(text: str) -> str | None:
    """Read colours as people type them: ``WUR``, ``u/r``, ``blue red``, ``bleu et rouge``.

    Returns:
        In ``WUBRG`` order, empty for a colourless deck; None when anything else is in the text,
        or nothing.
    """
    words = [word for word in re.split(r"[ +]+", fold(text)) if word]
    read = [_read(word) for word in words if word not in _CONJUNCTIONS]
    known = [colours for colours in read if colours is not None]
    if not known or len(known) < len(read):
        return None
    return in_order("".join(known))


def _read(word: str) -> str | None:
    if word in _WORDS:
        return _WORDS[word]
    return word.upper() if set(word.upper()) <= set(COLOURS) else None
