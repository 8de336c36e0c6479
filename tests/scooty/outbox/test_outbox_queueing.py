"""What people get while the database is away, and what reaches it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.domain.ids import GuildId
from scooty.errors import StorageUnavailable
from scooty.storage.port import (
    EventCreated,
    NobodyFound,
    OpponentSuggestion,
    PlayerCard,
    ReportRecorded,
    ReportUndone,
)
from scooty.storage.queued import (
    EventQueued,
    OnlyQueued,
    QueuedReport,
    ReportQueued,
    UndoQueued,
)
from tests.scooty.outbox.conftest import ROBIN, SAM

if TYPE_CHECKING:
    from tests.scooty.outbox.conftest import Database, House, RunHouse


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


async def test_what_is_queued_is_found_while_the_database_is_away(house: House) -> None:
    house.database.is_away = True
    queued = await house.report("Jane Doe", "Burn")
    assert isinstance(queued, ReportQueued)

    for name in ("jane doe", "DOE, Jané", "doe jane", "jan"):
        assert await house.check(name) == OnlyQueued(reports=(queued.report,), database_away=True)  # type: ignore[arg-type]


async def test_who_is_not_queued_is_out_of_reach_while_the_database_is_away(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")

    with pytest.raises(StorageUnavailable):
        await house.check("Richard Roe")


async def test_a_queued_player_is_offered_while_typing_and_marked(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe", "Burn")
    await house.report("Jane Doe", "Jund", by=ROBIN)

    offered = await house.storage.suggest_opponents(guild_id=house.guild_id, text="do")

    assert offered == (
        OpponentSuggestion(
            player_id=None,
            name="Jane Doe",
            archetype="Jund",
            reporter_id=ROBIN,
            reporter_name="Robin",
            report_count=2,
            queued=True,
        ),
    )


async def test_typing_finds_nobody_rather_than_failing_while_others_are_queued(
    house: House,
) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")

    assert await house.storage.suggest_opponents(guild_id=house.guild_id, text="zzz") == ()


async def test_who_types_is_not_kept_waiting_for_a_database_that_hangs(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    house.database.is_away = False
    house.database.gate.clear()

    offered = await house.storage.suggest_opponents(guild_id=house.guild_id, text="jane")

    house.database.gate.set()
    assert [each.name for each in offered] == ["Jane Doe"]


async def test_without_anything_queued_look_ups_fail_as_they_did(house: House) -> None:
    house.database.is_away = True

    with pytest.raises(StorageUnavailable):
        await house.storage.suggest_opponents(guild_id=house.guild_id, text="")
    with pytest.raises(StorageUnavailable):
        await house.check("Jane Doe")


async def test_another_guild_sees_nothing_of_what_is_queued(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    other = GuildId(house.guild_id + 1)

    with pytest.raises(StorageUnavailable):
        await house.storage.check_player(guild_id=other, name="Jane Doe")


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


async def test_a_card_shows_queued_reports_beside_what_the_database_knows(house: House) -> None:
    stored = await must_be_recorded(house, "Jane Doe")
    house.database.is_away = True
    queued = await house.report("doe, jane", "Burn", by=ROBIN)
    assert isinstance(queued, ReportQueued)
    house.database.is_away = False

    found = await card(house, "Jane Doe")
    by_id = await house.storage.check_player_by_id(
        guild_id=house.guild_id, player_id=stored.card.player_id
    )
    (offered,) = await house.storage.suggest_opponents(guild_id=house.guild_id, text="jane")

    assert found.queued == (queued.report,)
    assert (found.archetype, found.report_count) == ("Boros Energy", 1)
    assert by_id == found
    assert (offered.player_id, offered.archetype) == (stored.card.player_id, "Burn")
    assert (offered.report_count, offered.queued) == (2, True)


async def test_a_player_who_is_only_queued_is_found_while_the_database_knows_others(
    house: House,
) -> None:
    await must_be_recorded(house, "Jane Dole")
    house.database.is_away = True
    queued = await house.report("Jane Doe")
    assert isinstance(queued, ReportQueued)
    house.database.is_away = False

    assert await house.check("jane doe") == OnlyQueued(
        reports=(queued.report,),  # type: ignore[arg-type]
        database_away=False,
    )
    assert isinstance(await house.check("Nobody At All"), NobodyFound)


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
