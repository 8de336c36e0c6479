"""`ActorRounds`: asks the announcer for captains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import ActorKitError
from scooty.core.round_port import RoundsPort
from scooty.features.announcements.messages import RoundApplied

if TYPE_CHECKING:
    from actors.kernel import Address
    from scooty.core.round_port import AnnounceOutcome
    from scooty.domain.ids import EventId, GuildId
    from scooty.features.announcements.messages import AnnouncerMessage

_ANNOUNCE_S: Final = 1.9
"""After a write of 2.5 s at most, within the 6 s that a command may take."""


class ActorRounds(RoundsPort):
    """The `RoundsPort` of the running program.

    Args:
        announcer: Tells teams.
    """

    def __init__(self, announcer: Address[AnnouncerMessage]) -> None:
        self._announcer = announcer

    @override
    async def announce(
        self, *, guild_id: GuildId, event_id: EventId, round_number: int
    ) -> AnnounceOutcome:
        applied = RoundApplied(guild_id=guild_id, event_id=event_id, round_number=round_number)
        try:
            return await self._announcer.ask(applied, timeout_s=_ANNOUNCE_S)
        except ActorKitError as error:
            return NotPosted(reason="not_connected", detail=type(error).__name__)
