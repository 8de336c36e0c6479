"""Calls one SQL function for those parts of the program that are no `Storage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actors.kernel import ActorKitError
from actors.repository.messages import CallFunction, FunctionReturned
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import JsonValue, RepositoryMessage


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
    call = CallFunction(name=function, arguments=tuple(arguments.items()), writes=True)
    try:
        answer = await repository.ask(call, timeout_s=timeout_s)
    except ActorKitError as error:
        raise StorageUnavailable(type(error).__name__, may_have_been_saved=True) from error
    if isinstance(answer, FunctionReturned):
        return answer.value
    raise StorageUnavailable(f"{function}: {type(answer).__name__}", may_have_been_saved=True)
