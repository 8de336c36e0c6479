"""What becomes of a member's earlier reports that a new one of theirs contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scooty.core.call import Write
from scooty.core.storage.player_card import PlayerCard
from scooty.domain.ids import ReportId
from scooty.features.reports.calls.recording import NotYourReport, ReportGone


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """Of the member's reports of this player, those that name another archetype do not count."""

    outcome: Literal["replaced"] = "replaced"
    report_id: ReportId
    """The one that counts."""
    withdrawn: int
    """How many counted until now."""
    card: PlayerCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceOwnReports(Write[Replaced | ReportGone | NotYourReport]):
    """Withdraw a member's earlier reports of the same player that name another archetype."""

    report_id: ReportId
    """Their newest, which stays."""
