"""What every storage does with a report, in memory and in PostgreSQL."""

from __future__ import annotations

import pytest

from scooty.errors import StorageError
from scooty.features.reports.calls.recording import ReportRecorded
from tests.asked import previous
from tests.scooty.core.storage.conftest import ROBIN, SAM, Team


async def test_a_report_of_somebody_new_makes_a_player_with_a_card(team: Team) -> None:
    outcome = await team.report("  Jane   Doe ", "boros energy", comment=" fast ")

    assert isinstance(outcome, ReportRecorded)
    card = outcome.card
    assert (card.name, card.archetype, card.colours) == ("Jane Doe", "Boros Energy", "WR")
    assert (card.report_count, card.conflicting_archetypes) == (1, ())
    assert card.event.name == "Open"
    assert previous(outcome)[0] is None
    [report] = card.reports
    assert report.id == outcome.report_id
    assert (report.comment, report.reporter_id) == ("fast", SAM)
    assert report.reported_at.utcoffset() is not None


async def test_a_report_of_a_known_player_counts_on_their_card(team: Team) -> None:
    first = await team.must_report("Jane Doe", "Burn")

    second = await team.must_report("DOE, Jané", "Amulet Titan", by=ROBIN)

    assert second.card.player_id == first.card.player_id
    assert second.card.name == "Jane Doe"
    assert previous(second)[0] == "Burn"
    assert second.card.archetype == "Amulet Titan"
    assert second.card.conflicting_archetypes == ("Burn",)
    assert [report.reporter_id for report in second.card.reports] == [ROBIN, SAM]


async def test_a_card_shows_ten_reports_and_counts_all(team: Team) -> None:
    for _ in range(12):
        outcome = await team.must_report("Jane Doe")

    assert (len(outcome.card.reports), outcome.card.report_count) == (10, 12)
    assert previous(outcome)[0] is None


async def test_the_same_request_twice_gives_one_report_and_one_answer(team: Team) -> None:
    request_id = team.next_request()

    first = await team.report("Jane Doe", request_id=request_id)
    second = await team.report("Jane Doe", request_id=request_id)

    assert second == first
    assert isinstance(first, ReportRecorded)
    assert first.card.report_count == 1


@pytest.mark.parametrize("opponent", ["", "  ", "\u200b", "x" * 101])
async def test_what_is_no_name_is_refused(team: Team, opponent: str) -> None:
    with pytest.raises(StorageError, match="1 to 100"):
        await team.report(opponent)
