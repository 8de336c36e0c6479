"""How the team's matches ended, and what that says of its decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.domain.names import fold, name_key, word_key
from scooty.storage.books.book import Book
from scooty.storage.books.event_values import EventUnknown
from scooty.storage.books.result_decoding import result_outcome
from scooty.storage.books.result_values import (
    ArchetypeNotKnown,
    Drafting,
    MatchupFound,
    NotTold,
    PairedOtherwise,
    ResultGone,
    ResultNotYours,
    ResultTold,
    ResultUndone,
    RoundWithout,
    TeamRecord,
)
from scooty.storage.port import NoActiveEvent

if TYPE_CHECKING:
    from scooty.domain.ids import EventId, GuildId, RequestId
    from scooty.storage.asker import Asker
    from scooty.storage.books.result_values import (
        MatchupOutcome,
        RecordOutcome,
        Telling,
        TellingOutcome,
        UndoneOutcome,
    )

__all__ = ["ResultBook"]


class ResultBook(Book):
    """The results of every guild."""

    async def tell(self, asker: Asker, telling: Telling) -> TellingOutcome:
        """Keep how a match of the active event ended, in place of what was kept of the round."""
        score, player, opponent = telling.score, telling.player, telling.opponent
        value = await self._write(
            "tell_result",
            asker,
            as_captain=asker.as_captain,
            result=telling.outcome.value,
            games_won=None if score is None else score.won,
            games_lost=None if score is None else score.lost,
            games_drawn=None if score is None else score.drawn,
            round=telling.round_number,
            player_id=telling.player_id,
            name_key=None if player is None else name_key(player),
            word_key=None if player is None else word_key(player),
            opponent=opponent,
            opponent_key=None if opponent is None else name_key(opponent),
            opponent_word_key=None if opponent is None else word_key(opponent),
        )
        return result_outcome(
            value, ResultTold, NoActiveEvent, Drafting, NotTold, RoundWithout, PairedOtherwise
        )

    async def undo(self, asker: Asker, *, told_request_id: RequestId) -> UndoneOutcome:
        """Take back what a request told, and put back what it had replaced."""
        value = await self._write(
            "undo_result",
            asker,
            as_captain=asker.as_captain,
            told_request_id=told_request_id,
        )
        return result_outcome(value, ResultUndone, ResultGone, ResultNotYours)

    async def read_matchup(self, *, guild_id: GuildId, ours: str, theirs: str) -> MatchupOutcome:
        """Return how the team did with one archetype against another; both as they are typed."""
        value = await self._calls.read(
            "matchup_record",
            guild_id=guild_id,
            archetype_key=fold(ours),
            archetype_word_key=word_key(ours),
            theirs_key=fold(theirs),
            theirs_word_key=word_key(theirs),
        )
        return result_outcome(value, MatchupFound, ArchetypeNotKnown)

    async def read_record(
        self, *, guild_id: GuildId, event_id: EventId | None = None
    ) -> RecordOutcome:
        """Return the team's record in an event; in the active one if no other is asked for."""
        value = await self._calls.read("team_record", guild_id=guild_id, event_id=event_id)
        return result_outcome(value, TeamRecord, NoActiveEvent, EventUnknown)
