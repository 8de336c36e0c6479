"""Who plays what, counted by players; `scooty.domain.field` says of what shares are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scooty.domain.colours import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerCount:
    """How many players are on something."""

    name: str
    """The archetype's; empty for a combination of colours."""
    colours: str
    """A subset of ``WUBRG``; empty for colourless."""
    players: int
    display_colour: int | None = None
    """0xRRGGBB, when the team chose one for the archetype."""


def by_colours(counts: Iterable[PlayerCount]) -> tuple[PlayerCount, ...]:
    """Add up archetypes of the same colours, most played first."""
    players: Counter[str] = Counter()
    for each in counts:
        players["".join(in_order(each.colours))] += each.players
    return tuple(
        PlayerCount(name="", colours=colours, players=count)
        for colours, count in sorted(players.items(), key=lambda item: (-item[1], item[0]))
    )
