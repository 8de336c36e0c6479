"""Who plays what, counted by players: shares of those who are known, with nothing hidden.

Source: DOMAIN, "Statistics that are honest": shares always with their denominator, the unknown and
the coverage; no percentages of a small field.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.domain.colours import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FEWEST_FOR_SHARES", "PlayerCount", "by_colours", "share"]

FEWEST_FOR_SHARES: Final = 10
"""Of fewer known players than this there are counts only: one player more or less would move a
share by over ten points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerCount:
    """How many players are on something."""

    name: str
    """The archetype's; empty for a combination of colours."""
    colours: str
    """A subset of ``WUBRG``; empty for colourless."""
    players: int


def by_colours(counts: Iterable[PlayerCount]) -> tuple[PlayerCount, ...]:
    """Add up archetypes of the same colours, most played first."""
    players: Counter[str] = Counter()
    for each in counts:
        players["".join(in_order(each.colours))] += each.players
    return tuple(
        PlayerCount(name="", colours=colours, players=count)
        for colours, count in sorted(players.items(), key=lambda item: (-item[1], item[0]))
    )


def share(players: int, known: int) -> float | None:
    """Return the share of the known players, from 0 to 1; None where that would say too much."""
    return players / known if known >= FEWEST_FOR_SHARES else None
