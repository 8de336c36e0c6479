"""What a team must know of rounds, worked out beside the bot in the plainest way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.chaos.tournament.pairing_files import Match, RoundFile

__all__ = ["RoundsModel", "Row"]


class Row(NamedTuple):
    """One player of a round."""

    round: int
    player: str
    opponent: str | None
    table: int | None
    """None for a bye."""
    result: str | None
    games_won: int | None
    games_lost: int | None


@dataclass(slots=True)
class RoundsModel:
    """Who is who, who played whom, how the team's matches ended, and who watches whom."""

    mates: dict[int, str] = field(default_factory=dict)
    """Players by the members that they are."""
    rows: dict[tuple[int, str], Row] = field(default_factory=dict)
    """By round and player."""
    watchers: dict[str, int] = field(default_factory=dict)
    """Members by whom they watch."""

    def apply(self, number: int, matches: Iterable[Match], file: RoundFile) -> None:
        """Seat everybody, and note the results of the team."""
        team = set(self.mates.values())
        for match in matches:
            sides = [(match.one, match.other, match.games)]
            if match.other is not None:
                sides.append((match.other, match.one, match.games[::-1]))
            for player, opponent, games in sides:
                is_told = opponent is not None and player in team and file.tells_winners
                won, lost = games if is_told and file.tells_games else (None, None)
                result = ("win" if games[0] > games[1] else "loss") if is_told else None
                table = None if opponent is None else match.table
                self.rows[number, player] = Row(number, player, opponent, table, result, won, lost)

    def merge(self, merged: str, kept: str) -> None:
        """Two names were one player's, who is known since."""
        for key, row in list(self.rows.items()):
            if row.player == merged:
                del self.rows[key]
                self.rows[row.round, kept] = row._replace(player=kept)
            elif row.opponent == merged:
                self.rows[key] = row._replace(opponent=kept)

    def forget(self, player: str) -> None:
        """Nothing holds a player any more."""
        self.mates = {who: name for who, name in self.mates.items() if name != player}
        self.rows = {key: row for key, row in self.rows.items() if player not in row[1:3]}
        self.watchers.pop(player, None)

    def erase_member(self, member: int) -> None:
        """A member is nobody, and watches nobody."""
        self.mates.pop(member, None)
        self.watchers = {name: who for name, who in self.watchers.items() if who != member}

    def paired(self, number: int) -> list[Row]:
        """Return the rows of a round."""
        return [row for row in self.rows.values() if row.round == number]

    def coverage(
        self, number: int, plays: Callable[[str], str | None]
    ) -> tuple[int, int, int, int, int]:
        """Count a round's players: known, all, claimed, unclaimed, of the team and not known."""
        team, counted = set(self.mates.values()), Counter[str]()
        for _, player, *_ in self.paired(number):
            if plays(player) is not None:
                counted["known"] += 1
            elif player in team:
                counted["team"] += 1
            else:
                counted["claimed" if player in self.watchers else "unclaimed"] += 1
        known, claimed, unclaimed = (counted[each] for each in ("known", "claimed", "unclaimed"))
        return known, counted.total(), claimed, unclaimed, counted["team"]

    def brief(self, number: int, plays: Callable[[str], str | None]) -> dict[str, int]:
        """Count the team's round: known and unknown opponents, pairings among themselves, byes."""
        team, counted = set(self.mates.values()), Counter[str]()
        for player in team:
            row = self.rows.get((number, player))
            if row is None:
                counted["without"] += 1
            elif row.opponent is None:
                counted["bye"] += 1
            elif row.opponent in team:
                counted["ourselves"] += player < row.opponent
            else:
                counted["unknown" if plays(row.opponent) is None else "known"] += 1
        return {what: count for what, count in counted.items() if count}

    def record(self) -> tuple[int, int]:
        """Count wins and losses of the team against others."""
        team = set(self.mates.values())
        told = [row.result for row in self.rows.values() if row.opponent not in team]
        return told.count("win"), told.count("loss")

    def records(
        self, plays: Callable[[str], str | None], *, among_teammates: bool = True
    ) -> Counter[tuple[str, str, str]]:
        """Count the team's results by both decks, with or without those among teammates."""
        team = set() if among_teammates else set(self.mates.values())
        counted = Counter[tuple[str, str, str]]()
        for _, player, opponent, _, result, *_ in self.rows.values():
            if result is not None and opponent is not None and opponent not in team:
                decks = plays(player), plays(opponent)
                if decks[0] is not None and decks[1] is not None:
                    counted[decks[0], decks[1], result] += 1
        return counted
