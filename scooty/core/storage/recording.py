"""The answer to a report that was stored: what it differs from is derived from the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.port import ReportRecorded
from scooty.core.storage.standing import standing_before
from scooty.domain.ids import MemberId, ReportId

if TYPE_CHECKING:
    from scooty.core.storage.player_card import PlayerCard
    from scooty.core.storage.suggestion_index import IndexChange


def recorded(
    report_id: ReportId,
    card: PlayerCard,
    *,
    index_change: IndexChange | None = None,
    watch_ended_of: MemberId | None = None,
) -> ReportRecorded:
    """Return what is answered to a report that is on the card."""
    names = {each.observation.report_id: each.archetype for each in card.counted}
    before = standing_before(card.counted, report_id)
    differs = before is not None and before.archetype != names.get(report_id)
    return ReportRecorded(
        report_id=report_id,
        card=card,
        previous_archetype=before.archetype if before is not None and differs else None,
        previous_report_id=before.report_id if before is not None and differs else None,
        index_change=index_change,
        watch_ended_of=watch_ended_of,
    )
