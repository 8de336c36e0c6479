"""What every storage makes of an archetype as it was typed, known or not."""

from __future__ import annotations

from scooty.domain.ids import ArchetypeId, MemberId, RequestId
from scooty.features.reports.calls.looking_up import NobodyFound
from scooty.features.reports.calls.recording import ArchetypeUnknown, DraftGone, ReportRecorded
from tests.scooty.core.storage.conftest import ROBIN, SAM, Team
from tests.scooty.core.storage.looking_up import check


async def test_an_archetype_is_known_by_alias_accent_and_order_of_words(team: Team) -> None:
    for typed in ("énergie", "ENERGIE", "energy boros"):
        assert (await team.must_report("Jane Doe", typed)).card.archetype == "Boros Energy"


async def test_an_unknown_archetype_offers_three_and_keeps_a_draft(team: Team) -> None:
    request_id = team.next_request()

    outcome = await team.report("Jane Doe", "boros enrgy", comment="fast", request_id=request_id)

    assert isinstance(outcome, ArchetypeUnknown)
    assert outcome.draft_id == request_id
    assert len(outcome.nearest) == 3
    assert outcome.nearest[0].name == "Boros Energy"
    assert await check(team, "Jane Doe") == NobodyFound()
    assert await team.report("Jane Doe", "boros enrgy", request_id=request_id) == outcome


async def test_a_draft_is_stored_with_the_archetype_that_was_chosen(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy", comment="fast")
    assert isinstance(draft, ArchetypeUnknown)
    request_id = team.next_request()

    first = await record_draft(team, draft, request_id=request_id)
    again = await record_draft(team, draft, request_id=request_id)
    other_press = await record_draft(team, draft)

    assert isinstance(first, ReportRecorded)
    assert first.card.archetype == "Boros Energy"
    assert first.card.reports[0].comment == "fast"
    assert again == first
    assert other_press == DraftGone()


async def test_a_draft_of_another_member_or_guild_is_gone(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy")
    assert isinstance(draft, ArchetypeUnknown)
    other = team.other()
    await other.open()

    assert await record_draft(team, draft, by=ROBIN) == DraftGone()
    assert await record_draft(other, draft) == DraftGone()
    assert isinstance(await record_draft(team, draft), ReportRecorded)


async def test_a_draft_with_an_archetype_that_is_not_there_is_gone(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy")
    assert isinstance(draft, ArchetypeUnknown)

    outcome = await team.storage.record_draft(
        guild_id=team.guild_id,
        request_id=team.next_request(),
        draft_id=draft.draft_id,
        archetype_id=ArchetypeId(999_999),
        reporter_id=SAM,
    )

    assert outcome == DraftGone()


async def record_draft(
    team: Team,
    draft: ArchetypeUnknown,
    *,
    by: MemberId = SAM,
    request_id: RequestId | None = None,
) -> object:
    return await team.storage.record_draft(
        guild_id=team.guild_id,
        request_id=request_id or team.next_request(),
        draft_id=draft.draft_id,
        archetype_id=draft.nearest[0].id,
        reporter_id=by,
    )
