"""What becomes of a member's earlier reports that a new one of theirs contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.ids import ReportId
from scooty.storage.card_decoding import player_card
from scooty.storage.decoding import OUTCOMES
from scooty.storage.json_fields import field, object_of
from scooty.storage.port import NotYourReport, PlayerCard, ReportGone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.domain.ids import GuildId, MemberId, RequestId
    from scooty.storage.calls import Calls

__all__ = ["ConflictBook", "ReplaceOutcome", "Replaced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """Of the member's reports of this player, those that name another archetype do not count."""

    report_id: ReportId
    """The one that counts."""
    withdrawn: int
    """How many counted until now."""
    card: PlayerCard


ReplaceOutcome: TypeAlias = Replaced | ReportGone | NotYourReport


class ConflictBook:
    """The contradictions of every guild.

    Args:
        calls: The way to the database.
    """

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def replace_mine(
        self, *, guild_id: GuildId, request_id: RequestId, member_id: MemberId, report_id: ReportId
    ) -> ReplaceOutcome:
        """Withdraw a member's earlier reports of the same player that name another archetype.

        Args:
            guild_id: Where.
            request_id: Names this write.
            member_id: Whose reports.
            report_id: Their newest, which stays.
        """
        value = await self._calls.write(
            "replace_own_reports",
            guild_id=guild_id,
            request_id=request_id,
            member_id=member_id,
            report_id=report_id,
        )
        return _OUTCOMES.decode(value, Replaced, ReportGone, NotYourReport)


def _replaced(fields: Mapping[str, JsonValue]) -> Replaced:
    return Replaced(
        report_id=ReportId(field(fields, "report_id", int)),
        withdrawn=field(fields, "withdrawn", int),
        card=player_card(object_of(fields.get("card"), "card")),
    )


_OUTCOMES: Final = OUTCOMES.extended({"replaced": _replaced})
