"""Restarts, full and broken disks: what was promised is kept, what cannot be kept is refused."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from actors.kernel import ActorFailedError, AskTimeoutError, InjectFault, MailboxFullError
from actors.testing import Probe
from scooty.core.outbox.journal import Journal
from scooty.core.outbox.messages import Enqueue, GetGuildQueue, GuildQueue
from scooty.core.queued import Queued
from scooty.core.storage.player_card import PlayerCard
from scooty.domain.contact import Contacts
from scooty.domain.ids import GuildId, RequestId
from scooty.errors import WriteNotQueued
from scooty.features.reports.calls.recording import ReportQueued, ReportRecorded
from tests.asked import Asked
from tests.scooty.core.outbox.conftest import SAM

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scooty.core.outbox.conftest import Database, House, RunHouse


async def test_two_restarts_while_the_database_is_away_lose_nothing_and_keep_the_order(
    run_house: RunHouse, database: Database
) -> None:
    async with run_house() as house:
        await house.open_event()
        database.is_away = True
        await house.report("First")
    async with run_house() as house:
        await house.report("Second")
        assert (await house.health()).waiting == 2
    async with run_house() as house:
        await house.report("Third")
        database.is_away = False

        await house.until_empty()

    assert database.calls[1:] == [f"record_report {name}" for name in ("First", "Second", "Third")]
    async with run_house() as house:
        assert (await house.health()).waiting == 0


async def test_an_outbox_that_crashes_comes_back_with_all_that_it_kept(
    run_house: RunHouse, database: Database
) -> None:
    async with run_house(restarts=1) as house:
        await house.open_event()
        database.is_away = True
        await house.report("First")
        await house.supervisor.ask(InjectFault(name="outbox", fault="crash"), timeout_s=1.0)

        while (await house.statistics()).restarts == 0:  # noqa: ASYNC110 - asked, not told
            await asyncio.sleep(0.01)
        await house.report("Second")

        assert (await house.health()).waiting == 2
        database.is_away = False
        await house.until_empty()
        assert database.calls[1:] == ["record_report First", "record_report Second"]


async def test_what_was_delivered_but_not_forgotten_is_delivered_again_and_stored_once(
    run_house: RunHouse, database: Database, tmp_path: Path
) -> None:
    async with run_house() as house:
        await house.open_event()
        database.is_away = True
        await house.report("Jane Doe")
    as_it_was = (tmp_path / "outbox" / "journal.sqlite3").read_bytes()
    database.is_away = False
    async with run_house() as house:
        await house.until_empty()
    (tmp_path / "outbox" / "journal.sqlite3").write_bytes(as_it_was)

    async with run_house() as house:
        await house.until_empty()
        card = await house.check("Jane Doe")

    assert database.calls.count("record_report Jane Doe") == 2
    assert isinstance(card, PlayerCard)
    assert card.report_count == 1


async def test_a_full_outbox_says_so_and_keeps_what_it_has(run_house: RunHouse) -> None:
    async with run_house(limit=2) as house:
        await house.open_event()
        house.database.is_away = True
        await house.report("First")
        await house.report("Second")

        with pytest.raises(WriteNotQueued) as caught:
            await house.report("Third")

        assert (caught.value.why, caught.value.may_have_been_saved) == ("full", False)
        assert (await house.health()).waiting == 2
        house.database.is_away = False
        await house.until_empty()
        assert isinstance(await house.report("Third"), ReportRecorded)


async def test_a_full_outbox_admits_that_a_lost_answer_may_mean_saved(run_house: RunHouse) -> None:
    async with run_house(limit=1) as house:
        await house.open_event()
        house.database.is_away = True
        await house.report("First")
        house.database.is_away, house.database.loses_answers = False, True
        house.guild_id = GuildId(house.guild_id + 1)

        with pytest.raises(WriteNotQueued) as caught:
            await house.report("Second")

        assert caught.value.may_have_been_saved


async def test_a_journal_that_another_process_holds_is_waited_for(
    run_house: RunHouse, database: Database, tmp_path: Path
) -> None:
    async with run_house() as house:
        await house.open_event()
        database.is_away = True
        await house.report("Jane Doe")
    other = Journal(tmp_path / "outbox")
    other.open(stamp="now")

    async with run_house() as house:
        with pytest.raises(WriteNotQueued) as caught:
            await house.report("Richard Roe")
        degraded = await house.statistics()
        database.is_away = False
        assert isinstance(await house.report("Richard Roe"), ReportRecorded)
        other.close()

        await house.until(lambda health: health.journal_problem is None)
        await house.until_empty()

        assert (caught.value.why, caught.value.may_have_been_saved) == ("disk", False)
        assert degraded.state == "degraded"
        assert "SQLITE_BUSY" in (degraded.reason or "")
        assert isinstance(await house.check("Jane Doe"), PlayerCard)
        assert (await house.statistics()).restarts == 0


async def test_a_damaged_journal_is_set_aside_and_the_outbox_works_on(
    run_house: RunHouse, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox" / "journal.sqlite3").write_bytes(b"nonsense" * 1_000)

    async with run_house() as house:
        await house.open_event()
        database.is_away = True
        outcome = await house.report("Jane Doe")
        statistics = await house.statistics()

    assert isinstance(outcome, ReportQueued)
    assert statistics.state == "degraded"
    assert "a damaged journal was set aside: damaged-20260101T000000" in (statistics.reason or "")
    async with run_house() as house:
        assert (await house.health()).damaged_files == ("damaged-20260101T000000.sqlite3",)
        assert (await house.health()).waiting == 1
    (tmp_path / "outbox" / "damaged-20260101T000000.sqlite3").unlink()
    database.is_away = False
    async with run_house() as house:
        await house.until_empty()
        assert (await house.statistics()).state == "running"


async def test_rows_that_cannot_be_read_stay_where_they_are_and_are_counted(
    run_house: RunHouse, database: Database, tmp_path: Path
) -> None:
    async with run_house() as house:
        await house.open_event()
        database.is_away = True
        await house.report("Jane Doe")
    journal = Journal(tmp_path / "outbox")
    journal.open(stamp="now")
    assert journal._connection is not None
    journal._connection.execute("insert into entries values (99, 1, 1, 'gibberish', null)")
    journal.close()
    database.is_away = False

    async with run_house() as house:
        health = await house.until_empty()
        statistics = await house.statistics()

    assert health.unreadable == 1
    assert statistics.reason == "1 rows of the journal cannot be read"
    assert len(journal.open(stamp="now").rows) == 1
    journal.close()


async def test_health_tells_how_much_waits_since_when_and_why(house: House) -> None:
    started_at = house.clock.now()
    house.database.is_away = True
    await house.report("First")
    await house.clock.advance(30)
    await house.report("Second")

    health = await house.health()

    assert (health.waiting, health.untold, health.last_error) == (2, 0, "cut")
    assert health.oldest_at == started_at
    assert house.clock.now() - started_at == timedelta(seconds=30)
    statistics = await house.statistics()
    assert (statistics.state, statistics.reason) == ("degraded", "2 writes wait for the database")


async def test_askers_who_go_away_at_any_moment_leave_disk_and_memory_alike(
    run_house: RunHouse, database: Database
) -> None:
    async with run_house() as house:
        await house.open_event()
        database.is_away = True
        for turns in range(12):
            asking = asyncio.create_task(house.report(f"Player {turns}"))
            for _ in range(turns):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        await house.report("The last")
        in_memory = (await house.health()).waiting
    async with run_house() as house:
        assert (await house.health()).waiting == in_memory

    assert 1 < in_memory < 13


@pytest.mark.parametrize(
    ("error", "may_have_been_saved"),
    [
        (AskTimeoutError(name="outbox", query="Enqueue", timeout_s=1.5), True),
        (ActorFailedError(name="outbox", kind="KeyError"), True),
        (MailboxFullError(name="outbox", size=100), False),
    ],
)
async def test_an_outbox_that_did_not_answer_may_yet_keep_a_write(
    database: Database, error: Exception, *, may_have_been_saved: bool
) -> None:
    outbox = Probe("outbox")
    outbox.answer(GetGuildQueue, GuildQueue(length=0, reports=()))
    outbox.answer(Enqueue, error)
    database.is_away = True
    storage = Asked(Queued(database.sql, outbox=outbox.address, contacts=Contacts()))

    with pytest.raises(WriteNotQueued) as caught:
        await storage.create_event(
            guild_id=database.guild_id, request_id=RequestId(1), name="Open", member_id=SAM
        )

    assert (caught.value.why, caught.value.may_have_been_saved) == ("disk", may_have_been_saved)


def test_an_enqueue_may_be_handed_to_the_next_incarnation() -> None:
    assert Enqueue.idempotent
