"""Pairings out of the JSON of the programs that run tournaments.

Source: the shapes of Melee's rounds (``Competitors[].Team.Players[]``), of its older rows and
    of the judges' export (flat objects), and of TopDeck's rounds (``tables[].players[]``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.domain.files.pairing_rows import pairing_of_row
from scooty.domain.files.people import Person, person_of
from scooty.domain.files.reading import read_each
from scooty.domain.files.results import is_bye
from scooty.domain.files.sides import PairingEntry, Side, pair_up, side_of
from scooty.domain.files.source import Reason, whole_number
from scooty.domain.files.tables import object_row
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scooty.domain.files.reading import Found

_SEATS = 2


def pairings_of_objects(objects: list[object]) -> Found[PairingEntry]:
    """Yield each pairing, numbered from 1; a round's tables count one by one."""
    return read_each(_tables(objects), _pairing)


def people_of_team(team: object) -> tuple[Person, ...] | Reason:
    """Return the players of a Melee team."""
    players = team.get("Players") if isinstance(team, dict) else None
    if not isinstance(players, list) or not players:
        return Reason.NO_NAME
    people = [_person(player) for player in players]
    refused = next((one for one in people if isinstance(one, Reason)), None)
    return refused or tuple(one for one in people if isinstance(one, Person))


def _tables(objects: list[object]) -> Iterator[tuple[object, int | None]]:
    for held in objects:
        tables = held.get("tables") if isinstance(held, dict) else None
        if isinstance(held, dict) and isinstance(tables, list):
            yield from ((table, whole_number(held.get("round"))) for table in tables)
        else:
            yield held, None


def _pairing(number: int, table: tuple[object, int | None]) -> PairingEntry | Reason:
    held, round_number = table
    if not isinstance(held, dict):
        return Reason.NOT_UNDERSTOOD
    if isinstance(held.get("Competitors"), list):
        return _melee(number, held)
    if isinstance(held.get("players"), list):
        return _topdeck(number, held, round_number)
    return pairing_of_row(number, object_row(held))


def _melee(number: int, held: dict[str, object]) -> PairingEntry | Reason:
    competitors = held["Competitors"]
    sides = [_competitor(one) for one in competitors] if isinstance(competitors, list) else []
    if len(sides) > _SEATS:
        return Reason.AMBIGUOUS
    first, second = (*sides, Reason.NO_NAME, Reason.NO_NAME)[:2]
    return pair_up(
        number,
        first,
        second,
        result=_text(held.get("ResultString")),
        table=whole_number(held.get("TableNumber")),
        round_number=whole_number(held.get("RoundNumber")),
    )


def _competitor(held: object) -> Side | Reason:
    team = held.get("Team") if isinstance(held, dict) else None
    people = people_of_team(team)
    if isinstance(people, Reason):
        return people
    name = clean(_text(team.get("Name"))) if isinstance(team, dict) else ""
    return Side(people=people, team=name[:100] or None)


def _topdeck(
    number: int, held: dict[str, object], round_number: int | None
) -> PairingEntry | Reason:
    players = held["players"]
    seats = [_seat(one) for one in players] if isinstance(players, list) else []
    if len(seats) > _SEATS:
        return Reason.AMBIGUOUS  # a pod of four has no opponent
    alone = len(seats) == 1 and is_bye(_text(held.get("table")))
    first, second = (*seats, None if alone else Reason.NO_NAME, Reason.NO_NAME)[:2]
    return pair_up(
        number,
        first,
        second,
        result=_text(held.get("winner")),
        table=whole_number(held.get("table")),
        round_number=round_number,
    )


def _seat(held: object) -> Side | Reason | None:
    name = held.get("name") if isinstance(held, dict) else held
    return side_of(_text(name))


def _person(held: object) -> Person | Reason:
    if not isinstance(held, dict):
        return Reason.NO_NAME
    return person_of(_text(held.get("DisplayName")), _text(held.get("Username")))


def _text(held: object) -> str:
    return held if isinstance(held, str) else ""
