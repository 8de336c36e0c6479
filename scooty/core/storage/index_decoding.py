"""The suggestion index as JSON: bare values in a fixed order, since an event has thousands.

The SQL functions write it, and so does whoever keeps a copy; any other shape is a `StorageError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from scooty.core.storage.json_fields import field, object_of, unexpected
from scooty.core.storage.suggestion_index import (
    ArchetypeSuggestion,
    IndexChange,
    IndexedArchetype,
    IndexedOpponent,
    ListedOpponent,
    OpponentSuggestion,
    SuggestionIndex,
)
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.repository.messages import JsonValue

T = TypeVar("T")

_OPPONENT = (int, str, str, int, str, int, int, int, list)
_LISTED = (int, str, list)
_ARCHETYPE = (int, str, str, int, list)


def suggestion_index(value: JsonValue) -> SuggestionIndex:
    """Decode what ``suggestion_index`` returns."""
    fields = object_of(value, "the index")
    event_id = None if fields.get("event_id") is None else field(fields, "event_id", int)
    return SuggestionIndex(
        event_id=None if event_id is None else EventId(event_id),
        opponents=_each(fields.get("opponents"), _opponent),
        archetypes=_each(fields.get("archetypes"), _archetype),
        # An index that an older program wrote has none.
        listed=_each(fields.get("listed", []), _listed),
    )


def index_change(value: JsonValue) -> IndexChange:
    """Decode what a stored report changes."""
    fields = object_of(value, "index_change")
    return IndexChange(
        event_id=EventId(field(fields, "event_id", int)),
        opponent=_opponent(fields.get("opponent")),
        archetype_id=ArchetypeId(field(fields, "archetype_id", int)),
        archetype_report_count=field(fields, "archetype_report_count", int),
    )


def index_as_json(index: SuggestionIndex) -> dict[str, JsonValue]:
    """Write an index as the database does."""
    return {
        "event_id": index.event_id,
        "opponents": [_opponent_values(opponent) for opponent in index.opponents],
        "archetypes": [_archetype_values(archetype) for archetype in index.archetypes],
        "listed": [_listed_values(listed) for listed in index.listed],
    }


def change_as_json(change: IndexChange) -> dict[str, JsonValue]:
    """Write a change as the database does."""
    return {
        "event_id": change.event_id,
        "opponent": _opponent_values(change.opponent),
        "archetype_id": change.archetype_id,
        "archetype_report_count": change.archetype_report_count,
    }


def _each(value: JsonValue, decode: Callable[[JsonValue], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise unexpected("the index", "lists")
    return tuple(map(decode, value))


def _values(value: JsonValue, kinds: tuple[type, ...], name: str) -> Any:
    """Check that a value is a list of these types, and its last one a list of texts."""
    if not isinstance(value, list) or tuple(map(type, value)) != kinds:
        raise unexpected(name, "a row of the index")
    keys = value[-1]
    if not isinstance(keys, list) or not all(type(key) is str for key in keys):
        raise unexpected(name, "a row of the index with texts")
    return value


def _opponent(value: JsonValue) -> IndexedOpponent:
    player_id, name, archetype, reporter_id, reporter_name, count, report_id, reported_us, keys = (
        _values(value, _OPPONENT, "opponent")
    )
    suggestion = OpponentSuggestion(
        player_id=PlayerId(player_id),
        name=name,
        archetype=archetype,
        reporter_id=MemberId(reporter_id),
        reporter_name=reporter_name,
        report_count=count,
    )
    return IndexedOpponent(
        suggestion=suggestion,
        name_keys=tuple(keys),
        report_id=ReportId(report_id),
        reported_us=reported_us,
    )


def _listed(value: JsonValue) -> ListedOpponent:
    player_id, name, keys = _values(value, _LISTED, "listed")
    suggestion = OpponentSuggestion(
        player_id=PlayerId(player_id),
        name=name,
        archetype="",
        reporter_id=MemberId(0),
        reporter_name="",
        report_count=0,
    )
    return ListedOpponent(suggestion=suggestion, name_keys=tuple(keys))


def _listed_values(listed: ListedOpponent) -> list[JsonValue]:
    keys: list[JsonValue] = list(listed.name_keys)
    return [listed.player_id, listed.suggestion.name, keys]


def _archetype(value: JsonValue) -> IndexedArchetype:
    id_, name, colours, report_count, keys = _values(value, _ARCHETYPE, "archetype")
    suggestion = ArchetypeSuggestion(
        id=ArchetypeId(id_), name=name, colours=colours, report_count=report_count
    )
    return IndexedArchetype(suggestion=suggestion, name_keys=tuple(keys))


def _opponent_values(opponent: IndexedOpponent) -> list[JsonValue]:
    offered = opponent.suggestion
    return [
        offered.player_id,
        offered.name,
        offered.archetype,
        offered.reporter_id,
        offered.reporter_name,
        offered.report_count,
        opponent.report_id,
        opponent.reported_us,
        list(opponent.name_keys),
    ]


def _archetype_values(archetype: IndexedArchetype) -> list[JsonValue]:
    offered = archetype.suggestion
    keys: list[JsonValue] = list(archetype.name_keys)
    return [offered.id, offered.name, offered.colours, offered.report_count, keys]
