"""Players' cards beyond the active event and the newest ten reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.storage.book import Book
from scooty.core.storage.event_decoding import OF_ANY_EVENT
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.json_fields import moment, object_of
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent, NobodyFound, OnlyListed, SeveralPlayers
from scooty.domain.ids import EventId, GuildId, PlayerId, ReportId
from scooty.domain.names import name_key, word_key

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue

FoundInEvent: TypeAlias = (
    PlayerCard | SeveralPlayers | OnlyListed | NobodyFound | NoActiveEvent | EventUnknown
)


class CardBook(Book):
    """The cards of every guild."""

    async def find(self, *, guild_id: GuildId, event_id: EventId, name: str) -> FoundInEvent:
        """Find a player of any event by name, as `Storage.check_player` does in the active one."""
        value = await self._calls.read_kept(
            "check_player",
            guild_id=guild_id,
            name_key=name_key(name),
            word_key=word_key(name),
            event_id=event_id,
        )
        return _found(value)

    async def find_by_id(
        self, *, guild_id: GuildId, event_id: EventId, player_id: PlayerId
    ) -> FoundInEvent:
        """Find a player of any event that was chosen from a list."""
        value = await self._calls.read_kept(
            "check_player_by_id", guild_id=guild_id, player_id=player_id, event_id=event_id
        )
        return _found(value)

    async def find_by_report(
        self, *, guild_id: GuildId, report_id: ReportId, skipped: int = 0
    ) -> FoundInEvent:
        """Find the player and the event that a report is of.

        Args:
            guild_id: Whose.
            report_id: The report, which need not count any more.
            skipped: How many newer reports are not to be on the card.
        """
        value = await self._calls.read_kept(
            "card_of_report", guild_id=guild_id, report_id=report_id, skipped=skipped
        )
        return _found(value)


def _found(value: JsonValue) -> FoundInEvent:
    fields = object_of(value, "the answer")
    found = OF_ANY_EVENT.decode(
        value, PlayerCard, SeveralPlayers, OnlyListed, NobodyFound, NoActiveEvent, EventUnknown
    )
    if "as_of" in fields and not isinstance(found, (NoActiveEvent, EventUnknown)):
        return replace(found, as_of=moment(fields, "as_of"))
    return found
