"""Pairings out of lines copied from a page or typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scooty.domain.files.columns import is_heading
from scooty.domain.files.results import Outcome, parse_result
from scooty.domain.files.sides import PairingEntry, pair_up, side_of
from scooty.domain.files.source import Line, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.domain.files.reading import Found

_ROUND: Final = re.compile(
    r"\W*(?:pairings?\W+(?:for\W+)?)?(?:round|ronde|r)\W*([0-9]{1,2})(?:\W+(?:pairings?|of.*))?\W*",
    re.IGNORECASE,
)
_TABLE: Final = re.compile(r"\s*(?:table\s*|tbl\s*)?#?([0-9]{1,5})(?:[.:)]\s*|\s+)", re.IGNORECASE)
_VERSUS: Final = re.compile(r"(?:^|\s)(?:vs\.?|versus|contre)(?=\s|$)", re.IGNORECASE)
_V: Final = re.compile(r"\sv\.?\s")
"""Small, and only where nothing clearer stands: *Anna V. Poe* has an initial."""
_DASH: Final = re.compile(r"\s[-\u2013\u2014]\s")
_GAP: Final = re.compile(r"\t+| {2,}")
_COUNT: Final = re.compile(r"\(?([0-9]{1,3})\)?\s*(?:pts?|points?)?\.?", re.IGNORECASE)
_RECORD: Final = re.compile(r"\(?\d{1,2}-\d{1,2}(?:-\d{1,2})?\)?")
_SEATS: Final = 2


def pairings_of_lines(lines: list[Line]) -> Found[PairingEntry]:
    """Yield each line's pairing; *Round 5* on a line of its own holds for those below it."""
    round_number: int | None = None
    for line in lines:
        told = round_of_title(line.text)
        if told is not None:
            round_number = told
            yield line, Reason.HEADING
        elif is_heading(line.text):
            yield line, Reason.HEADING
        else:
            yield line, _pairing(line, round_number)


def round_of_title(text: str) -> int | None:
    """Return the round that a title such as *Round 5 pairings* names, and nothing else does."""
    told = _ROUND.fullmatch(text[:200])
    return int(told[1]) if told else None


def _pairing(line: Line, round_number: int | None) -> PairingEntry | Reason:
    text, table = line.text.strip(), None
    if found := _TABLE.match(text):
        text, table = text[found.end() :], int(found[1])
    cells = _cells(text)
    names, points, result = _sort(cells)
    if len(names) > _SEATS:
        return Reason.AMBIGUOUS
    if len(names) < _SEATS:
        return Reason.NO_OPPONENT if names else Reason.NO_NAME
    sides = [side_of(name, "", count) for name, count in zip(names, points, strict=True)]
    return pair_up(line.number, *sides, result=result, table=table, round_number=round_number)


def _cells(text: str) -> list[str]:
    halves = _VERSUS.split(text) if _VERSUS.search(text) else _V.split(text)
    cells = _named(cell for half in halves for cell in _GAP.split(half))
    return cells if len(cells) > 1 else _named(_DASH.split(text))


def _named(cells: Iterable[str]) -> list[str]:
    return [cell.strip() for cell in cells if any(map(str.isalnum, cell))]


def _sort(cells: list[str]) -> tuple[list[str], list[int | None], str]:
    """Tell names from points and from the result, which follows both names."""
    names, points, result = list[str](), list[int | None](), ""
    for cell in cells:
        if count := _COUNT.fullmatch(cell):
            if names and points[-1] is None:
                points[-1] = int(count[1])
        elif len(names) == _SEATS and not result and _is_result(cell, names):
            result = cell
        elif not _RECORD.fullmatch(cell):
            names.append(cell)
            points.append(None)
    return names, points, result


def _is_result(cell: str, names: list[str]) -> bool:
    return parse_result(cell, tuple((name,) for name in names)).outcome is not Outcome.UNKNOWN
