"""A record of matches in one line: `4-3-1`, the win rate, of how many, and what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.numbers import percent
from scooty.domain.intervals import wilson_interval
from scooty.features.results.rules.matchups import FEWEST_MATCHES

if TYPE_CHECKING:
    from scooty.core.i18n import Translator
    from scooty.features.results.rules.matchups import Matchup


def record(wins: int, losses: int, draws: int) -> str:
    """Write wins, losses and draws as players do; draws only when there are any."""
    return f"{wins}-{losses}" + (f"-{draws}" if draws else "")


def record_figure(wins: int, losses: int, draws: int, t: Translator) -> str:
    """Write a record with its win rate, or that it is of too few matches for one."""
    written, decided = f"`{record(wins, losses, draws)}`", wins + losses
    if not decided:
        return written
    if decided < FEWEST_MATCHES:
        return t("matchup.few", record=written, n=decided)
    interval = wilson_interval(wins, decided)
    return t(
        "matchup.rate",
        record=written,
        rate=percent(wins / decided, t),
        n=decided,
        low=percent(interval.low, t, digits=0),
        high=percent(interval.high, t, digits=0),
    )


def matchup_figure(matchup: Matchup, t: Translator) -> str:
    """Write a matchup's record; that of a mirror without a rate."""
    if matchup.is_mirror:
        return f"`{record(matchup.wins, matchup.losses, matchup.draws)}`"
    return record_figure(matchup.wins, matchup.losses, matchup.draws, t)
