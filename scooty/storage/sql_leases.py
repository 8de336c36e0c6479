"""Leases in the database, through the repository actor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from actors.kernel import ActorKitError
from actors.lease import LeaseStore, LeaseUnavailableError, Taken
from actors.repository.messages import CallFunction, FunctionReturned

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import JsonValue

__all__ = ["SqlLeases"]

_DEADLINE_S: Final = 2.0


class SqlLeases(LeaseStore):
    """One method, one SQL function; the time is the database's.

    Args:
        repository: where the repository is reached.
    """

    def __init__(self, repository: Address) -> None:
        self._repository = repository

    @override
    async def take(self, name: str, *, owner: str, lease_s: float) -> Taken:
        answer = await self._call("take_lease", name=name, owner=owner, lease_s=float(lease_s))
        return Taken(
            held=answer["held"],
            epoch=answer["epoch"],
            expires_at=datetime.fromisoformat(answer["expires_at"]).astimezone(UTC),
        )

    @override
    async def release(self, name: str, *, owner: str) -> bool:
        return bool(await self._call("release_lease", name=name, owner=owner))

    async def _call(self, function: str, **arguments: JsonValue) -> Any:
        call = CallFunction(name=function, arguments=tuple(arguments.items()), writes=True)
        try:
            answer = await self._repository.ask(call, timeout_s=_DEADLINE_S)
        except ActorKitError as error:
            raise LeaseUnavailableError(type(error).__name__) from error
        if isinstance(answer, FunctionReturned):
            return answer.value
        raise LeaseUnavailableError(f"{function}: {type(answer).__name__}")
