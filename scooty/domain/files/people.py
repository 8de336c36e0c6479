"""A person as files write them: the name turned to *First Last*, and the handle beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scooty.domain.files.columns import Column
from scooty.domain.files.source import Reason
from scooty.domain.names import fold, is_name
from scooty.domain.text import clean

if TYPE_CHECKING:
    from scooty.domain.files.tables import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One player of a file."""

    name: str
    """Cleaned, *First Last*, 1 to 100 characters."""
    username: str | None = None
    """The handle on the platform that the file is from."""


def natural_name(text: str) -> str:
    """Return the cleaned name with *Last, First* turned round, by the rule of `name_key`."""
    cleaned = clean(text)
    last, comma, first = cleaned.partition(",")
    if comma and "," not in first and fold(last) and fold(first):
        return clean(f"{first} {last}")
    return cleaned


def person_of(name: str, username: str = "") -> Person | Reason:
    """Return the person, under the handle when there is no name, or why there is none."""
    handle = clean(username)
    called = natural_name(name) or handle
    if not any(character.isalnum() for character in called):
        return Reason.NO_NAME
    if not is_name(called):
        return Reason.NAME_TOO_LONG
    return Person(name=called, username=handle if is_name(handle) else None)


def person_of_row(row: Row, side: int = 0) -> Person | Reason:
    """Return the person of one side of a row: by name, else by its parts, else by handle."""
    first, last = row.get((Column.FIRST, side), ""), row.get((Column.LAST, side), "")
    name = row.get((Column.NAME, side)) or clean(f"{first} {last}")
    return person_of(
        name or row.get((Column.LAST_FIRST, side), ""), row.get((Column.USERNAME, side), "")
    )
