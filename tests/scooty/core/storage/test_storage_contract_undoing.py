"""What every storage does when a report is undone."""

from __future__ import annotations

from scooty.core.storage.player_card import PlayerCard
from scooty.domain.ids import ReportId
from scooty.features.reports.calls.looking_up import NobodyFound
from scooty.features.reports.calls.recording import (
    NotYourReport,
    ReportGone,
    ReportRecorded,
    ReportUndone,
)
from tests.scooty.core.storage.conftest import ROBIN, Team
from tests.scooty.core.storage.looking_up import check, found


async def test_a_request_repeated_after_its_undoing_gets_its_first_answer(team: Team) -> None:
    request_id = team.next_request()
    first = await team.report("Jane Doe", request_id=request_id)
    assert isinstance(first, ReportRecorded)
    await team.undo(first.report_id)

    assert await team.report("Jane Doe", request_id=request_id) == first
    assert await check(team, "Jane Doe") == NobodyFound()


async def test_undoing_ones_own_report_takes_it_off_the_card(team: Team) -> None:
    await team.must_report("Jane Doe", "Amulet Titan")
    wrong = await team.must_report("Jane Doe", "Burn")

    undone = await team.undo(wrong.report_id)

    assert undone == ReportUndone(player_name="Jane Doe", archetype="Burn")
    card = await check(team, "Jane Doe")
    assert isinstance(card, PlayerCard)
    assert (card.archetype, card.report_count, card.conflicting_archetypes) == (
        "Amulet Titan",
        1,
        (),
    )


async def test_a_player_whose_only_report_was_undone_is_not_found(team: Team) -> None:
    report = await team.must_report("Jane Doe")

    await team.undo(report.report_id)

    assert await check(team, "Jane Doe") == NobodyFound()
    assert await team.names("jane") == []


async def test_the_report_of_another_member_is_not_undone(team: Team) -> None:
    report = await team.must_report("Jane Doe")

    assert await team.undo(report.report_id, by=ROBIN) == NotYourReport()
    assert await found(team, "Jane Doe") == "Jane Doe"


async def test_a_report_is_undone_once_however_often_one_request_says_so(team: Team) -> None:
    report = await team.must_report("Jane Doe")
    request_id = team.next_request()

    first = await team.undo(report.report_id, request_id=request_id)

    assert await team.undo(report.report_id, request_id=request_id) == first
    assert await team.undo(report.report_id) == ReportGone()
    assert await team.undo(ReportId(999_999_999)) == ReportGone()
