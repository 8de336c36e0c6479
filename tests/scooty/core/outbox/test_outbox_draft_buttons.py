"""Buttons under an unknown archetype, pressed while the database is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import FollowUp
from scooty.core.storage.player_card import PlayerCard
from scooty.core.waiting import QueuedReport
from scooty.features.reports.calls.looking_up import OnlyQueued
from scooty.features.reports.calls.recording import (
    ArchetypeUnknown,
    DraftGone,
    ReportQueued,
    ReportRecorded,
)
from tests.scooty.core.outbox.conftest import ROBIN, SAM, text_of

if TYPE_CHECKING:
    from actors.testing import Probe
    from scooty.domain.ids import ArchetypeId, RequestId
    from tests.scooty.core.outbox.conftest import Database, House, RunHouse


async def first_choice(house: House, opponent: str) -> tuple[RequestId, ArchetypeId]:
    """Report an unknown archetype, and return what the first button would say."""
    unknown = await house.report(opponent, "Boros Enregy", comment="fast")
    assert isinstance(unknown, ArchetypeUnknown)
    return unknown.draft_id, unknown.nearest[0].id


async def test_a_button_pressed_while_the_database_is_away_queues_a_whole_report(
    house: House,
) -> None:
    draft_id, archetype_id = await first_choice(house, "Jane Doe")
    house.database.is_away = True

    outcome = await house.pick(draft_id, archetype_id)

    queued = QueuedReport(
        opponent="Jane Doe",
        archetype="Boros Energy",
        comment="fast",
        reporter_id=SAM,
        reporter_name="Sam",
        queued_at=house.clock.now(),
    )
    assert outcome == ReportQueued(report=queued)
    assert await house.check("Jane Doe") == OnlyQueued(reports=(queued,), database_away=True)
    house.database.is_away = False
    await house.until_empty()
    card = await house.check("Jane Doe")
    assert isinstance(card, PlayerCard)
    assert card.report_count == 1


async def test_a_draft_that_the_database_has_forgotten_meanwhile_is_stored_all_the_same(
    house: House, gateway: Probe
) -> None:
    draft_id, archetype_id = await first_choice(house, "Jane Doe")
    house.database.is_away = True
    await house.pick(draft_id, archetype_id)
    await house.clock.advance(16 * 60)
    house.database.forget_drafts()
    house.database.is_away = False

    await house.until_empty()

    card = await house.check("Jane Doe")
    assert isinstance(card, PlayerCard)
    assert (card.archetype, card.report_count) == ("Boros Energy", 1)
    gateway.expect_no_message()


async def test_two_buttons_of_one_draft_make_one_report(house: House, gateway: Probe) -> None:
    draft_id, archetype_id = await first_choice(house, "Jane Doe")
    house.database.is_away = True
    await house.pick(draft_id, archetype_id)
    await house.pick(draft_id, archetype_id)
    await house.clock.advance(16 * 60)
    house.database.forget_drafts()
    house.database.is_away = False

    await house.until_empty()

    card = await house.check("Jane Doe")
    assert isinstance(card, PlayerCard)
    assert card.report_count == 1
    assert "this offer has ended" in text_of((await gateway.expect(SendToMember)).reply)


async def test_a_draft_of_an_earlier_life_queues_its_ids_alone(
    run_house: RunHouse, database: Database
) -> None:
    async with run_house() as house:
        await house.open_event()
        draft_id, archetype_id = await first_choice(house, "Jane Doe")
    database.is_away = True

    async with run_house() as house:
        outcome = await house.pick(draft_id, archetype_id)

        assert outcome == ReportQueued(report=None)
        database.is_away = False
        await house.until_empty()
        assert isinstance(await house.check("Jane Doe"), PlayerCard)


async def test_somebody_elses_button_gets_nothing_of_the_draft(
    house: House, gateway: Probe
) -> None:
    draft_id, archetype_id = await first_choice(house, "Jane Doe")
    house.database.is_away = True

    outcome = await house.pick(draft_id, archetype_id, by=ROBIN)

    assert outcome == ReportQueued(report=None)
    house.database.is_away = False
    await house.until_empty()
    await gateway.expect(FollowUp)
    assert isinstance(await house.pick(draft_id, archetype_id), ReportRecorded | DraftGone)
