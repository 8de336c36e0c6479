"""A database that refuses what is asked of one guild."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from scooty.core.storage.calls import Calls
from scooty.errors import StorageError

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from scooty.domain.ids import GuildId, RequestId

__all__ = ["Refusing"]


@dataclass
class Refusing(Calls):
    """Refuses to read anything of one guild, which is a bug of the program."""

    guild_id: GuildId
    calls: Calls
    asked: int = 0

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        if guild_id == self.guild_id:
            self.asked += 1
            raise StorageError("refused")
        return await self.calls.read(function, guild_id=guild_id, **arguments)

    @override
    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        return await self.calls.write(
            function, guild_id=guild_id, request_id=request_id, **arguments
        )
