"""What a team must know, worked out beside the bot in the plainest way.

Nothing here is shared with the bot: names are matched as they are written, and the consensus is
added up anew for every question. Only its weights are the documented ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ERASED", "ModelReport", "TeamModel"]

ERASED: Final = 0
"""Who reported what an erased member had reported."""
_SOURCES: Final = {"decklist": 100, "played": 50, "seen": 40, "coverage": 40, "told": 15}
_CONFIDENCES: Final = {"sure": 100, "likely": 50, "guess": 20}


@dataclass(slots=True, kw_only=True)
class ModelReport:
    """One report as its team knows it."""

    id: int
    player: str
    archetype: str
    reporter: int
    round: int | None
    source: str
    confidence: str
    comment: str | None
    counts: bool = True

    @property
    def weight(self) -> int:
        """How much it says."""
        return _SOURCES[self.source] * _CONFIDENCES[self.confidence]


@dataclass(slots=True)
class TeamModel:
    """All that one team has done at one event."""

    reports: dict[int, ModelReport] = field(default_factory=dict)
    """By id, in the order in which they were made."""
    seen: set[str] = field(default_factory=set)
    """Players of whom anything was ever reported."""

    def report(self, new: ModelReport) -> None:
        """Somebody reported something."""
        self.reports[new.id] = new
        self.seen.add(new.player)

    def merge_players(self, merged: str, kept: str) -> None:
        """Two names were one player's."""
        self.seen.discard(merged)
        for each in self.reports.values():
            if each.player == merged:
                each.player = kept

    def merge_archetypes(self, merged: str, kept: str) -> None:
        """Two names were one archetype's."""
        for each in self.reports.values():
            if each.archetype == merged:
                each.archetype = kept

    def forget(self, player: str) -> None:
        """A player asked to be forgotten."""
        self.seen.discard(player)
        self.reports = {key: each for key, each in self.reports.items() if each.player != player}

    def erase_member(self, member: int) -> None:
        """A member asked to be erased; what they saw is kept."""
        for each in self.reports.values():
            if each.reporter == member:
                each.reporter = ERASED

    def of_player(self, player: str) -> list[ModelReport]:
        """Return what counts of a player, the oldest first."""
        return [each for each in self.reports.values() if each.counts and each.player == player]

    def plays(self, player: str) -> str | None:
        """Return the archetype that weighs most; of equals the one that was seen last.

        Age weighs too little within an hour to turn anything but a tie.
        """
        by_archetype: defaultdict[str, dict[int, int]] = defaultdict(dict)
        last: dict[str, int] = {}
        for place, each in enumerate(self.of_player(player)):
            heaviest = by_archetype[each.archetype]
            heaviest[each.reporter] = max(heaviest.get(each.reporter, 0), each.weight)
            last[each.archetype] = place
        if not by_archetype:
            return None
        return max(by_archetype, key=lambda key: (sum(by_archetype[key].values()), last[key]))

    def field(self) -> Counter[str]:
        """Count players by what they play."""
        known = (self.plays(player) for player in self.seen)
        return Counter(archetype for archetype in known if archetype is not None)

    def contributors(self) -> dict[int, tuple[int, int]]:
        """Count reports and players of each reporter."""
        counting = [each for each in self.reports.values() if each.counts and each.reporter]
        return {
            who: (_count(counting, who), len({e.player for e in counting if e.reporter == who}))
            for who in {each.reporter for each in counting}
        }


def _count(reports: Iterable[ModelReport], who: int) -> int:
    return sum(each.reporter == who for each in reports)
