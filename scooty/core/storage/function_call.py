"""Calls one SQL function for those parts of the program that are no `Storage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from actors.kernel import ActorKitError
from actors.repository.messages import CallFunction, FunctionReturned
from scooty.core.shapes import UnknownShapeError, shape_of
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import JsonValue, RepositoryMessage

T = TypeVar("T")


async def call_function(
    repository: Address[RepositoryMessage],
    function: str,
    *,
    timeout_s: float,
    **arguments: JsonValue,
) -> Any:
    """Call a function that writes, and return what it returned.

    Raises:
        StorageUnavailable: It did not return; whether it was done is not known.
    """
    return orjson.loads(await _call(repository, function, timeout_s, arguments))


async def list_rows(
    repository: Address[RepositoryMessage],
    function: str,
    row: type[T],
    *,
    timeout_s: float,
    **arguments: JsonValue,
) -> tuple[T, ...]:
    """Call a function that asks for no guild, and return the rows that it listed.

    Raises:
        StorageUnavailable: It did not answer.
        StorageError: Its rows have another shape.
    """
    json = await _call(repository, function, timeout_s, arguments)
    shape = shape_of(tuple[row, ...])  # type: ignore[valid-type]
    try:
        rows: tuple[T, ...] = shape.read(json)
    except UnknownShapeError as error:
        if not error.is_newer:
            raise
        rows = shape.read_known(json)
    return rows


async def _call(
    repository: Address[RepositoryMessage],
    function: str,
    timeout_s: float,
    arguments: dict[str, JsonValue],
) -> bytes:
    call = CallFunction(name=function, arguments=tuple(arguments.items()), writes=True)
    try:
        answer = await repository.ask(call, timeout_s=timeout_s)
    except ActorKitError as error:
        raise StorageUnavailable(type(error).__name__, may_have_been_saved=True) from error
    if isinstance(answer, FunctionReturned):
        return answer.json
    raise StorageUnavailable(f"{function}: {type(answer).__name__}", may_have_been_saved=True)
