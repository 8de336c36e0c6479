"""What the database refuses in the end leaves the queue, and its caller is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered, AnswerNotDelivered, FollowUp
from actors.discord_gateway.replies import Button
from actors.kernel import ActorFailedError, ActorStoppedError
from scooty.core.storage.player_card import PlayerCard
from scooty.core.text.custom_ids import parse
from scooty.errors import StorageError
from scooty.features.reports.calls.recording import ReportQueued, ReportRecorded
from tests.scooty.core.outbox.conftest import ROBIN, SAM, text_of

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from actors.testing import Probe
    from tests.scooty.core.outbox.conftest import Database, House, RunHouse

UNREACHABLE = AnswerNotDelivered(reason="unreachable", detail="HTTP 502")
TOO_LATE = AnswerNotDelivered(reason="too_late", detail="over")
REFUSED = AnswerNotDelivered(reason="refused", detail="50007")


def buttons_of(reply: Reply) -> list[Button]:
    buttons = [button for row in reply.rows for button in row.components]
    return [button for button in buttons if isinstance(button, Button)]


async def refused_for_want_of_an_event(house: House) -> None:
    """Let a report be queued that no event takes."""
    house.database.is_away = True
    assert isinstance(await house.report("Jane Doe", "Burn", comment="fast"), ReportQueued)
    house.database.is_away = False


async def test_the_asker_is_told_under_their_own_command(
    run_house: RunHouse, gateway: Probe
) -> None:
    async with run_house() as house:
        await refused_for_want_of_an_event(house)

        await house.until_empty()

        told = await gateway.expect(FollowUp)
        assert (told.key.token, told.key.application_id) == ("secret-token", 1)
        assert told.reply.ephemeral
        text = text_of(told.reply)
        assert "NOT saved: no active event" in text
        assert "**Burn** for **Jane Doe**" in text
        assert "/event create" in text


async def test_what_comes_behind_a_refused_write_is_delivered(house: House, gateway: Probe) -> None:
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck")
    await house.report("Richard Roe")
    house.database.is_away = False

    await house.until_empty()

    await gateway.expect(FollowUp)
    assert isinstance(await house.check("Richard Roe"), PlayerCard)


async def test_an_unknown_archetype_is_offered_as_buttons_which_work(
    house: House, gateway: Probe
) -> None:
    house.database.is_away = True
    assert isinstance(await house.report("Jane Doe", "Boros Enregy"), ReportQueued)
    house.database.is_away = False
    await house.until_empty()

    told = await gateway.expect(FollowUp)
    parsed = parse(buttons_of(told.reply)[0].custom_id)
    assert parsed is not None
    draft_id, archetype_id = parsed[1]
    outcome = await house.pick(draft_id, archetype_id)  # type: ignore[arg-type]

    assert "“Boros Enregy”" in text_of(told.reply)
    assert isinstance(outcome, ReportRecorded)
    assert outcome.card.archetype == "Boros Energy"


async def test_after_the_interactions_time_the_asker_is_told_privately_without_buttons(
    house: House, gateway: Probe
) -> None:
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck")
    await house.clock.advance(15 * 60)
    house.database.is_away = False

    await house.until_empty()

    told = await gateway.expect(SendToMember)
    assert (told.user_id, told.channel_id) == (SAM, 3)
    assert buttons_of(told.reply) == []
    assert "**Jane Doe**" in text_of(told.reply)
    assert "<#3>" in text_of(told.reply)


async def test_what_all_can_read_says_nothing_of_the_report(house: House, gateway: Probe) -> None:
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck", comment="scared of Blood Moon")
    await house.clock.advance(15 * 60)
    house.database.is_away = False

    await house.until_empty()

    public = (await gateway.expect(SendToMember)).in_channel
    assert public is not None
    assert not public.ephemeral
    assert not any(word in repr(public) for word in ("Jane", "Deck", "Moon"))


async def test_an_interaction_that_takes_nothing_more_is_followed_by_a_private_message(
    house: House, gateway: Probe
) -> None:
    gateway.answer(FollowUp, TOO_LATE)
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck")
    house.database.is_away = False

    await house.until_empty()

    await gateway.expect(SendToMember)


@pytest.mark.parametrize("answer", [UNREACHABLE, ActorStoppedError(name="gateway")])
async def test_an_asker_who_cannot_be_told_now_is_told_later(
    house: House, gateway: Probe, answer: object
) -> None:
    gateway.answer(FollowUp, answer)  # type: ignore[arg-type]
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck")
    house.database.is_away = False
    health = await house.until(lambda health: health.untold == 1)
    await gateway.expect(FollowUp)

    gateway.answer(FollowUp, Answered())

    assert health.waiting == 0
    assert (await house.statistics()).reason == "1 refusals are still to be told"
    await house.until_empty()


async def test_a_letter_over_which_the_gateway_fails_again_and_again_is_given_up(
    house: House, gateway: Probe
) -> None:
    gateway.answer(FollowUp, ActorFailedError(name="gateway", kind="KeyError"))
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck")
    house.database.is_away = False

    await house.until_empty()

    for _ in range(5):
        await gateway.expect(FollowUp)
    with pytest.raises(AssertionError, match="got no"):
        await gateway.expect(FollowUp, timeout_s=0.01)


async def test_an_asker_whom_discord_keeps_out_of_reach_is_given_up(
    house: House, gateway: Probe
) -> None:
    gateway.answer(FollowUp, TOO_LATE)
    gateway.answer(SendToMember, REFUSED)
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck")
    house.database.is_away = False

    await house.until_empty()

    await gateway.expect(SendToMember)


async def test_a_refusal_is_told_for_a_day_and_then_no_more(house: House, gateway: Probe) -> None:
    gateway.answer(FollowUp, UNREACHABLE)
    gateway.answer(SendToMember, UNREACHABLE)
    house.database.is_away = True
    await house.report("Jane Doe", "No Such Deck")
    house.database.is_away = False
    await house.until(lambda health: health.untold == 1)

    await house.clock.advance(timedelta(days=1).total_seconds())

    await house.until_empty()


async def test_a_write_that_nobody_in_discord_asked_for_is_told_to_nobody(
    house: House, gateway: Probe
) -> None:
    house.database.is_away = True
    await house.storage.record_report(
        guild_id=house.guild_id,
        request_id=house.next_request(),
        reporter_id=SAM,
        reporter_name="Sam",
        opponent="Jane Doe",
        archetype="No Such Deck",
        comment=None,
    )
    house.database.is_away = False

    await house.until_empty()

    gateway.expect_no_message()


async def test_a_taken_event_name_is_told(house: House, gateway: Probe) -> None:
    house.database.is_away = True
    await house.open_event("OPEN")
    house.database.is_away = False

    await house.until_empty()

    text = text_of((await gateway.expect(FollowUp)).reply)
    assert "NOT created: this name is taken" in text
    assert "The event **OPEN** that you created" in text


async def test_an_undo_of_somebody_elses_report_is_told(house: House, gateway: Probe) -> None:
    recorded = await house.report("Jane Doe")
    assert isinstance(recorded, ReportRecorded)
    house.database.is_away = True
    await house.undo(recorded.report_id, by=ROBIN)
    house.database.is_away = False

    await house.until_empty()

    text = text_of((await gateway.expect(FollowUp)).reply)
    assert "Only the person who made a report can undo it" in text


@pytest.mark.parametrize("fault", [StorageError("refused (SQLSTATE 42501)"), KeyError("bug")])
async def test_a_fault_that_does_not_pass_is_told_with_a_reference_and_holds_up_nobody(
    house: House, gateway: Probe, fault: Exception
) -> None:
    house.database.is_away = True
    request_id = house.next_request()
    await house.report("Jane Doe", request_id=request_id)
    await house.report("Richard Roe")
    house.database.is_away, house.database.faults["Jane Doe"] = False, fault

    await house.until_empty()

    told = await gateway.expect(FollowUp)
    assert f"`{request_id}`" in text_of(told.reply)
    assert isinstance(await house.check("Richard Roe"), PlayerCard)
    assert (await house.statistics()).restarts == 0


async def test_a_refusal_is_not_delivered_again_after_a_restart_but_told(
    run_house: RunHouse, gateway: Probe, database: Database
) -> None:
    gateway.answer(FollowUp, UNREACHABLE)
    gateway.answer(SendToMember, UNREACHABLE)
    async with run_house() as house:
        await refused_for_want_of_an_event(house)
        await house.until(lambda health: health.untold == 1)
        await gateway.expect(FollowUp)
        await database.beneath.create_event(
            guild_id=house.guild_id, request_id=house.next_request(), name="Late", member_id=SAM
        )
    gateway.answer(FollowUp, Answered())
    gateway.answer(SendToMember, Answered())

    async with run_house() as house:
        await house.until_empty()
        told = await gateway.expect(FollowUp)

    assert database.calls == ["record_report Jane Doe"]
    assert "NOT saved: no active event" in text_of(told.reply)
