"""Calls of SQL functions whose changes are told to all who keep something of the guild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from scooty.core.storage.cached_questions import function_answer
from scooty.core.storage.calls import Calls
from scooty.core.storage.settings import SETTINGS_FUNCTIONS
from scooty.domain.ids import GuildId, RequestId

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from scooty.core.storage.cached import CachedStorage


class ToldCalls(Calls):
    """Calls beside a storage that keeps things.

    Args:
        calls: The way to the database.
        kept: Told of every write before it is acknowledged.
    """

    def __init__(self, calls: Calls, kept: CachedStorage) -> None:
        self._calls = calls
        self._kept = kept

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        return await self._calls.read(function, guild_id=guild_id, **arguments)

    @override
    async def read_kept(
        self,
        function: str,
        *,
        guild_id: GuildId,
        despite_reports: bool = False,
        **arguments: JsonValue,
    ) -> JsonValue:
        return await self._kept.answer(
            function_answer(
                self._calls, guild_id, function, arguments, despite_reports=despite_reports
            )
        )

    @override
    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        write = self._calls.write(function, guild_id=guild_id, request_id=request_id, **arguments)
        if function in SETTINGS_FUNCTIONS:
            return await self._kept.change_settings(guild_id, write)
        return await self._kept.change(guild_id, write)
