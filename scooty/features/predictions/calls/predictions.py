"""What speaks for what a player plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.book import Book
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import GuildId
from scooty.domain.names import name_key, word_key
from scooty.features.players.calls.players import NobodyCertain
from scooty.features.predictions.calls.prediction_decoding import OUTCOMES
from scooty.features.predictions.calls.prediction_values import (
    Drafting,
    PredictionEvidence,
    ReportedSurely,
)

if TYPE_CHECKING:
    from scooty.features.predictions.calls.prediction_values import PredictionOutcome


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
