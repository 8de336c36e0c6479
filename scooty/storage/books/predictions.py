"""What speaks for what a player plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.domain.ids import GuildId
from scooty.domain.names import name_key, word_key
from scooty.storage.books.book import Book
from scooty.storage.books.player_values import NobodyCertain
from scooty.storage.books.prediction_decoding import OUTCOMES
from scooty.storage.books.prediction_values import (
    Drafting,
    PredictionEvidence,
    ReportedSurely,
)
from scooty.storage.port import NoActiveEvent

if TYPE_CHECKING:
    from scooty.storage.books.prediction_values import PredictionOutcome

__all__ = ["PredictionBook"]


class PredictionBook(Book):
    """The evidence of every guild."""

    async def read_evidence(
        self, *, guild_id: GuildId, name: str, has_cards: bool
    ) -> PredictionOutcome:
        """Return what is known of a player of that name in the active event, and of all others.

        Args:
            guild_id: Whose.
            name: Of the player; with cards, one whom nobody knows will do.
            has_cards: Somebody saw cards: even of a player of whom the team is sure, all is read.
        """
        value = await self._calls.read(
            "prediction_evidence",
            guild_id=guild_id,
            name_key=name_key(name),
            word_key=word_key(name),
            has_cards=has_cards,
        )
        return OUTCOMES.decode(
            value, PredictionEvidence, ReportedSurely, NobodyCertain, Drafting, NoActiveEvent
        )
