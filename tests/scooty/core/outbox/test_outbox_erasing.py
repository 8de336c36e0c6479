"""Erased people are erased from the journal too, in memory, on the disk and on their way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scooty.core.outbox.journal import Journal
from scooty.core.outbox.messages import Erased, ErasePerson, ErasePlayer, NotErased
from scooty.core.storage.player_card import PlayerCard
from scooty.domain.ids import GuildId
from scooty.features.reports.calls.looking_up import OnlyQueued
from scooty.features.reports.calls.recording import ReportQueued, ReportRecorded
from tests.scooty.core.outbox.conftest import ROBIN, SAM

if TYPE_CHECKING:
    from pathlib import Path

    from actors.testing import Probe
    from tests.scooty.core.outbox.conftest import House, RunHouse


async def erase(house: House, message: ErasePerson | ErasePlayer) -> Erased | NotErased:
    return await house.outbox.ask(message, timeout_s=5.0)


def sam_is_erased(house: House) -> ErasePerson:
    return ErasePerson(guild_id=house.guild_id, member_id=SAM)


def on_disk(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (tmp_path / "outbox").iterdir())


async def test_an_erased_members_report_is_delivered_in_nobodys_name(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    await house.report("Jane Doe", "Burn", by=ROBIN)

    assert await erase(house, sam_is_erased(house)) == Erased(removed=0, anonymised=1)

    house.database.is_away = False
    await house.until_empty()
    card = await house.check("Jane Doe")
    assert isinstance(card, PlayerCard)
    assert [report.reporter_id for report in card.reports] == [ROBIN, 0]


async def test_an_erased_member_is_nowhere_on_the_disk(house: House, tmp_path: Path) -> None:
    recorded = await house.report("Somebody")
    assert isinstance(recorded, ReportRecorded)
    house.database.is_away = True
    await house.report("Jane Doe", comment="scared")
    await house.undo(recorded.report_id)
    await house.open_event("RC Lyon")
    traces = (str(SAM).encode(), b'"Sam"', b"secret-token")
    assert all(trace in on_disk(tmp_path) for trace in traces)

    assert await erase(house, sam_is_erased(house)) == Erased(removed=1, anonymised=2)

    assert not any(trace in on_disk(tmp_path) for trace in traces)
    assert b"Jane Doe" in on_disk(tmp_path)


async def test_look_ups_do_not_name_an_erased_member(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")

    await erase(house, sam_is_erased(house))

    found = await house.check("Jane Doe")
    assert isinstance(found, OnlyQueued)
    assert (found.reports[0].reporter_id, found.reports[0].reporter_name) == (0, "—")


async def test_an_erased_member_is_told_of_no_refusal(run_house: RunHouse, gateway: Probe) -> None:
    async with run_house() as house:
        house.database.is_away = True
        await house.report("Jane Doe")
        await erase(house, sam_is_erased(house))
        house.database.is_away = False

        await house.until_empty()

        gateway.expect_no_message()


async def test_a_member_is_erased_in_one_guild_only(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")

    elsewhere = ErasePerson(guild_id=GuildId(house.guild_id + 1), member_id=SAM)

    assert await erase(house, elsewhere) == Erased(removed=0, anonymised=0)


async def test_an_erased_members_draft_queues_nothing_whole_any_more(house: House) -> None:
    unknown: Any = await house.report("Jane Doe", "No Such Deck")
    await erase(house, sam_is_erased(house))
    house.database.is_away = True

    outcome = await house.pick(unknown.draft_id, unknown.nearest[0].id)

    assert outcome == ReportQueued(report=None)


async def test_a_draft_that_only_the_database_can_complete_is_removed_with_its_member(
    house: House,
) -> None:
    unknown: Any = await house.report("Jane Doe", "No Such Deck")
    house.database.is_away = True
    await house.pick(unknown.draft_id, unknown.nearest[0].id)
    await house.pick(unknown.draft_id, unknown.nearest[0].id)

    assert await erase(house, sam_is_erased(house)) == Erased(removed=1, anonymised=1)


async def test_an_erased_player_is_removed_whatever_the_spelling(
    house: House, tmp_path: Path
) -> None:
    house.database.is_away = True
    await house.report("Éloïse Dupont")
    await house.report("Dupont, ELOISE", by=ROBIN)
    await house.report("Jane Doe")

    erased = await erase(house, ErasePlayer(guild_id=house.guild_id, name="eloise dupont"))

    assert erased == Erased(removed=2, anonymised=0)
    assert b"upont" not in on_disk(tmp_path)
    assert (await house.health()).waiting == 1


async def test_what_is_delivered_already_leaves_no_trace_either(
    house: House, tmp_path: Path
) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    house.database.is_away = False
    await house.until_empty()

    await erase(house, sam_is_erased(house))

    assert b"Jane Doe" not in on_disk(tmp_path)


async def test_an_erasure_waits_for_the_delivery_that_is_under_way(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    house.database.is_away = False
    house.database.gate.clear()
    house.database.arrived.clear()
    await house.clock.advance(5.0)
    await house.database.arrived.wait()

    erasing = asyncio.create_task(erase(house, sam_is_erased(house)))
    for _ in range(20):
        await house.health()
    is_done_too_early = erasing.done()
    house.database.gate.set()

    assert await erasing == Erased(removed=0, anonymised=0)
    assert not is_done_too_early


async def test_with_the_journal_out_of_reach_nothing_is_erased_and_that_is_said(
    run_house: RunHouse, tmp_path: Path
) -> None:
    other = Journal(tmp_path / "outbox")
    other.open(stamp="now")

    async with run_house() as house:
        outcome = await erase(house, sam_is_erased(house))
    other.close()

    assert isinstance(outcome, NotErased)
