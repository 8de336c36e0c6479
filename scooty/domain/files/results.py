"""How a match ended, out of the sentences that tournament software writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scooty.domain.names import fold, name_key
from scooty.domain.text import clean

_GAMES: Final = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})(?:-(\d{1,2}))?(?![\d-])")
_WON: Final = re.compile(r"^(.*?)\s+(?:won|wins|gagne|a gagné)\b", re.IGNORECASE)
_FORFEITED: Final = re.compile(r"^(.*?)\s+forfeited\b", re.IGNORECASE)
_BYE: Final = re.compile(r"\b(?:awarded|assigned)\s+a\s+bye\b", re.IGNORECASE)
_DRAW: Final = frozenset({"draw", "tie", "nul", "nulle", "egalite"})
_OPEN: Final = frozenset({"", "not reported", "pending", "en cours", "none", "null"})
_NOBODY: Final = frozenset({"bye", "byes", "a bye", "exempt", "exempte", "no opponent"})


class Outcome(StrEnum):
    """The kinds of an end."""

    WON = "won"
    DRAWN = "drawn"
    FORFEITED = "forfeited"
    BYE = "bye"
    OPEN = "open"
    """Not reported yet, or not in the file."""
    UNKNOWN = "unknown"
    """Something is written that is not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The end of a match."""

    outcome: Outcome
    winner: int | None = None
    """Which side won, 0 or 1; None when nobody did or the name is on neither side."""
    games: tuple[int, int, int] | None = None
    """Won by the winner (by the first side when none is named), lost by it, drawn."""


def is_bye(text: str) -> bool:
    """Tell whether this stands where an opponent's name would, and is none."""
    return fold(text.strip(" *-")) in _NOBODY


def parse_result(text: str, sides: tuple[tuple[str, ...], ...] = ()) -> Result:
    """Read a result.

    Args:
        text: As *X won 2-1-0*, *1-1-0 Draw*, *X forfeited the match*, *2-0*, *X* or *Draw*.
        sides: The names on each side, by which the winner is found.
    """
    stripped = clean(text[:300])
    folded = fold(stripped)
    games = _games(stripped)
    if folded in _OPEN:
        return Result(outcome=Outcome.OPEN)
    if _BYE.search(stripped) or is_bye(stripped):
        return Result(outcome=Outcome.BYE)
    if loser := _FORFEITED.match(stripped):
        side = _side(loser[1], sides)
        return Result(outcome=Outcome.FORFEITED, winner=None if side is None else 1 - side)
    if won := _WON.match(stripped):
        return Result(outcome=Outcome.WON, winner=_side(won[1], sides), games=games)
    if _DRAW & set(folded.split()):
        return Result(outcome=Outcome.DRAWN, games=games)
    return _bare(stripped, games, sides)


def _bare(
    text: str, games: tuple[int, int, int] | None, sides: tuple[tuple[str, ...], ...]
) -> Result:
    if games and _GAMES.fullmatch(text):
        won, lost, _ = games
        if won == lost:
            return Result(outcome=Outcome.DRAWN, games=games)
        ordered = games if won > lost else (lost, won, games[2])
        return Result(outcome=Outcome.WON, winner=0 if won > lost else 1, games=ordered)
    side = _side(text, sides)
    if side is None:
        return Result(outcome=Outcome.UNKNOWN)
    return Result(outcome=Outcome.WON, winner=side)


def _games(text: str) -> tuple[int, int, int] | None:
    found = _GAMES.search(text)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def _side(name: str, sides: tuple[tuple[str, ...], ...]) -> int | None:
    key = name_key(name)
    for at, names in enumerate(sides[:2]):
        if key in {name_key(one) for one in names}:
            return at
    return None
