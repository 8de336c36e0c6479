"""What cached values and changes look like: a line that says whose they are, then JSON.

Whatever does not parse, or is another guild's, is no value; a change that does not parse may have
changed anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.core.changes import ANYTHING_CHANGED, SETTINGS_CHANGED, Extent
from scooty.core.shapes import shape_of
from scooty.core.suggestions import IndexChange
from scooty.errors import StorageError

if TYPE_CHECKING:
    from scooty.domain.ids import GuildId

_VALUE: Final = re.compile(rb"5 ([0-9]+) ([0-9]+)\n")
"""The version of this form, the guild, the position."""
_REPORT: Final = b"5 report\n"
_EXTENTS: Final = {ANYTHING_CHANGED: b"5 anything\n", SETTINGS_CHANGED: b"5 settings\n"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was read after everything up to a position of its guild's log had happened."""

    position: int
    json: bytes


def pack_value(guild_id: GuildId, position: int, json: bytes) -> bytes:
    """Write a value."""
    return b"5 %d %d\n%b" % (guild_id, position, json)


def parse_value(raw: bytes, guild_id: GuildId) -> Kept | None:
    """Read a value of that guild."""
    head = _VALUE.match(raw)
    if head is None or int(head[1]) != guild_id:
        return None
    return Kept(int(head[2]), raw[head.end() :])


def pack_change(change: IndexChange | Extent) -> bytes:
    """Write a change for the guild's log."""
    if isinstance(change, Extent):
        return _EXTENTS[change]
    return _REPORT + shape_of(IndexChange).write(change)


def parse_change(raw: bytes) -> IndexChange | Extent:
    """Read a change; one of an unknown form may have changed everything."""
    if raw == _EXTENTS[ANYTHING_CHANGED]:
        return ANYTHING_CHANGED
    if not raw.startswith(_REPORT):
        return SETTINGS_CHANGED
    try:
        change: IndexChange = shape_of(IndexChange).read(raw.removeprefix(_REPORT))
    except StorageError:
        return ANYTHING_CHANGED
    return change
