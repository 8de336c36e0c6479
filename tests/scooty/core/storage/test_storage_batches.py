"""Reports that are stored together: what each storage does that takes several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import MemberId, RequestId
from scooty.domain.observations import PLAIN, Confidence, Sighting, Source
from scooty.errors import StorageError
from scooty.features.reports.calls.recording import ArchetypeUnknown, RecordReport, ReportRecorded
from tests.asked import previous

if TYPE_CHECKING:
    from tests.scooty.core.storage.conftest import Team

SAM = MemberId(1_300_000_000_000_000_002)
IN_SQL = ["sql", "supabase"]
ALL = ["sql behind the cache", *IN_SQL]


def report(
    number: int,
    opponent: str,
    archetype: str = "Burn",
    *,
    by: MemberId = SAM,
    sighting: Sighting = PLAIN,
) -> tuple[RequestId, RecordReport]:
    made = RecordReport(
        reporter_id=by,
        reporter_name="Sam",
        opponent=opponent,
        archetype=archetype,
        comment=f"seen {number} times",
        sighting=sighting,
    )
    return RequestId(number), made


async def record(team: Team, *reports: tuple[RequestId, RecordReport]) -> Any:
    return await team.storage.record_reports(guild_id=team.guild_id, reports=reports)


async def card(team: Team, name: str) -> PlayerCard:
    found = await team.storage.check_player(guild_id=team.guild_id, name=name)
    assert isinstance(found, PlayerCard)
    return found


@pytest.mark.parametrize("database", ALL, indirect=True)
async def test_reports_are_stored_in_their_order_and_answered_one_by_one(team: Team) -> None:
    first, unknown, second, third = await record(
        team,
        report(1, "Jane Doe"),
        report(2, "Jack Roe", "Zzyzx"),
        report(3, "Doe, Jané", "Living End"),
        report(4, "Ann Poe"),
    )

    assert isinstance(unknown, ArchetypeUnknown)
    assert isinstance(first, ReportRecorded)
    assert isinstance(second, ReportRecorded)
    assert isinstance(third, ReportRecorded)
    assert first.report_id < second.report_id < third.report_id
    assert (previous(first)[0], previous(second)[0]) == (None, "Burn")
    jane = await card(team, "Jane Doe")
    assert [each.comment for each in jane.reports] == ["seen 3 times", "seen 1 times"]
    assert (await card(team, "Ann Poe")).report_count == 1


@pytest.mark.parametrize("database", ALL, indirect=True)
async def test_repeating_them_stores_nothing_twice(team: Team) -> None:
    reports = (report(1, "Jane Doe"), report(2, "Jane Doe"))
    before = await record(team, *reports)

    again = await record(team, *reports, report(3, "Ann Poe"))

    assert [getattr(each, "report_id", None) for each in again[:2]] == [
        getattr(each, "report_id", None) for each in before
    ]
    assert (await card(team, "Jane Doe")).report_count == 2


@pytest.mark.parametrize("database", ALL, indirect=True)
async def test_without_an_event_each_is_answered_so(idle_team: Team) -> None:
    outcomes = await record(idle_team, report(1, "Jane Doe"), report(2, "Ann Poe"))

    assert outcomes == (NoActiveEvent(), NoActiveEvent())


@pytest.mark.parametrize("database", IN_SQL, indirect=True)
async def test_when_one_is_refused_none_is_stored(team: Team) -> None:
    await team.must_report("Ann Poe")

    with pytest.raises(StorageError):
        await record(team, report(1, "Ann Poe"), report(2, "Jane Doe", by=MemberId(2**70)))

    assert (await card(team, "Ann Poe")).report_count == 1


@pytest.mark.parametrize("database", ["sql behind the cache"], indirect=True)
async def test_who_looked_before_sees_all_of_them_afterwards(team: Team) -> None:
    await team.must_report("Jane Doe", "Living End")
    assert (await card(team, "Jane Doe")).archetype == "Living End"
    assert await team.names("") == ["Jane Doe"]

    await record(
        team, report(1, "Jane Doe"), report(2, "Ann Poe"), report(3, "Jane Doe", "Affinity")
    )

    jane = await card(team, "Jane Doe")
    assert (jane.archetype, jane.report_count) == ("Izzet Affinity", 3)
    assert await team.names("") == ["Jane Doe", "Ann Poe"]


@pytest.mark.parametrize("database", ALL, indirect=True)
async def test_a_report_of_several_keeps_how_it_became_known(team: Team) -> None:
    told = Sighting(round_number=3, source=Source.TOLD, confidence=Confidence.GUESS)

    await record(team, report(1, "Jane Doe", sighting=told), report(2, "Jack Roe"))

    assert [each.sighting for each in (await card(team, "Jane Doe")).reports] == [told]
    assert [each.sighting for each in (await card(team, "Jack Roe")).reports] == [PLAIN]
