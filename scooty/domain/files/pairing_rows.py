"""A pairing out of one row of a table or one flat JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.domain.files.columns import Column
from scooty.domain.files.people import Person, person_of_row
from scooty.domain.files.results import is_bye
from scooty.domain.files.sides import PairingEntry, Side, pair_up, side_of
from scooty.domain.files.source import Reason, whole_number

if TYPE_CHECKING:
    from scooty.domain.files.tables import Row


def pairing_of_row(number: int, row: Row) -> PairingEntry | Reason:
    """Read rows of any export: older Melee rows and the judges' export among them."""
    return pair_up(
        number,
        _side(row, 0),
        _side(row, 1),
        result=row.get((Column.RESULT, 0), ""),
        table=whole_number(row.get((Column.TABLE, 0))),
        round_number=whole_number(row.get((Column.ROUND, 0))),
    )


def _side(row: Row, side: int) -> Side | Reason | None:
    points = whole_number(row.get((Column.POINTS, side)))
    name = row.get((Column.NAME, side), "")
    if name.strip() or is_bye(name):
        return side_of(name, row.get((Column.USERNAME, side), ""), points)
    person = person_of_row(row, side)
    if isinstance(person, Person):
        return None if is_bye(person.name) else Side(people=(person,), points=points)
    return person
