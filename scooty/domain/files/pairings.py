"""Who plays whom in a round, out of anything that people save, copy or type."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from scooty.domain.files.columns import Column, Field
from scooty.domain.files.pairing_json import pairings_of_objects
from scooty.domain.files.pairing_rows import pairing_of_row
from scooty.domain.files.pairing_text import pairings_of_lines
from scooty.domain.files.reading import ParsedFile, read
from scooty.domain.files.sides import PairingEntry

if TYPE_CHECKING:
    from scooty.domain.files.decoding import FileTooLarge

__all__ = ["PairingsFile", "parse_pairings"]

PairingsFile: TypeAlias = ParsedFile[PairingEntry]
"""All of a round, or of several."""


def parse_pairings(content: bytes | str) -> PairingsFile | FileTooLarge:
    """Read pairings: JSON, a table by the meaning of its headers, or lines of text."""
    return read(
        content,
        of_objects=pairings_of_objects,
        is_table=_pairs_people,
        of_row=pairing_of_row,
        of_lines=pairings_of_lines,
    )


def _pairs_people(fields: set[Field]) -> bool:
    named = (Column.NAME, Column.USERNAME, Column.LAST)
    return all(any((column, side) in fields for column in named) for side in (0, 1))
