"""Reading and writing JSON by the types of dataclasses, nothing of it by hand.

Reading is strict: an unknown or missing field, ``true`` for a number, a number for a text, a time
without a zone are refused; times become UTC. What it raises names the place and what was wrong
there, never a value: values are names and comments.

The readers are built by pydantic, each when it is first used.
"""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from datetime import UTC, datetime
from functools import cache
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    NewType,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, TypeAdapter, ValidationError

from scooty.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.repository.messages import JsonValue

Moment: TypeAlias = Annotated[
    datetime, AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))
]
"""A time of an answer: aware, in UTC."""

_STRICT: Final = ConfigDict(strict=True, extra="forbid")
_TOLERANT: Final = ConfigDict(strict=True, extra="ignore")
_UNKNOWN_FIELD: Final = "unexpected_keyword_argument"
_FIELD: Final = re.compile(r"[a-z_]{1,40}|[0-9]{1,6}")
_MOST_PLACES: Final = 5


class UnknownShapeError(StorageError):
    """JSON is not of the shape that it should have.

    Args:
        places: What is wrong, and where.
        is_newer: Nothing is wrong but fields that this version does not know.
    """

    def __init__(self, places: Iterable[str], *, is_newer: bool) -> None:
        super().__init__(f"in an unknown form: {'; '.join(places)}")
        self.is_newer = is_newer


class Shape:
    """What JSON of one type looks like.

    Args:
        kind: A dataclass, a union of dataclasses that have an ``outcome``, or a tuple of either.
    """

    def __init__(self, kind: Any) -> None:
        self._kind = _told_apart(kind)
        self._adapter: TypeAdapter[Any] = TypeAdapter(self._kind, config=_STRICT)

    def read(self, json: bytes) -> Any:
        """Read a value.

        Raises:
            UnknownShapeError: It has another shape.
        """
        try:
            return self._adapter.validate_json(json)
        except ValidationError as error:
            raise _unknown(error) from None

    def read_known(self, json: bytes) -> Any:
        """Read a value of a newer version, without the fields that this one does not know.

        Raises:
            UnknownShapeError: It has another shape all the same.
        """
        adapter: TypeAdapter[Any] = TypeAdapter(self._kind, config=_TOLERANT)
        try:
            return adapter.validate_json(json)
        except ValidationError as error:
            raise _unknown(error) from None

    def write(self, value: Any) -> bytes:
        """Write a value."""
        return self._adapter.dump_json(value, by_alias=True)

    def as_json(self, value: Any) -> dict[str, JsonValue]:
        """Return the fields of a dataclass as JSON says them."""
        fields: dict[str, JsonValue] = self._adapter.dump_python(value, mode="json", by_alias=True)
        return fields

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema."""
        return self._adapter.json_schema()


def shape_of(kind: Any) -> Shape:
    """Return the shape of a type; built once."""
    return _built(kind)


_built = cache(Shape)


def _told_apart(kind: Any) -> Any:
    """Return a union whose members are told apart by their ``outcome``; other types as they are."""
    if is_dataclass(kind):
        return NewType("Alone", kind)  # pydantic refuses to configure a dataclass that is not ours
    if get_origin(kind) is tuple:
        return tuple.__class_getitem__(tuple(map(_told_apart, get_args(kind))))
    if get_origin(kind) not in (Union, UnionType):
        return kind
    read = tuple(each for each in get_args(kind) if "outcome" in each.__dataclass_fields__)
    return Annotated[Union[read], Field(discriminator="outcome")]  # noqa: UP007 - made of a tuple


def _unknown(error: ValidationError) -> UnknownShapeError:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    places = [f"{_place(fault['loc'])}: {fault['type']}" for fault in faults[:_MOST_PLACES]]
    is_newer = all(fault["type"] == _UNKNOWN_FIELD for fault in faults)
    return UnknownShapeError(places, is_newer=is_newer)


def _place(path: tuple[int | str, ...]) -> str:
    """Say where in the JSON; a key that is no field's name may be somebody's, so it is left out."""
    return ".".join(str(part) if _FIELD.fullmatch(str(part)) else "…" for part in path) or "all"
