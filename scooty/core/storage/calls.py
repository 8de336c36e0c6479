"""Calls of SQL functions: the one way by which everything but actors' own plumbing reaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from typing_extensions import override

from scooty.domain.ids import GuildId, RequestId
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue


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
