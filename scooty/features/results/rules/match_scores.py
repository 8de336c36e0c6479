"""How many games of a match each player won, as people type it: ``2-1``, ``2-1-1``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from scooty.features.results.rules.matchups import Outcome

_BETWEEN: Final = r"\s*[-\u2013\u2014:/]\s*"
"""Phones turn a hyphen into one of the dashes."""
_SCORE: Final = re.compile(f"([0-9]){_BETWEEN}([0-9])(?:{_BETWEEN}([0-9]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchScore:
    """Games, as the team's player sees them."""

    won: int
    lost: int
    drawn: int = 0

    @property
    def outcome(self) -> Outcome:
        """How the match ended by its games."""
        if self.won == self.lost:
            return Outcome.DRAW
        return Outcome.WIN if self.won > self.lost else Outcome.LOSS

    @override
    def __str__(self) -> str:
        """Write it as it is typed; games that were drawn only when there are any."""
        return f"{self.won}-{self.lost}" + (f"-{self.drawn}" if self.drawn else "")


def read_score(text: str, outcome: Outcome) -> MatchScore | None:
    """Read a score of a match that ended so; None when it is none, or of another end.

    Who lost says "2-1" as often as "1-2", since the winner's games come first in every list: both
    are a loss. A win is not turned around, for there the word and the number contradict each other.
    """
    match = _SCORE.fullmatch(text.strip())
    if match is None:
        return None
    first, second, drawn = (int(games or 0) for games in match.groups())
    if outcome is Outcome.LOSS:
        first, second = sorted((first, second))
    score = MatchScore(won=first, lost=second, drawn=drawn)
    return score if score.outcome is outcome else None
