"""Who plays whom in a round, out of anything that people save, copy or type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from scooty.domain.files.columns import Column, Field
from scooty.domain.files.decoding import FileTooLarge
from scooty.domain.files.pairing_json import pairings_of_objects
from scooty.domain.files.pairing_rows import pairing_of_row
from scooty.domain.files.pairing_text import pairings_of_lines, round_of_title
from scooty.domain.files.reading import ParsedFile, read
from scooty.domain.files.sides import PairingEntry
from scooty.domain.files.source import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

PairingsFile: TypeAlias = ParsedFile[PairingEntry]
"""All of a round, or of several."""


def parse_pairings(content: bytes | str) -> PairingsFile | FileTooLarge:
    """Read pairings: JSON, a table by the meaning of its headers, or lines of text."""
    parsed = read(
        content,
        of_objects=pairings_of_objects,
        is_table=_pairs_people,
        of_row=pairing_of_row,
        of_lines=pairings_of_lines,
    )
    return parsed if isinstance(parsed, FileTooLarge) else _titled(parsed)


def _titled(parsed: PairingsFile) -> PairingsFile:
    """Give a table without rounds the one that its title names."""
    headings = (each.text for each in parsed.skipped if each.reason is Reason.HEADING)
    named = {number for text in headings if (number := round_of_title(text)) is not None}
    if len(named) != 1 or any(each.round is not None for each in parsed.entries):
        return parsed
    [number] = named
    return replace(parsed, entries=_in_round(parsed.entries, number))


def _in_round(entries: Iterable[PairingEntry], number: int) -> tuple[PairingEntry, ...]:
    return tuple(replace(each, round=number) for each in entries)


def _pairs_people(fields: set[Field]) -> bool:
    named = (Column.NAME, Column.USERNAME, Column.LAST)
    return all(any((column, side) in fields for column in named) for side in (0, 1))
