"""From the outcome that a function's JSON names to its value; any other is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, overload

from scooty.core.storage.json_fields import field, object_of, unexpected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actors.repository.messages import JsonValue

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")
G = TypeVar("G")


class Outcomes:
    """The outcomes of functions that have to do with each other.

    Args:
        decoders: By an outcome's name, what makes its value of the answer's fields.
    """

    def __init__(self, decoders: Mapping[str, Callable[[Mapping[str, JsonValue]], object]]) -> None:
        self._decoders = decoders

    def extended(
        self, decoders: Mapping[str, Callable[[Mapping[str, JsonValue]], object]]
    ) -> Outcomes:
        """Return these and more."""
        return Outcomes({**self._decoders, **decoders})

    @overload
    def decode(self, value: JsonValue, a: type[A], /) -> A: ...
    @overload
    def decode(self, value: JsonValue, a: type[A], b: type[B], /) -> A | B: ...
    @overload
    def decode(self, value: JsonValue, a: type[A], b: type[B], c: type[C], /) -> A | B | C: ...
    @overload
    def decode(
        self, value: JsonValue, a: type[A], b: type[B], c: type[C], d: type[D], /
    ) -> A | B | C | D: ...
    @overload
    def decode(
        self, value: JsonValue, a: type[A], b: type[B], c: type[C], d: type[D], e: type[E], /
    ) -> A | B | C | D | E: ...
    @overload
    def decode(
        self,
        value: JsonValue,
        a: type[A],
        b: type[B],
        c: type[C],
        d: type[D],
        e: type[E],
        f: type[F],
        /,
    ) -> A | B | C | D | E | F: ...
    @overload
    def decode(
        self,
        value: JsonValue,
        a: type[A],
        b: type[B],
        c: type[C],
        d: type[D],
        e: type[E],
        f: type[F],
        g: type[G],
        /,
    ) -> A | B | C | D | E | F | G: ...
    def decode(self, value: JsonValue, /, *expected: type[object]) -> object:
        """Decode a function's outcome, which must be one of ``expected``."""
        fields = object_of(value, "the answer")
        decoder = self._decoders.get(field(fields, "outcome", str))
        decoded = decoder(fields) if decoder else None
        if not isinstance(decoded, expected):
            raise unexpected("outcome", "one of those that the function has")
        return decoded
