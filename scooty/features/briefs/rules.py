"""Names in scripts that are written from right to left, for drawing that goes from left to right.

What draws letter by letter knows neither of directions nor of Arabic letters' joined forms, so both
are settled before. This is less than Unicode's whole algorithm: a line's own direction is from left
to right, and numbers within a name stay as they are.

Source: https://www.unicode.org/reports/tr9/ (The Unicode Bidirectional Algorithm)
Source: https://www.unicode.org/charts/PDF/UFE70.pdf (Arabic Presentation Forms-B)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

_Form: TypeAlias = Literal["isolated", "initial", "medial", "final"]

_FORMS_OF: Final = (range(0xFB50, 0xFC00), range(0xFE70, 0xFEFD))
"""Letters with one form each; between them are ligatures of calligraphy."""
_LAM: Final = "\u0644"
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENING: Final = {")": "(", "]": "[", "}": "{"}
_KEPT: Final = re.compile(r"\d+(?:[.,:/-]\d+)*")
"""A number keeps its direction."""


def joined(text: str) -> str:
    """Give every Arabic letter the form that its neighbours ask for."""
    if text.isascii() or not any("\u0600" <= letter <= "\u06ff" for letter in text):
        return text
    units = _with_ligatures(text)
    return "".join(_shaped(units, place) for place in range(len(units)))


def in_visual_order(text: str) -> str:
    """Turn what is written from right to left, so that drawing from left to right shows it."""
    if text.isascii() or not any(_is_rightward(letter) for letter in text):
        return text
    ordered = [_turned(run) if place % 2 else run for place, run in enumerate(_runs(text))]
    return "".join(ordered)


def _runs(text: str) -> list[str]:
    """Split a text where its direction changes: left to right, right to left, and so on.

    What has no direction belongs to a run from right to left where it stands inside of it, as does
    a bracket that closes one of the run's.
    """
    runs, begin = [""], 0
    while begin < len(text):
        if not _is_rightward(text[begin]):
            runs[-1] += text[begin]
            begin += 1
            continue
        end = last = begin
        while end < len(text) and unicodedata.bidirectional(text[end]) != "L":
            is_inside = unicodedata.combining(text[end]) and end == last
            if _is_rightward(text[end]) or is_inside or _closes(text, begin, end):
                last = end + 1
            end += 1
        runs += [text[begin:last], ""]
        begin = last
    return runs


def _closes(text: str, begin: int, place: int) -> bool:
    opening = _OPENING.get(text[place])
    if opening is None:
        return False
    inside = text[begin:place]
    return inside.count(opening) > inside.count(text[place])


def _is_rightward(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def _turned(run: str) -> str:
    text = run.translate(_MIRRORED)
    kept = _KEPT.sub(lambda number: number[0][::-1], text)
    clusters: list[str] = []
    for letter in kept:
        if clusters and unicodedata.combining(letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return "".join(reversed(clusters))


@cache
def _forms() -> Mapping[str, Mapping[str, str]]:
    """Return the forms of each letter, and of lam with each alef, by their names."""
    forms: dict[str, dict[str, str]] = {}
    for code in (code for block in _FORMS_OF for code in block):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(letter, 16)) for letter in letters)
        if base and form.strip("<>") in {"isolated", "initial", "medial", "final"}:
            forms.setdefault(base, {})[form.strip("<>")] = chr(code)
    return forms


def _with_ligatures(text: str) -> list[str]:
    units: list[str] = []
    for letter in text:
        if units and units[-1] == _LAM and _LAM + letter in _forms():
            units[-1] += letter
        else:
            units.append(letter)
    return units


def _shaped(units: list[str], place: int) -> str:
    unit = units[place]
    forms = _forms().get(unit)
    if forms is None or "isolated" not in forms:
        return unit
    before, after = _neighbour(units, place, -1), _neighbour(units, place, 1)
    joins_before = "final" in forms and "initial" in _forms().get(before, {})
    joins_after = "initial" in forms and "final" in _forms().get(after, {})
    form: _Form = "isolated"
    if joins_before:
        form = "medial" if joins_after and "medial" in forms else "final"
    elif joins_after:
        form = "initial"
    return forms[form]


def _neighbour(units: list[str], place: int, step: int) -> str:
    """Return the next letter that way; marks above and below letters join nothing."""
    place += step
    while 0 <= place < len(units) and unicodedata.combining(units[place][0]):
        place += step
    return units[place] if 0 <= place < len(units) else ""
