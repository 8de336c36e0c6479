"""From the functions' JSON to the port's values; any other shape is a `StorageError`.

Errors name the field and what was expected, never a value: values are names and comments.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar, overload

from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId, RequestId
from scooty.errors import StorageError
from scooty.storage.port import (
    ArchetypeSuggestion,
    ArchetypeUnknown,
    DraftGone,
    Event,
    EventCreated,
    EventNameTaken,
    NoActiveEvent,
    NobodyFound,
    NotYourReport,
    OpponentSuggestion,
    PlayerCard,
    PlayerMatch,
    Report,
    ReportGone,
    ReportRecorded,
    ReportUndone,
    SeveralPlayers,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actors.repository.messages import JsonValue

__all__ = ["archetype_suggestions", "opponent_suggestions", "outcome"]

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
T = TypeVar("T")
V = TypeVar("V", bool, int, str)


@overload
def outcome(value: JsonValue, a: type[A], b: type[B], /) -> A | B: ...
@overload
def outcome(value: JsonValue, a: type[A], b: type[B], c: type[C], /) -> A | B | C: ...
@overload
def outcome(
    value: JsonValue, a: type[A], b: type[B], c: type[C], d: type[D], /
) -> A | B | C | D: ...
def outcome(value: JsonValue, /, *expected: type[object]) -> object:
    """Decode a function's outcome, which must be one of ``expected``."""
    fields = _object(value, "the answer")
    decode = _OUTCOMES.get(_field(fields, "outcome", str))
    decoded = decode(fields) if decode else None
    if not isinstance(decoded, expected):
        raise _unexpected("outcome", "one of those that the function has")
    return decoded


def opponent_suggestions(value: JsonValue) -> tuple[OpponentSuggestion, ...]:
    """Decode what ``suggest_opponents`` returns."""
    return _each(value, "the answer", _opponent)


def archetype_suggestions(value: JsonValue) -> tuple[ArchetypeSuggestion, ...]:
    """Decode what ``suggest_archetypes`` returns."""
    return _each(value, "the answer", _archetype)


def _unexpected(name: str, expected: str) -> StorageError:
    return StorageError(f"the database answered in an unknown form: {name} is not {expected}")


def _object(value: JsonValue, name: str) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise _unexpected(name, "an object")
    return value


def _each(
    value: JsonValue, name: str, decode: Callable[[Mapping[str, JsonValue]], T]
) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise _unexpected(name, "a list")
    return tuple(decode(_object(item, name)) for item in value)


def _field(fields: Mapping[str, JsonValue], name: str, kind: type[V]) -> V:
    value = fields.get(name)
    if type(value) is not kind:  # a bool is an int to isinstance
        raise _unexpected(name, kind.__name__)
    return value


def _text_or_none(fields: Mapping[str, JsonValue], name: str) -> str | None:
    if name in fields and fields[name] is None:
        return None
    return _field(fields, name, str)


def _moment(fields: Mapping[str, JsonValue], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_field(fields, name, str))
    except ValueError:
        raise _unexpected(name, "a time") from None
    if moment.tzinfo is None:
        raise _unexpected(name, "a time with a zone")
    return moment.astimezone(UTC)


def _event(fields: Mapping[str, JsonValue]) -> Event:
    return Event(
        id=EventId(_field(fields, "id", int)),
        name=_field(fields, "name", str),
        created_at=_moment(fields, "created_at"),
    )


def _report(fields: Mapping[str, JsonValue]) -> Report:
    return Report(
        id=ReportId(_field(fields, "id", int)),
        archetype=_field(fields, "archetype", str),
        comment=_text_or_none(fields, "comment"),
        reporter_id=MemberId(_field(fields, "reporter_id", int)),
        reported_at=_moment(fields, "reported_at"),
    )


def _texts(fields: Mapping[str, JsonValue], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise _unexpected(name, "a list")
    texts = tuple(item for item in value if isinstance(item, str))
    if len(texts) != len(value):
        raise _unexpected(name, "a list of texts")
    return texts


def _card(fields: Mapping[str, JsonValue]) -> PlayerCard:
    return PlayerCard(
        player_id=PlayerId(_field(fields, "player_id", int)),
        name=_field(fields, "name", str),
        event=_event(_object(fields.get("event"), "event")),
        archetype=_field(fields, "archetype", str),
        colours=_field(fields, "colours", str),
        reports=_each(fields.get("reports"), "reports", _report),
        report_count=_field(fields, "report_count", int),
        conflicting_archetypes=_texts(fields, "conflicting_archetypes"),
    )


def _archetype(fields: Mapping[str, JsonValue]) -> ArchetypeSuggestion:
    return ArchetypeSuggestion(
        id=ArchetypeId(_field(fields, "id", int)),
        name=_field(fields, "name", str),
        colours=_field(fields, "colours", str),
        report_count=_field(fields, "report_count", int),
    )


def _opponent(fields: Mapping[str, JsonValue]) -> OpponentSuggestion:
    return OpponentSuggestion(
        player_id=PlayerId(_field(fields, "player_id", int)),
        name=_field(fields, "name", str),
        archetype=_field(fields, "archetype", str),
        reporter_id=MemberId(_field(fields, "reporter_id", int)),
        reporter_name=_field(fields, "reporter_name", str),
        report_count=_field(fields, "report_count", int),
    )


def _match(fields: Mapping[str, JsonValue]) -> PlayerMatch:
    return PlayerMatch(
        player_id=PlayerId(_field(fields, "player_id", int)),
        name=_field(fields, "name", str),
        archetype=_field(fields, "archetype", str),
    )


def _recorded(fields: Mapping[str, JsonValue]) -> ReportRecorded:
    return ReportRecorded(
        report_id=ReportId(_field(fields, "report_id", int)),
        card=_card(_object(fields.get("card"), "card")),
        previous_archetype=_text_or_none(fields, "previous_archetype"),
    )


def _unknown(fields: Mapping[str, JsonValue]) -> ArchetypeUnknown:
    return ArchetypeUnknown(
        draft_id=RequestId(_field(fields, "draft_id", int)),
        nearest=_each(fields.get("nearest"), "nearest", _archetype),
    )


def _undone(fields: Mapping[str, JsonValue]) -> ReportUndone:
    return ReportUndone(
        player_name=_field(fields, "player_name", str),
        archetype=_field(fields, "archetype", str),
    )


def _created(fields: Mapping[str, JsonValue]) -> EventCreated:
    return EventCreated(
        event=_event(_object(fields.get("event"), "event")),
        previous=_text_or_none(fields, "previous"),
    )


_OUTCOMES: Final[dict[str, Callable[[Mapping[str, JsonValue]], object]]] = {
    "recorded": _recorded,
    "archetype_unknown": _unknown,
    "no_active_event": lambda _: NoActiveEvent(),
    "draft_gone": lambda _: DraftGone(),
    "undone": _undone,
    "report_gone": lambda _: ReportGone(),
    "not_your_report": lambda _: NotYourReport(),
    "found": lambda fields: _card(_object(fields.get("card"), "card")),
    "several_players": lambda fields: SeveralPlayers(
        matches=_each(fields.get("matches"), "matches", _match)
    ),
    "nobody_found": lambda _: NobodyFound(),
    "created": _created,
    "event_name_taken": lambda fields: EventNameTaken(
        event=_event(_object(fields.get("event"), "event"))
    ),
}
