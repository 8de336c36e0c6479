"""Reading the functions' JSON field by field; any other shape than expected is a `StorageError`.

Errors name the field and what was expected, never a value: values are names and comments.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from scooty.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from actors.repository.messages import JsonValue

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
V = TypeVar("V", bool, int, str)


def unexpected(name: str, expected: str) -> StorageError:
    """Return the error of a field that is not what it should be."""
    return StorageError(f"the database answered in an unknown form: {name} is not {expected}")


def object_of(value: JsonValue, name: str) -> Mapping[str, JsonValue]:
    """Return a value that must be an object."""
    if not isinstance(value, dict):
        raise unexpected(name, "an object")
    return value


def each(
    value: JsonValue, name: str, decode: Callable[[Mapping[str, JsonValue]], T]
) -> tuple[T, ...]:
    """Decode a list of objects."""
    if not isinstance(value, list):
        raise unexpected(name, "a list")
    return tuple(decode(object_of(item, name)) for item in value)


def field(fields: Mapping[str, JsonValue], name: str, kind: type[V]) -> V:
    """Return a field that must be there and of that type."""
    value = fields.get(name)
    if type(value) is not kind:  # a bool is an int to isinstance
        raise unexpected(name, kind.__name__)
    return value


def text_or_none(fields: Mapping[str, JsonValue], name: str) -> str | None:
    """Return a text that must be there, and may be null."""
    if name in fields and fields[name] is None:
        return None
    return field(fields, name, str)


def number_or_none(fields: Mapping[str, JsonValue], name: str) -> int | None:
    """Return a number that must be there, and may be null."""
    if name in fields and fields[name] is None:
        return None
    return field(fields, name, int)


def one_of(kind: type[E], fields: Mapping[str, JsonValue], name: str) -> E:
    """Return a text that must be one of an enumeration's."""
    try:
        return kind(field(fields, name, str))
    except ValueError:
        raise unexpected(name, f"a {kind.__name__}") from None


def texts(fields: Mapping[str, JsonValue], name: str) -> tuple[str, ...]:
    """Return a list of texts."""
    return tuple(_each_of(str, fields, name))


def numbers(fields: Mapping[str, JsonValue], name: str) -> tuple[int, ...]:
    """Return a list of numbers."""
    return tuple(_each_of(int, fields, name))


def moment(fields: Mapping[str, JsonValue], name: str) -> datetime:
    """Return a time, which must have a zone, as UTC."""
    try:
        at = datetime.fromisoformat(field(fields, name, str))
    except ValueError:
        raise unexpected(name, "a time") from None
    if at.tzinfo is None:
        raise unexpected(name, "a time with a zone")
    return at.astimezone(UTC)


def moment_or_none(fields: Mapping[str, JsonValue], name: str) -> datetime | None:
    """Return a time that may be null or missing."""
    return None if fields.get(name) is None else moment(fields, name)


def _each_of(kind: type[V], fields: Mapping[str, JsonValue], name: str) -> Iterator[V]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise unexpected(name, "a list")
    for item in value:
        if type(item) is not kind:  # a bool is an int to isinstance
            raise unexpected(name, f"a list of {kind.__name__}")
        yield item
