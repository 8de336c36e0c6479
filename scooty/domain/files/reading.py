"""How a list of anything is read: JSON by objects, a table by its headers, else text by lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from scooty.domain.files.decoding import FileTooLarge
from scooty.domain.files.source import (
    ENVELOPES,
    BrokenJson,
    Line,
    Reason,
    Skipped,
    Unit,
    json_of,
    lines_of,
    objects_of,
    skip,
    text_of,
)
from scooty.domain.files.tables import find_table

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from scooty.domain.files.columns import Field
    from scooty.domain.files.tables import Row

Entry = TypeVar("Entry")
Held = TypeVar("Held")

Found: TypeAlias = "Iterable[tuple[Line, Entry | Reason]]"
"""What each line or object is, or why it is not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFile(Generic[Entry]):
    """All of a file: each line or object is an entry or is skipped."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    numbered_by: Unit = Unit.LINE


def read(  # noqa: PLR0913 - one for each form a file has
    content: bytes | str,
    *,
    of_objects: Callable[[list[object]], Found[Entry]],
    is_table: Callable[[set[Field]], bool],
    of_row: Callable[[int, Row], Entry | Reason],
    of_lines: Callable[[list[Line]], Found[Entry]],
    key: Callable[[Entry], Hashable] | None = None,
    envelopes: Iterable[str] = ENVELOPES,
) -> ParsedFile[Entry] | FileTooLarge:
    """Read a file in whichever form it is.

    Args:
        content: An upload's bytes or a pasted text.
        of_objects: Reads the list that JSON holds.
        is_table: Tells by its headers a table to be read by rows.
        of_row: Reads a row of such a table, given the number of its line.
        of_lines: Reads text that is neither.
        key: What two entries that say the same have in common; the later is skipped as repeated.
        envelopes: Under which keys of a JSON object the list is looked for, in this order.
    """
    text = text_of(content)
    if isinstance(text, FileTooLarge):
        return text
    value = json_of(text)
    if isinstance(value, BrokenJson):
        return _collect(((line, Reason.BROKEN_JSON) for line in lines_of(text)), key)
    if value is not None:
        return _collect(of_objects(objects_of(value, envelopes)), key, numbered_by=Unit.OBJECT)
    lines = lines_of(text)
    table = find_table(lines, is_table)
    if table is None:
        return _collect(of_lines(lines), key)
    rows = ((line, of_row(line.number, row)) for line, row in table.rows)
    return _collect(rows, key, skipped=table.skipped)


def read_each(
    objects: Iterable[Held], of_object: Callable[[int, Held], Entry | Reason]
) -> Iterator[tuple[Line, Entry | Reason]]:
    """Yield what each object is, numbered from 1."""
    for number, held in enumerate(objects, 1):
        yield Line(number=number, text=""), of_object(number, held)


def _collect(
    found: Found[Entry],
    key: Callable[[Entry], Hashable] | None,
    *,
    skipped: Iterable[Skipped] = (),
    numbered_by: Unit = Unit.LINE,
) -> ParsedFile[Entry]:
    seen: set[Hashable] = set()
    left, entries = list(skipped), list[Entry]()
    for line, entry in found:
        if isinstance(entry, Reason):
            left.append(skip(line, entry))
        elif key and key(entry) in seen:
            left.append(skip(line, Reason.REPEATED))
        else:
            entries.append(entry)
            if key:
                seen.add(key(entry))
    left.sort(key=lambda one: one.number)
    return ParsedFile(entries=tuple(entries), skipped=tuple(left), numbered_by=numbered_by)
