"""What people get while the database is away, and what reaches it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.core.storage.player_card import PlayerCard
from scooty.core.waiting import QueuedReport
from scooty.domain.ids import GuildId
from scooty.domain.observations import Confidence, Sighting, Source
from scooty.errors import StorageUnavailable
from scooty.features.events.calls import EventCreated, EventQueued
from scooty.features.reports.calls.looking_up import NobodyFound
from scooty.features.reports.calls.recording import (
    ReportQueued,
    ReportRecorded,
    ReportUndone,
    UndoQueued,
)
from tests.scooty.core.outbox.conftest import SAM

if TYPE_CHECKING:
    from tests.scooty.core.outbox.conftest import Database, House, RunHouse


async def must_be_recorded(house: House, opponent: str) -> ReportRecorded:
    outcome = await house.report(opponent)
    assert isinstance(outcome, ReportRecorded)
    return outcome


async def card(house: House, name: str) -> PlayerCard:
    found = await house.check(name)
    assert isinstance(found, PlayerCard)
    return found


async def test_with_the_database_up_nothing_is_queued(house: House) -> None:
    outcome = await house.report("Jane Doe")

    assert isinstance(outcome, ReportRecorded)
    assert (await house.health()).waiting == 0
    assert (await house.statistics()).state == "running"


async def test_a_report_that_cannot_reach_the_database_is_queued_as_it_was_typed(
    house: House,
) -> None:
    house.database.is_away = True

    outcome = await house.report("  Jane   Doe ", "boros energy", comment=" fast ")

    assert outcome == ReportQueued(
        report=QueuedReport(
            opponent="Jane Doe",
            archetype="boros energy",
            comment="fast",
            reporter_id=SAM,
            reporter_name="Sam",
            queued_at=house.clock.now(),
        )
    )


async def test_a_queued_report_says_how_it_became_known_while_it_waits_and_afterwards(
    house: House,
) -> None:
    told = Sighting(round_number=3, source=Source.TOLD, confidence=Confidence.GUESS)
    house.database.is_away = True

    outcome = await house.report("Jane Doe", sighting=told)

    assert isinstance(outcome, ReportQueued)
    assert outcome.report is not None
    assert outcome.report.sighting == told
    house.database.is_away = False
    await house.until_empty()
    assert (await card(house, "Jane Doe")).reports[0].sighting == told


async def test_queued_reports_are_delivered_in_order_when_the_database_is_back(
    house: House,
) -> None:
    house.database.is_away = True
    for number in range(5):
        await house.report(f"Player {number}")
    house.database.is_away = False

    await house.until_empty()

    assert house.database.calls[1:] == [f"record_report Player {number}" for number in range(5)]
    assert (await card(house, "Player 3")).report_count == 1
    assert (await house.statistics()).state == "running"


async def test_a_write_whose_answer_was_lost_is_delivered_and_stored_once(house: House) -> None:
    house.database.loses_answers = True

    outcome = await house.report("Jane Doe")

    assert isinstance(outcome, ReportQueued)
    house.database.loses_answers = False
    await house.until_empty()
    assert house.database.calls.count("record_report Jane Doe") == 2
    assert (await card(house, "Jane Doe")).report_count == 1


async def test_a_new_write_goes_behind_those_that_wait_even_when_the_database_is_back(
    house: House,
) -> None:
    house.database.is_away = True
    await house.report("First")
    house.database.is_away = False

    outcome = await house.report("Second")

    assert isinstance(outcome, ReportQueued)
    assert house.database.calls == ["create_event"]
    await house.until_empty()
    assert house.database.calls[1:] == ["record_report First", "record_report Second"]
    await must_be_recorded(house, "Third")


async def test_other_guilds_do_not_wait_behind_a_guild_with_queued_writes(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    house.database.is_away = False
    house.guild_id = GuildId(house.guild_id + 1)

    assert isinstance(await house.open_event(), EventCreated)


async def test_an_undo_is_queued_and_delivered(house: House) -> None:
    recorded = await must_be_recorded(house, "Jane Doe")
    house.database.is_away = True

    outcome = await house.undo(recorded.report_id)

    assert outcome == UndoQueued()
    house.database.is_away = False
    await house.until_empty()
    assert isinstance(await house.check("Jane Doe"), NobodyFound)


async def test_an_undo_of_what_is_undone_already_is_nothing_to_tell_anybody(house: House) -> None:
    recorded = await must_be_recorded(house, "Jane Doe")
    house.database.is_away = True
    await house.undo(recorded.report_id)
    await house.undo(recorded.report_id)
    house.database.is_away = False

    await house.until_empty()

    house.gateway.expect_no_message()
    assert house.database.calls.count("undo_report") == 2


async def test_an_event_is_queued_and_later_reports_belong_to_it(run_house: RunHouse) -> None:
    async with run_house() as house:
        await house.open_event("Old")
        house.database.is_away = True

        outcome = await house.open_event("New")
        await house.report("Jane Doe")

        assert outcome == EventQueued(name="New")
        house.database.is_away = False
        await house.until_empty()
        assert (await card(house, "Jane Doe")).event.name == "New"


async def test_an_event_goes_behind_reports_that_were_made_for_the_one_before(
    run_house: RunHouse,
) -> None:
    async with run_house() as house:
        await house.open_event("Old")
        house.database.is_away = True
        await house.report("Jane Doe")
        house.database.is_away = False

        assert isinstance(await house.open_event("New"), EventQueued)

        await house.until_empty()
        assert isinstance(await house.check("Jane Doe"), NobodyFound)
        assert house.database.calls[-3:] == [
            "record_report Jane Doe",
            "create_event",
            "check_player",
        ]


async def test_the_same_request_is_queued_once(house: House) -> None:
    house.database.is_away = True
    request_id = house.next_request()

    first = await house.report("Jane Doe", request_id=request_id)
    second = await house.report("Jane Doe", request_id=request_id)

    assert first == second
    assert (await house.health()).waiting == 1


async def test_an_outbox_that_is_gone_keeps_nobody_from_the_database(
    run_house: RunHouse, database: Database
) -> None:
    async with run_house() as house:
        await house.open_event()
    database.is_away = False

    outcome = await house.report("Jane Doe")

    assert isinstance(outcome, ReportRecorded)
    assert (await card(house, "Jane Doe")).queued == ()


async def test_with_the_outbox_gone_too_a_write_is_refused_clearly(
    run_house: RunHouse, database: Database
) -> None:
    async with run_house() as house:
        await house.open_event()
    database.is_away = True

    with pytest.raises(StorageUnavailable) as caught:
        await house.report("Jane Doe")

    assert not caught.value.may_have_been_saved


async def test_a_report_that_was_delivered_can_be_undone(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    house.database.is_away = False
    await house.until_empty()
    (report,) = (await card(house, "Jane Doe")).reports

    assert isinstance(await house.undo(report.id), ReportUndone)
