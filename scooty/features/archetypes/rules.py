"""What people type about an archetype, read: its formats, its emoji, its colour on charts."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from scooty.domain.colours import in_order
from scooty.domain.names import fold

FORMATS: Final = ("standard", "pioneer", "modern", "legacy", "vintage", "pauper", "premodern")
"""The formats that archetypes are sorted by, as players call them in every language."""

_PAIRS: Final = {
    "azorius": "WU",
    "dimir": "UB",
    "rakdos": "BR",
    "gruul": "RG",
    "selesnya": "WG",
    "orzhov": "WB",
    "izzet": "UR",
    "golgari": "BG",
    "boros": "WR",
    "simic": "UG",
}
_TRIOS: Final = {
    "esper": "WUB",
    "grixis": "UBR",
    "jund": "BRG",
    "naya": "WRG",
    "bant": "WUG",
    "abzan": "WBG",
    "jeskai": "WUR",
    "sultai": "UBG",
    "mardu": "WBR",
    "temur": "URG",
}
_WORDS: Final = {
    **dict.fromkeys(("white", "blanc", "blanche", "blancs"), "W"),
    **dict.fromkeys(("blue", "bleu", "bleue"), "U"),
    **dict.fromkeys(("black", "noir", "noire"), "B"),
    **dict.fromkeys(("red", "rouge"), "R"),
    **dict.fromkeys(("green", "vert", "verte"), "G"),
    **dict.fromkeys(("colourless", "colorless", "incolore", "c"), ""),
    **dict.fromkeys(("mono", "and", "et"), ""),
    **_PAIRS,
    **_TRIOS,
}
"""Folded words for colours, in English and in French; some add none."""
_NAMES_NOTHING: Final = frozenset({"mono", "and", "et"})

_CUSTOM_EMOJI: Final = re.compile(r"<a?:[A-Za-z0-9_]{2,32}:[0-9]{17,20}>")
"""Source: https://discord.com/developers/docs/reference#message-formatting"""
_PICTURE: Final = (
    "(?:[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff"
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u24c2\u2934\u2935\u3030\u303d\u3297\u3299]"
    "\ufe0f?[\U0001f3fb-\U0001f3ff]?\ufe0f?)"
)
_EMOJI: Final = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    "|[0-9#*]\ufe0f?\u20e3"  # a keycap
    f"|{_PICTURE}(?:\u200d{_PICTURE})*"  # one picture, or several joined into one
)
"""One emoji, by the blocks that have some.

Source: https://www.unicode.org/reports/tr51/#Definitions
"""
_DISPLAY_COLOUR: Final = re.compile(r"#?([0-9A-Fa-f]{6})")


def read_colours(text: str) -> str | None:
    """Read ``wur``, ``white blue red``, ``bleu et rouge``, ``Jeskai`` or ``mono-red``.

    Returns:
        A subset of ``WUBRG`` in that order, empty for colourless; None when it names no colours.
    """
    words = fold(text).split()
    if not set(words) - _NAMES_NOTHING:
        return None
    found = ""
    for word in words:
        if word in _WORDS:
            found += _WORDS[word]
        elif set(word) <= set("wubrg"):
            found += word
        else:
            return None
    return in_order(found)


def read_formats(text: str) -> tuple[str, ...] | None:
    """Read formats one after the other, in whatever case and with whatever between them.

    Returns:
        The known ones that were named, in their own order; None when something else was.
    """
    words = set(fold(text).split())
    if not words or words - set(FORMATS):
        return None
    return tuple(name for name in FORMATS if name in words)


def read_emoji(text: str) -> str | None:
    """Return one Unicode emoji or one of a server's own; None when the text is anything else."""
    if _CUSTOM_EMOJI.fullmatch(text):
        return text
    if _EMOJI.fullmatch(text) and all(unicodedata.category(sign) != "Cn" for sign in text):
        return text
    return None


def read_display_colour(text: str) -> int | None:
    """Read ``#RRGGBB``, with or without its sign; None when it is no colour."""
    match = _DISPLAY_COLOUR.fullmatch(text)
    return None if match is None else int(match[1], 16)
