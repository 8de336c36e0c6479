"""What every storage keeps apart: one event from the next, one guild from another."""

from __future__ import annotations

from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import PlayerId
from scooty.features.events.calls import EventCreated, EventNameTaken
from scooty.features.reports.calls.looking_up import NobodyFound
from scooty.features.reports.calls.recording import ReportGone, ReportRecorded
from scooty.features.reports.demo import write_demo
from tests.asked import previous
from tests.scooty.core.storage.conftest import SAM, Team
from tests.scooty.core.storage.looking_up import check


async def test_without_an_active_event_everything_says_so(idle_team: Team) -> None:
    team = idle_team

    assert await team.report("Jane Doe") == NoActiveEvent()
    assert await check(team, "Jane Doe") == NoActiveEvent()
    by_id = await team.storage.check_player_by_id(guild_id=team.guild_id, player_id=PlayerId(1))
    assert by_id == NoActiveEvent()
    assert await team.names("") == []
    assert await team.storage.suggest_archetypes(guild_id=team.guild_id, text="boros") != ()


async def test_a_new_event_closes_the_previous_and_keeps_its_reports(team: Team) -> None:
    await team.must_report("Jane Doe")

    created = await team.open("Second")

    assert isinstance(created, EventCreated)
    assert (created.event.name, created.previous) == ("Second", "Open")
    assert await check(team, "Jane Doe") == NobodyFound()
    report = await team.must_report("Jane Doe", "Burn")
    assert report.card.event == created.event
    assert (report.card.report_count, previous(report)[0]) == (1, None)


async def test_an_event_name_is_taken_in_whatever_spelling(team: Team) -> None:
    taken = await team.open("  ÔPEN ")

    assert isinstance(taken, EventNameTaken)
    assert taken.event.name == "Open"


async def test_an_event_is_created_once_by_one_request(idle_team: Team) -> None:
    team = idle_team
    request_id = team.next_request()

    first, second = [
        await team.storage.create_event(
            guild_id=team.guild_id, request_id=request_id, name="Open", member_id=SAM
        )
        for _ in range(2)
    ]

    assert isinstance(first, EventCreated)
    assert second == first


async def test_a_guild_sees_nothing_of_another(team: Team) -> None:
    report = await team.must_report("Jane Doe", "Burn")
    other = team.other()

    assert await check(other, "Jane Doe") == NoActiveEvent()
    assert isinstance(await other.open(), EventCreated)
    assert await check(other, "Jane Doe") == NobodyFound()
    assert await other.names("") == []
    assert await other.names("jane") == []
    assert await other.undo(report.report_id) == ReportGone()
    archetypes = await other.storage.suggest_archetypes(guild_id=other.guild_id, text="burn")
    assert [archetype.report_count for archetype in archetypes[:1]] == [0]
    theirs = await other.must_report("Jane Doe")
    assert theirs.card.player_id != report.card.player_id
    assert (theirs.card.report_count, previous(theirs)[0]) == (1, None)


async def test_a_request_id_means_nothing_in_another_guild(team: Team) -> None:
    request_id = team.next_request()
    await team.report("Jane Doe", request_id=request_id)
    other = team.other()
    await other.open()

    outcome = await other.report("Rick Roe", request_id=request_id)

    assert isinstance(outcome, ReportRecorded)
    assert outcome.card.name == "Rick Roe"


async def test_the_demo_is_written_once(idle_team: Team) -> None:
    team = idle_team
    await write_demo(team.storage.road, team.guild_id)
    card = await check(team, "Zoë Papadaki")

    await write_demo(team.storage.road, team.guild_id)

    assert isinstance(card, PlayerCard)
    assert card.report_count == 3
    assert await check(team, "Zoë Papadaki") == card
    conflicting = await check(team, "Adèle Fontanel")
    assert isinstance(conflicting, PlayerCard)
    assert len(conflicting.conflicting_archetypes) == 1


async def test_a_demo_cut_short_leaves_a_later_event_alone(team: Team) -> None:
    await write_demo(team.storage.road, team.guild_id)
    await team.open("Ours")

    await write_demo(team.storage.road, team.guild_id)

    assert await team.names("") == []
