"""What becomes of a member's earlier reports that a new one of theirs contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.core.storage.book import Book
from scooty.core.storage.card_decoding import player_card
from scooty.core.storage.decoding import OUTCOMES
from scooty.core.storage.json_fields import field, object_of
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NotYourReport, ReportGone
from scooty.domain.ids import ReportId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """Of the member's reports of this player, those that name another archetype do not count."""

    report_id: ReportId
    """The one that counts."""
    withdrawn: int
    """How many counted until now."""
    card: PlayerCard


ReplaceOutcome: TypeAlias = Replaced | ReportGone | NotYourReport


class ConflictBook(Book):
    """The contradictions of every guild."""

    async def replace_mine(self, caller: Caller, *, report_id: ReportId) -> ReplaceOutcome:
        """Withdraw a member's earlier reports of the same player that name another archetype.

        Args:
            caller: Whose reports.
            report_id: Their newest, which stays.
        """
        value = await self._write("replace_own_reports", caller, report_id=report_id)
        return _OUTCOMES.decode(value, Replaced, ReportGone, NotYourReport)


def _replaced(fields: Mapping[str, JsonValue]) -> Replaced:
    return Replaced(
        report_id=ReportId(field(fields, "report_id", int)),
        withdrawn=field(fields, "withdrawn", int),
        card=player_card(object_of(fields.get("card"), "card")),
    )


_OUTCOMES: Final = OUTCOMES.extended({"replaced": _replaced})
