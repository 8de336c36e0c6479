"""What cached values and changes look like: JSON with a version, the guild and a position.

Whatever does not parse, or is another guild's, is no value; a change that does not parse may have
changed anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from scooty.core.storage.decoding import outcome
from scooty.core.storage.index_decoding import change_as_json, index_change
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent, NobodyFound, OnlyListed, SeveralPlayers
from scooty.domain.ids import GuildId
from scooty.errors import StorageError

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from scooty.core.storage.port import CheckOutcome
    from scooty.core.storage.suggestion_index import IndexChange

_VERSION: Final = 4

Found: TypeAlias = PlayerCard | SeveralPlayers | OnlyListed | NobodyFound | NoActiveEvent
"""What the database itself answers to a look-up."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was read after everything up to a position of its guild's log had happened."""

    position: int
    value: JsonValue


def pack_value(guild_id: GuildId, position: int, value: object) -> bytes:
    """Write a value: JSON or what orjson makes JSON of, such as the port's dataclasses."""
    return orjson.dumps({"v": _VERSION, "g": guild_id, "p": position, "d": value})


def parse_value(raw: bytes, guild_id: GuildId) -> Kept | None:
    """Read a value of that guild."""
    fields = _parsed(raw)
    if fields is None or fields.get("g") != guild_id or type(fields.get("p")) is not int:
        return None
    return Kept(fields["p"], fields.get("d"))


def pack_change(change: IndexChange) -> bytes:
    """Write a change for the guild's log."""
    return orjson.dumps({"v": _VERSION, "d": change_as_json(change)})


ANYTHING_CHANGED: Final = orjson.dumps({"v": _VERSION, "d": None})
"""A change for the guild's log after which nothing that was read before may be used, but for the
team's settings, which have their own."""
SETTINGS_CHANGED: Final = orjson.dumps({"v": _VERSION, "d": None, "settings": True})
"""A change for the guild's log after which the settings too have to be read anew."""


def parse_change(raw: bytes) -> IndexChange | None:
    """Read a change; None when anything may have changed."""
    fields = _parsed(raw)
    if fields is None or fields.get("d") is None:
        return None
    try:
        return index_change(fields["d"])
    except StorageError:
        return None


def concerns_settings(raw: bytes) -> bool:
    """Tell whether a change may be one of the team's settings."""
    fields = _parsed(raw)
    return fields is None or fields.get("settings") is True


def check_as_json(found: CheckOutcome) -> dict[str, Any] | None:
    """Write the outcome of a look-up; None for what waits for the database, which is not kept."""
    match found:
        case PlayerCard(queued=()):
            return {"outcome": "found", "card": found}
        case SeveralPlayers():
            return {"outcome": "several_players", "matches": found.matches}
        case OnlyListed():
            return {"outcome": "nobody_found", "listed": found}
        case NobodyFound():
            return {"outcome": "nobody_found"}
        case NoActiveEvent():
            return {"outcome": "no_active_event"}
        case _:
            return None


def check_outcome(value: JsonValue) -> Found:
    """Read the outcome of a look-up.

    Raises:
        StorageError: It is none.
    """
    return outcome(value, PlayerCard, SeveralPlayers, OnlyListed, NobodyFound, NoActiveEvent)


def _parsed(raw: bytes) -> dict[str, Any] | None:
    try:
        fields = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(fields, dict) or fields.get("v") != _VERSION:
        return None
    return fields
