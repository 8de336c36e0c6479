"""The pairings of a round as captains get hold of them: saved, exported, copied, typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["FORMATS", "Match", "RoundFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One table: two players and the games that each won, or one with a bye."""

    table: int
    one: str
    other: str | None
    games: tuple[int, int] = (0, 0)

    @property
    def winner(self) -> str:
        """Who won; there are no draws."""
        assert self.other is not None
        return self.one if self.games[0] > self.games[1] else self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFile:
    """A way in which a round comes as a file."""

    extension: str
    write: Callable[[Sequence[Match], int], str]
    tells_winners: bool = False
    tells_games: bool = False


def _result(match: Match) -> str:
    if match.other is None:
        return f"{match.one} was awarded a bye"
    return f"{match.winner} won {max(match.games)}-{min(match.games)}-0"


def _saved(matches: Sequence[Match], number: int) -> str:
    return json.dumps(
        [
            {
                "TableNumber": None if match.other is None else match.table,
                "RoundNumber": number,
                "ResultString": _result(match),
                "Competitors": [
                    {"Team": {"Name": None, "Players": [{"DisplayName": name}]}}
                    for name in (match.one, match.other)
                    if name is not None
                ],
            }
            for match in matches
        ]
    )


def _older(matches: Sequence[Match], number: int) -> str:
    return json.dumps(
        [
            {
                "RoundNumber": number,
                "TableNumber": 0 if match.other is None else match.table,
                "Player1": match.one,
                "Player2": match.other,
                "Result": _result(match),
            }
            for match in matches
        ]
    )


def _judges(matches: Sequence[Match], _number: int) -> str:
    return json.dumps(
        [
            {
                "tableNumber": None if match.other is None else match.table,
                "playerName1": match.one,
                "playerName2": match.other or "BYE",
                "result": "" if match.other is None else f"{match.games[0]}-{match.games[1]}",
            }
            for match in matches
        ]
    )


def _topdeck(matches: Sequence[Match], number: int) -> str:
    tables = [
        {"table": "Byes", "players": [{"name": match.one}]}
        if match.other is None
        else {
            "table": match.table,
            "players": [{"name": match.one}, {"name": match.other}],
            "winner": match.winner,
        }
        for match in matches
    ]
    return json.dumps({"rounds": [{"round": number, "tables": tables}]})


def _table(matches: Sequence[Match], number: int) -> str:
    rows = (
        f"{number};;bye;;{match.one}"
        if match.other is None
        else f"{number};{match.games[0]}-{match.games[1]};{match.other};{match.table};{match.one}"
        for match in matches
    )
    return "\n".join(("Ronde;Résultat;Joueur 2;Table;Joueur 1", *rows))


def _copied(matches: Sequence[Match], number: int) -> str:
    rows = (
        f"\t{match.one}\tBye"
        if match.other is None
        else f"{match.table}\t{match.one}\t{match.other}"
        for match in matches
    )
    return "\n".join((f"Round {number}", "Table\tPlayer\tPlayer", *rows))


def _typed(matches: Sequence[Match], number: int) -> str:
    rows = (f"{match.table}  {match.one}  vs.  {match.other or 'BYE'}" for match in matches)
    return "\n".join((f"Round {number}", *rows))


def _dashes(matches: Sequence[Match], _number: int) -> str:
    return "\n".join(f"{match.table}. {match.one} – {match.other or 'bye'}" for match in matches)  # noqa: RUF001 - as people type it


FORMATS: Final[Mapping[int, RoundFile]] = {
    1: RoundFile(extension="json", write=_saved, tells_winners=True, tells_games=True),
    2: RoundFile(extension="txt", write=_copied),
    3: RoundFile(extension="json", write=_older, tells_winners=True, tells_games=True),
    4: RoundFile(extension="json", write=_judges, tells_winners=True, tells_games=True),
    5: RoundFile(extension="json", write=_topdeck, tells_winners=True),
    6: RoundFile(extension="csv", write=_table, tells_winners=True, tells_games=True),
    7: RoundFile(extension="txt", write=_typed),
    8: RoundFile(extension="txt", write=_dashes),
}
"""By round."""
