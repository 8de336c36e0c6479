from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from scooty.core.storage.player_card import Event, PlayerCard, Report
from scooty.core.storage.standing import CountedReport
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId
from scooty.domain.observations import Confidence, Observation, Source

if TYPE_CHECKING:
    from collections.abc import Callable

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def _report(number: int, archetype: str, comment: str | None) -> Report:
    return Report(
        id=ReportId(100 - number),
        archetype=archetype,
        archetype_id=ArchetypeId(1),
        colours="WUR",
        comment=comment,
        reporter_id=MemberId(500 + number),
        reported_at=AT - timedelta(minutes=number),
    )


def _counted(number: int, archetype: str, *, id_: int) -> CountedReport:
    observation = Observation(
        report_id=ReportId(number),
        archetype_id=ArchetypeId(id_),
        source=Source.SEEN,
        confidence=Confidence.SURE,
        reported_at=AT - timedelta(minutes=108 - number),
        reporter_id=MemberId(600 + id_),
    )
    return CountedReport(archetype=archetype, colours="WUR", observation=observation)


@pytest.fixture
def make_card() -> Callable[..., PlayerCard]:
    """A card of Jane Doe with the given reports, newest first."""

    def make(
        *reports: tuple[str, str | None],
        name: str = "Jane Doe",
        count: int | None = None,
        conflicts: tuple[str, ...] = (),
    ) -> PlayerCard:
        seen = reports or (("Jeskai Control", None),)
        return PlayerCard(
            player_id=PlayerId(7),
            name=name,
            event=Event(id=EventId(1), name="RC Lyon", created_at=AT),
            archetype=seen[0][0],
            colours="WUR",
            reports=tuple(_report(n, *report) for n, report in enumerate(seen, 1)),
            report_count=count or len(seen),
            others=tuple(_counted(98 - n, name, id_=n + 1) for n, name in enumerate(conflicts, 1)),
        )

    return make
