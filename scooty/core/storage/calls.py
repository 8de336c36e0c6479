"""Calls of SQL functions: the one way by which everything but actors' own plumbing reaches them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from typing_extensions import override

from actors.kernel import ActorFailedError, ActorStoppedError, AskTimeoutError, MailboxFullError
from actors.repository.messages import (
    CallFunction,
    DatabaseUnavailable,
    FunctionRefused,
    FunctionReturned,
)
from scooty.domain.ids import GuildId, RequestId
from scooty.errors import StorageError, StorageUnavailable

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import JsonValue, RepositoryMessage

_READ_S: Final = 2.0
_WRITE_S: Final = 2.5
"""Longer than a read, so that the database's own deadline, which saves nothing, comes first."""
_LARGE: Final = frozenset(
    {
        "apply_report_import",
    }
)
"""What writes thousands of rows: 0.3 s where nothing else runs, and more where much does."""
_LARGE_WITHIN_S: Final = 4.4
_LARGE_S: Final = 5.0
"""Shorter than a command may take."""


class Calls(Protocol):
    """Whoever calls SQL functions of a guild.

    Both methods raise `StorageUnavailable` while the database is away, and `StorageError` when it
    refuses a call, which is a bug.
    """

    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        """Call a function that changes nothing."""
        ...

    async def read_kept(
        self,
        function: str,
        *,
        guild_id: GuildId,
        despite_reports: bool = False,  # noqa: ARG002 - asked of those who keep something
        **arguments: JsonValue,
    ) -> JsonValue:
        """Call a function that answers with an object, unless what it answered is kept.

        While the database is away, an object that was kept earlier is answered with its time in
        the field ``as_of``. Where nothing is kept, this is `read`.

        Args:
            function: Which.
            guild_id: Of whom.
            despite_reports: A new report does not change the answer.
            arguments: Of the function.
        """
        return await self.read(function, guild_id=guild_id, **arguments)

    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        """Call a function that may change something, once for each ``request_id``."""
        ...


class SqlCalls(Calls):
    """Calls through the repository actor.

    Args:
        repository: Where the repository is reached.
    """

    def __init__(self, repository: Address[RepositoryMessage]) -> None:
        self._repository = repository

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        named = {"guild_id": guild_id, **arguments}
        call = CallFunction(name=function, arguments=tuple(named.items()), writes=False)
        return await self._call(call, timeout_s=_READ_S)

    @override
    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        named = {"guild_id": guild_id, "request_id": request_id, **arguments}
        call = CallFunction(name=function, arguments=tuple(named.items()), writes=True)
        if function in _LARGE:
            return await self._call(replace(call, within_s=_LARGE_WITHIN_S), timeout_s=_LARGE_S)
        return await self._call(call, timeout_s=_WRITE_S)

    async def _call(self, call: CallFunction, *, timeout_s: float) -> JsonValue:
        try:
            answer = await self._repository.ask(call, timeout_s=timeout_s)
        except (AskTimeoutError, ActorFailedError) as error:
            raise StorageUnavailable(str(error), may_have_been_saved=call.writes) from error
        except (MailboxFullError, ActorStoppedError) as error:
            raise StorageUnavailable(str(error), may_have_been_saved=False) from error
        match answer:
            case FunctionReturned(value=value):
                return value
            case FunctionRefused(code=code):
                raise StorageError(f"the database refused {call.name} (SQLSTATE {code})")
            case DatabaseUnavailable(detail=detail, may_have_been_saved=may_have_been_saved):
                raise StorageUnavailable(detail, may_have_been_saved=may_have_been_saved)


class NoCalls(Calls):
    """There is no database."""

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        raise StorageUnavailable("there is no database", may_have_been_saved=False)

    @override
    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        raise StorageUnavailable("there is no database", may_have_been_saved=False)
