"""One team in front of the pairings: imports them, looks whom it plays, watches the others."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tests.chaos.tournament.gestures import confirmed, text_of
from tests.chaos.tournament.pairing_files import FORMATS, Match
from tests.chaos.tournament.round_gestures import (
    applied,
    assign,
    import_round,
    read_brief,
    read_opponent,
    read_record,
    read_round_coverage,
    uploaded,
)
from tests.chaos.tournament.rounds_model import RoundsModel

if TYPE_CHECKING:
    from tests.chaos.tournament.model import TeamModel
    from tests.chaos.tournament.teams import Team

__all__ = ["Tables"]

BYES: Final = 2
GAMES: Final = ((2, 0), (2, 1), (0, 2), (1, 2))
WATCHED: Final = 5
"""Players who are assigned in a round."""


@dataclass
class Tables:
    """The rounds of one team."""

    team: Team
    reports: TeamModel
    """What its members reported."""
    names: tuple[str, ...]
    """Of all players; the team's own are the first."""
    seed: int
    model: RoundsModel = field(default_factory=RoundsModel)
    matches: list[Match] = field(default_factory=list)
    """Of the newest round."""

    async def link(self) -> None:
        """The captain imports the roster, and every teammate says which player they are."""
        preview = await self.team.captain.command(
            "player import", file=uploaded("\n".join(self.names))
        )
        await applied(self.team.captain, preview, "player:apply")
        self.reports.seen |= set(self.names)
        for person, who, name in zip(
            self.team.scouts, self.team.scout_ids, self.names, strict=False
        ):
            linked = await person.command("team link", player=name)
            assert "✅" in text_of(linked), text_of(linked)
            self.model.mates[who] = name

    async def pair(self, number: int) -> None:
        """The captain imports a round and puts one name right; everybody looks whom they play."""
        captain, chance = self.team.captain, random.Random(f"{self.seed}/pairings/{number}")  # noqa: S311 - a script
        matches = self.matches = self._matches(chance)
        rightly = self._opponent_of_a_mate(matches, chance)
        wrongly = f"Wrongly Paired {number}"
        written = [_renamed(match, rightly, wrongly) for match in matches]
        said = await import_round(captain, number, written, FORMATS[number])
        assert f"**{len(matches) - BYES} tables** are paired" in said
        self.model.apply(number, written, FORMATS[number])
        self.reports.seen |= {
            name for match in written for name in (match.one, match.other) if name
        }
        preview = await captain.command("player merge", player=wrongly, into=rightly)
        await confirmed(captain, preview, "player:merge")
        self.reports.merge_players(wrongly, rightly)
        self.reports.seen.add(rightly)
        self.model.merge(wrongly, rightly)
        await self._look_whom_they_play(number)
        await self._assign(number, chance)

    def _matches(self, chance: random.Random) -> list[Match]:
        """Seat everybody; the last two have a bye."""
        names = chance.sample(self.names, len(self.names))
        pairs = zip(names[:-BYES:2], names[1:-BYES:2], strict=True)
        matches = [
            Match(table=table, one=one, other=other, games=chance.choice(GAMES))
            for table, (one, other) in enumerate(pairs, 1)
        ]
        byes = (Match(table=900 + n, one=name, other=None) for n, name in enumerate(names[-BYES:]))
        return [*matches, *byes]

    def _opponent_of_a_mate(self, matches: list[Match], chance: random.Random) -> str:
        team = set(self.model.mates.values())
        against = [
            {match.one, match.other} - team
            for match in matches
            if match.other is not None and len({match.one, match.other} & team) == 1
        ]
        [name] = chance.choice(against)
        assert name is not None
        return name

    async def _look_whom_they_play(self, number: int) -> None:
        team = set(self.model.mates.values())
        looked = await asyncio.gather(*(each.command("opponent") for each in self.team.scouts))
        for who, outcome in zip(self.team.scout_ids, looked, strict=True):
            _, _, opponent, table, *_ = self.model.rows[number, self.model.mates[who]]
            deck = None if opponent is None or opponent in team else self.reports.plays(opponent)
            assert read_opponent(outcome) == (table, opponent, deck)

    async def tell_results(self, number: int) -> None:
        """Everybody whose result no file told tells it when the match is over."""
        matches = {name: match for match in self.matches for name in (match.one, match.other)}
        for person, who in zip(self.team.scouts, self.team.scout_ids, strict=True):
            row = self.model.rows[number, self.model.mates[who]]
            if row.opponent is None or row.result is not None:
                continue
            match = matches[row.player]
            won, lost = match.games if match.one == row.player else match.games[::-1]
            how = "win" if won > lost else "loss"
            told = await person.command(f"result {how}", score=f"{won}-{lost}")
            assert "✅" in text_of(told), text_of(told)
            self.model.rows[number, row.player] = row._replace(
                result=how, games_won=won, games_lost=lost
            )

    async def _assign(self, number: int, chance: random.Random) -> None:
        """Some of those of whom nobody knows anything are watched."""
        team = set(self.model.mates.values())
        free = [
            player
            for _, player, *_ in self.model.paired(number)
            if self.reports.plays(player) is None
            and player not in team
            and player not in self.model.watchers
        ]
        watched = chance.sample(sorted(free), min(WATCHED, len(free)))
        for player, who in zip(watched, self.team.scout_ids, strict=False):
            await assign(self.team.captain, who, player)
            self.model.watchers[player] = who

    def end_watches(self) -> None:
        """Of whom anything counts, nobody has to watch."""
        for player in [each for each in self.model.watchers if self.reports.plays(each)]:
            del self.model.watchers[player]

    async def compare(self, number: int) -> None:
        """Hold what the bot counts of the round against the model."""
        captain, plays = self.team.captain, self.reports.plays
        covered = await captain.command("coverage")
        assert read_round_coverage(covered) == self.model.coverage(number, plays)
        briefed = await captain.command("round brief")
        assert read_brief(briefed) == self.model.brief(number, plays)
        recorded = await captain.command("team record")
        assert read_record(recorded) == self.model.record()

    async def compare_matchups(self) -> None:
        """Hold the record of the two decks that met most often against the model."""
        records = self.model.records(self.reports.plays, among_teammates=False)
        met = Counter[tuple[str, str]]()
        for (ours, theirs, _), count in records.items():
            met[ours, theirs] += count if ours != theirs else 0
        [((ours, theirs), count)] = met.most_common(1)
        asked = await self.team.captain.command("matchup", ours=ours, theirs=theirs)
        expected = records[ours, theirs, "win"], records[ours, theirs, "loss"]
        assert (read_record(asked), sum(expected)) == (expected, count)

    def compare_file(self, rows: list[dict[str, Any]], played: dict[str, str | None]) -> None:
        """Hold the rounds of an export against the model, and the team's record by decks."""
        assert {_seated(row) for row in rows} == set(self.model.rows.values())
        records = self.model.records(self.reports.plays)
        assert _records(rows, played) == records
        assert {result for _, _, result in records} == {"win", "loss"}


def _renamed(match: Match, rightly: str, wrongly: str) -> Match:
    one, other = (wrongly if name == rightly else name for name in (match.one, match.other))
    assert one is not None
    return replace(match, one=one, other=other)


def _seated(row: dict[str, Any]) -> tuple[object, ...]:
    table = None if row["opponent"] is None else row["table"]  # a bye may be written as a table
    names = ("result", "games_won", "games_lost")
    return (row["round"], row["player"], row["opponent"], table, *(row[each] for each in names))


def _records(
    rows: list[dict[str, Any]], played: dict[str, str | None]
) -> Counter[tuple[str, str, str]]:
    counted = Counter[tuple[str, str, str]]()
    for row in rows:
        if row["result"] is not None:
            decks = played[row["player"]], played[row["opponent"]]
            if decks[0] is not None and decks[1] is not None:
                counted[decks[0], decks[1], row["result"]] += 1
    return counted
