"""Decklists: read from a file or a paste, looked at, then kept with a player of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.imports import EventOver, ImportBook, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import ArchetypeId, EventId, GuildId, PlayerId, RequestId
from scooty.domain.names import fold, name_key, word_key
from scooty.features.decks.calls.deck_decoding import deck_outcome
from scooty.features.decks.calls.deck_values import (
    ArchetypeGone,
    DeckApplied,
    DeckKept,
    DeckShown,
    NoDeck,
    SeveralDecks,
)
from scooty.features.reports.calls.looking_up import NobodyFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.domain.decks import Cards, Deck
    from scooty.features.decks.calls.deck_values import DeckFound, DeckOutcome


class DeckBook(ImportBook):
    """The decklists of every guild."""

    async def keep(
        self, caller: Caller, *, player: str, deck: Deck, archetypes: Iterable[str]
    ) -> DeckKept | NoActiveEvent:
        """Keep a list for 15 minutes.

        Args:
            caller: Who may apply it.
            player: A name as typed.
            deck: What was read.
            archetypes: All that it may be, of any format.
        """
        value = await self._write(
            "keep_decklist",
            caller,
            opponent=player,
            name_key=name_key(player),
            word_key=word_key(player),
            content={
                "main": _board(deck.main),
                "side": _board(deck.side),
                "companion": deck.companion,
                "archetypes": [
                    {"key": fold(each), "word_key": word_key(each)} for each in archetypes
                ],
            },
        )
        return deck_outcome(value, DeckKept, NoActiveEvent)

    async def apply(
        self,
        caller: Caller,
        *,
        member_name: str,
        import_id: RequestId,
        archetype_id: ArchetypeId | None = None,
    ) -> DeckOutcome:
        """Store a list; with an archetype, report its player as that too."""
        value = await self._write(
            "apply_decklist",
            caller,
            member_name=member_name,
            import_id=import_id,
            archetype_id=archetype_id,
        )
        return deck_outcome(value, DeckApplied, ImportGone, EventOver, ArchetypeGone)

    async def find(
        self, *, guild_id: GuildId, name: str, event_id: EventId | None = None
    ) -> DeckFound:
        """Find the list of a player in an event, the active one if no other is named."""
        value = await self._calls.read(
            "show_decklist",
            guild_id=guild_id,
            name_key=name_key(name),
            word_key=word_key(name),
            event_id=event_id,
        )
        return _found(value)

    async def find_by_id(
        self, *, guild_id: GuildId, player_id: PlayerId, event_id: EventId
    ) -> DeckFound:
        """Find the list of a player who was chosen."""
        value = await self._calls.read(
            "show_decklist",
            guild_id=guild_id,
            name_key="",
            word_key="",
            player_id=player_id,
            event_id=event_id,
        )
        return _found(value)


def _found(value: JsonValue) -> DeckFound:
    return deck_outcome(
        value, DeckShown, NoDeck, SeveralDecks, NobodyFound, NoActiveEvent, EventUnknown
    )


def _board(cards: Iterable[Cards]) -> JsonValue:
    return [{"count": each.count, "card": each.card} for each in cards]
