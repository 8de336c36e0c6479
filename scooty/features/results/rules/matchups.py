"""How one deck does against another: wins of decided matches, with what that is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scooty.domain.ids import ArchetypeId
from scooty.domain.intervals import Interval, wilson_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scooty.domain.field import Field

FEWEST_MATCHES: Final = 5
"""Decided matches. Below, the answer is "too little data"."""


class Outcome(StrEnum):
    """Of a match, for the team's player; the values are stored and are options of commands."""

    WIN = "win"
    LOSS = "loss"
    DRAW = "draw"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPlayed:
    """One match of a teammate."""

    ours: ArchetypeId
    theirs: ArchetypeId
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Matchup:
    """All matches of one archetype of ours against one of theirs."""

    ours: ArchetypeId
    theirs: ArchetypeId
    wins: int
    losses: int
    draws: int
    """In no rate."""

    @property
    def is_mirror(self) -> bool:
        """Whether both play the same: stated apart, as its rate says nothing of the deck."""
        return self.ours == self.theirs

    @property
    def decided(self) -> int:
        """Wins and losses: the n of the rate."""
        return self.wins + self.losses

    @property
    def win_rate(self) -> float | None:
        """Wins of decided matches; None of a mirror, or with too little data."""
        if self.is_mirror or self.decided < FEWEST_MATCHES:
            return None
        return self.wins / self.decided

    @property
    def interval(self) -> Interval | None:
        """In which the true win rate lies with 95 % confidence; None as ``win_rate``."""
        return None if self.win_rate is None else wilson_interval(self.wins, self.decided)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What one archetype of ours is to expect of a field."""

    win_rate: float | None
    """Against the part of the field that the team has enough matches against; None: no part."""
    covered_share: float
    """How large that part is, of the players known, 0 to 1."""


def count_matchups(matches: Iterable[MatchPlayed]) -> tuple[Matchup, ...]:
    """Count matches by both archetypes, mirrors included; in the order of the archetypes' ids."""
    counts = Counter((match.ours, match.theirs, match.outcome) for match in matches)
    return tuple(
        Matchup(
            ours=ours,
            theirs=theirs,
            wins=counts[ours, theirs, Outcome.WIN],
            losses=counts[ours, theirs, Outcome.LOSS],
            draws=counts[ours, theirs, Outcome.DRAW],
        )
        for ours, theirs in sorted({(ours, theirs) for ours, theirs, _ in counts})
    )


def expect(
    ours: ArchetypeId, matchups: Iterable[Matchup], field: Field[ArchetypeId]
) -> Expectation:
    """Weigh the win rates of ``ours`` by the field's shares.

    What has no rate is left out and not guessed: mirrors, and what was met too seldom.
    """
    rates: Mapping[ArchetypeId, float] = {
        matchup.theirs: matchup.win_rate
        for matchup in matchups
        if matchup.ours == ours and matchup.win_rate is not None
    }
    met = [(part.players, rates[part.kind]) for part in field.shares if part.kind in rates]
    players = sum(count for count, _ in met)
    if not players:
        return Expectation(win_rate=None, covered_share=0.0)
    return Expectation(
        win_rate=sum(count * rate for count, rate in met) / players,
        covered_share=players / field.known,
    )
