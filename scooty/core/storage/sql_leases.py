"""Leases in the database, through the repository actor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from actors.lease import LeaseStore, LeaseUnavailableError, Taken
from scooty.core.storage.function_call import call_function
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import JsonValue, RepositoryMessage

_DEADLINE_S: Final = 2.0


class SqlLeases(LeaseStore):
    """One method, one SQL function; the time is the database's.

    Args:
        repository: where the repository is reached.
    """

    def __init__(self, repository: Address[RepositoryMessage]) -> None:
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
        try:
            return await call_function(
                self._repository, function, timeout_s=_DEADLINE_S, **arguments
            )
        except StorageUnavailable as error:
            raise LeaseUnavailableError(str(error)) from error
