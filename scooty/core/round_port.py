"""Whoever tells a team that a round is up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from typing_extensions import override

from actors.discord_gateway.channel_message import NotPosted
from scooty.domain.announcing import NotNews, NowhereToAnnounce, RoundAnnounced

if TYPE_CHECKING:
    from scooty.domain.ids import EventId, GuildId

AnnounceOutcome: TypeAlias = RoundAnnounced | NowhereToAnnounce | NotNews | NotPosted


class RoundsPort(Protocol):
    """Whoever tells a team that a round is up."""

    async def announce(
        self, *, guild_id: GuildId, event_id: EventId, round_number: int
    ) -> AnnounceOutcome:
        """Tell a team of a round whose pairings are saved, within 2 s.

        Whoever wants a direct message gets it after that. What could not be told now, for a reason
        that passes, is told by itself later.
        """
        ...


class NoRounds(RoundsPort):
    """Nobody tells."""

    @override
    async def announce(
        self, *, guild_id: GuildId, event_id: EventId, round_number: int
    ) -> AnnounceOutcome:
        return NowhereToAnnounce()
