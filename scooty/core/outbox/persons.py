"""What waits in the outbox of a person: read, and erased before the database does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.asking import ask_or
from scooty.core.outbox.messages import Erased, ErasePerson, ErasePlayer, GetGuildQueue

if TYPE_CHECKING:
    from actors.kernel import Address, Asked
    from scooty.core.outbox.messages import OutboxMessage
    from scooty.core.waiting import QueuedReport
    from scooty.domain.ids import GuildId, MemberId

_ERASE_S: Final = 2.5
_LOOK_S: Final = 0.5


class OutboxPersons:
    """Persons in what waits.

    Args:
        outbox: Keeps it.
    """

    def __init__(self, outbox: Address[OutboxMessage]) -> None:
        self._outbox = outbox

    async def list_reports(
        self, *, guild_id: GuildId, member_id: MemberId
    ) -> tuple[QueuedReport, ...] | None:
        """Return a member's reports that wait; None when nobody can say."""
        look = GetGuildQueue(guild_id=guild_id)
        queue = await ask_or(self._outbox, look, timeout_s=_LOOK_S, otherwise=None)
        if queue is None:
            return None
        mine = (each.report for each in queue.reports)
        return tuple(report for report in mine if report.reporter_id == member_id)

    async def erase_member(self, *, guild_id: GuildId, member_id: MemberId) -> bool:
        """Take a member out of all that waits; False when that is not certain."""
        return await self._is_erased(ErasePerson(guild_id=guild_id, member_id=member_id))

    async def erase_player(self, *, guild_id: GuildId, name_keys: tuple[str, ...]) -> bool:
        """Remove a player's reports that wait, of each spelling; False when not certain."""
        for key in name_keys:
            if not await self._is_erased(ErasePlayer(guild_id=guild_id, name=key)):
                return False
        return True

    async def _is_erased(self, query: Asked[OutboxMessage, object]) -> bool:
        answer = await ask_or(self._outbox, query, timeout_s=_ERASE_S, otherwise=None)
        return isinstance(answer, Erased)
