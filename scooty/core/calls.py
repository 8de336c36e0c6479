"""The one road to the database: `Sql`, and what stands in front of it with the same two methods.

    command -> Queued -> Cached -> Sql -> the repository actor

`Cached` keeps answers, `Queued` keeps writes that cannot reach the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import structlog
from typing_extensions import override

from actors.kernel import ActorFailedError, ActorStoppedError, AskTimeoutError, MailboxFullError
from actors.repository.messages import (
    CallFunction,
    DatabaseUnavailable,
    FunctionRefused,
    FunctionReturned,
)
from scooty.core.shapes import UnknownShapeError, shape_of
from scooty.errors import StorageError, StorageUnavailable

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import JsonValue, RepositoryMessage
    from scooty.core.call import Call, Caller, Read, Write
    from scooty.domain.ids import GuildId

R = TypeVar("R")
_READ_S: Final = 2.0
_WRITE_S: Final = 2.5
"""Longer than a read, so that the database's own deadline, which saves nothing, comes first."""
_WITHIN_S: Final = 1.8
_LARGE_WITHIN_S: Final = 4.4
"""For thousands of rows: 0.3 s where nothing else runs, and more where much does."""
_LARGE_S: Final = 5.0
"""Shorter than a command may take."""
_log = structlog.get_logger("scooty.calls")


class Calls(Protocol):
    """Whoever calls SQL functions of a guild.

    Both methods raise `StorageUnavailable` while the database is away, and `StorageError` when it
    refuses a call or answers in an unknown form, which is a bug.
    """

    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        """Call a function that changes nothing."""
        ...

    async def write(self, caller: Caller, call: Write[R]) -> R:
        """Call a function that may change something, once for each of the caller's requests."""
        ...


class NoCalls(Calls):
    """There is no database."""

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        raise StorageUnavailable("there is no database", may_have_been_saved=False)

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        raise StorageUnavailable("there is no database", may_have_been_saved=False)


class Sql(Calls):
    """Calls through the repository actor.

    Args:
        repository: Where the repository is reached.
        is_strict: Refuse an answer with a field that this version does not know. Only tests do: a
            version that was rolled back meets functions of a newer one, and has to read them.
    """

    def __init__(self, repository: Address[RepositoryMessage], *, is_strict: bool = False) -> None:
        self._repository = repository
        self._is_strict = is_strict

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        return self.answer(call, await self.read_json(guild_id, call))

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        of_caller: dict[str, JsonValue] = {
            "guild_id": caller.guild_id,
            "request_id": caller.request_id,
            **{name: getattr(caller, name) for name in call.of_caller},
        }
        json = await self._call(
            CallFunction(
                name=call.function,
                arguments=(*of_caller.items(), *call.arguments().items()),
                writes=True,
                within_s=_LARGE_WITHIN_S if call.is_large else _WITHIN_S,
            ),
            timeout_s=_LARGE_S if call.is_large else _WRITE_S,
        )
        return self.answer(call, json)

    async def read_json(self, guild_id: GuildId, call: Read[R]) -> bytes:
        """Call a function that changes nothing, and return the JSON that it answered."""
        function = CallFunction(
            name=call.function,
            arguments=(("guild_id", guild_id), *call.arguments().items()),
            writes=False,
        )
        return await self._call(function, timeout_s=_READ_S)

    def answer(self, call: Call[R], json: bytes) -> R:
        """Read what a function answered.

        Raises:
            StorageError: It has another shape than the call says.
        """
        shape = shape_of(type(call).answers())
        try:
            answer: R = shape.read(json)
        except UnknownShapeError as error:
            if self._is_strict or not error.is_newer:
                raise StorageError(f"{call.function} answered {error}") from None
            _log.warning("database.unknown_fields", function=call.function, places=str(error))
            answer = shape.read_known(json)
        return answer

    async def _call(self, call: CallFunction, *, timeout_s: float) -> bytes:
        try:
            answer = await self._repository.ask(call, timeout_s=timeout_s)
        except (AskTimeoutError, ActorFailedError) as error:
            raise StorageUnavailable(str(error), may_have_been_saved=call.writes) from error
        except (MailboxFullError, ActorStoppedError) as error:
            raise StorageUnavailable(str(error), may_have_been_saved=False) from error
        match answer:
            case FunctionReturned(json=json):
                return json
            case FunctionRefused(code=code):
                raise StorageError(f"the database refused {call.name}: {code}")
            case DatabaseUnavailable(detail=detail, may_have_been_saved=may_have_been_saved):
                raise StorageUnavailable(detail, may_have_been_saved=may_have_been_saved)
