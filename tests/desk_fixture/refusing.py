"""A database that refuses what is asked of one guild."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from typing_extensions import override

from scooty.core.calls import Calls
from scooty.errors import StorageError

if TYPE_CHECKING:
    from scooty.core.call import Caller, Read, Write
    from scooty.domain.ids import GuildId

R = TypeVar("R")


@dataclass
class Refusing(Calls):
    """Refuses to read anything of one guild, which is a bug of the program."""

    guild_id: GuildId
    calls: Calls
    asked: int = 0

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        if guild_id == self.guild_id:
            self.asked += 1
            raise StorageError("refused")
        return await self.calls.read(guild_id, call)

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        return await self.calls.write(caller, call)
