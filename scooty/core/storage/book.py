"""What all books have: the way to the database, and who asks for a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.core.storage.calls import Calls


class Book:
    """One method, one SQL function.

    Args:
        calls: The way to the database.
    """

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def _write(self, function: str, caller: Caller, **arguments: JsonValue) -> JsonValue:
        """Call a function that may change something, and notes who asked for it."""
        return await self._calls.write(
            function,
            guild_id=caller.guild_id,
            request_id=caller.request_id,
            member_id=caller.member_id,
            **arguments,
        )
