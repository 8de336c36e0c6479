"""What a team is told of a round: the captain's brief, and a half page for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.book import Book
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, GuildId, MemberId, PlayerId
from scooty.features.briefs.calls.brief_decoding import brief_outcome
from scooty.features.briefs.calls.brief_values import Drafting, NoRound, RoundBrief, Sheets

if TYPE_CHECKING:
    from scooty.features.briefs.calls.brief_values import BriefOutcome, SheetOutcome


class BriefBook(Book):
    """The briefs of every guild."""

    async def read(
        self, *, guild_id: GuildId, event_id: EventId | None = None, round_number: int | None = None
    ) -> BriefOutcome:
        """Return what a captain has to know of a round, in one call however large the team is.

        Args:
            guild_id: Whose.
            event_id: The active one's when it is left out.
            round_number: The newest when it is left out.
        """
        value = await self._calls.read(
            "read_brief", guild_id=guild_id, event_id=event_id, round=round_number
        )
        return brief_outcome(value, RoundBrief, Drafting, NoRound, NoActiveEvent, EventUnknown)

    async def read_sheets(
        self,
        *,
        guild_id: GuildId,
        event_id: EventId | None = None,
        round_number: int | None = None,
        member_id: MemberId | None = None,
        player_id: PlayerId | None = None,
    ) -> SheetOutcome:
        """Return what is printed for a round, in one call.

        Args:
            guild_id: Whose.
            event_id: The active one's when it is left out.
            round_number: The newest when it is left out.
            member_id: For the player of this member alone.
            player_id: For this player alone; the whole team when both are left out.
        """
        value = await self._calls.read(
            "read_sheets",
            guild_id=guild_id,
            event_id=event_id,
            round=round_number,
            member_id=member_id,
            player_id=player_id,
        )
        return brief_outcome(value, Sheets, Drafting, NoRound, NoActiveEvent, EventUnknown)
