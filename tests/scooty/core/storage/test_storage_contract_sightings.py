"""When, how and how surely something became known, as every storage keeps it."""

from __future__ import annotations

from scooty.domain.observations import PLAIN, Confidence, Sighting, Source
from scooty.features.reports.calls.recording import ArchetypeUnknown, ReportRecorded
from tests.scooty.core.storage.conftest import SAM, Team

TOLD = Sighting(round_number=3, source=Source.TOLD, confidence=Confidence.LIKELY)


async def test_a_report_that_says_nothing_else_was_seen_and_is_sure(team: Team) -> None:
    recorded = await team.must_report("Jane Doe")

    assert recorded.card.reports[0].sighting == PLAIN == Sighting()


async def test_a_report_keeps_its_round_its_source_and_its_confidence(team: Team) -> None:
    request_id = team.next_request()

    first = await team.report("Jane Doe", sighting=TOLD, request_id=request_id)
    again = await team.report("Jane Doe", request_id=request_id)

    assert isinstance(first, ReportRecorded)
    assert first.card.reports[0].sighting == TOLD
    assert again == first


async def test_every_source_and_confidence_is_kept(team: Team) -> None:
    for source in Source:
        for confidence in Confidence:
            sighting = Sighting(source=source, confidence=confidence)
            recorded = await team.must_report("Jane Doe", sighting=sighting)

            assert recorded.card.reports[0].sighting == sighting


async def test_a_draft_keeps_them_until_its_archetype_is_chosen(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy", sighting=TOLD)
    assert isinstance(draft, ArchetypeUnknown)

    recorded = await team.storage.record_draft(
        guild_id=team.guild_id,
        request_id=team.next_request(),
        draft_id=draft.draft_id,
        archetype_id=draft.nearest[0].id,
        reporter_id=SAM,
    )

    assert isinstance(recorded, ReportRecorded)
    assert recorded.card.reports[0].sighting == TOLD
