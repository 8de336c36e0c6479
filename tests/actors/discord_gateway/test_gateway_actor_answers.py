"""What the actor answers, now or later, seen by people in the sandbox."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.interactions import InteractionReceived
from actors.discord_gateway.messages import Answered, AnswerNotDelivered, Defer, Deferred, FollowUp
from actors.discord_gateway.replies import Embed, File, Reply, UpdateMessage
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.actors.discord_gateway.conftest import open_house
from tests.actors.discord_gateway.conversation import (
    UNDO,
    act,
    answer,
    answered,
    breaches,
    defer,
    shown,
)

if TYPE_CHECKING:
    from sandbox.client_outcomes import Outcome
    from tests.actors.discord_gateway.conftest import House


async def test_a_reply_can_be_for_everybody(house: House) -> None:
    outcome, _ = await answered(
        house, house.sam.command("ping"), Reply(content="@everyone", ephemeral=False)
    )

    assert outcome.message is not None
    assert not outcome.message["ephemeral"]
    assert not outcome.message["mention_everyone"]


async def test_a_deferred_button_updates_its_message_later(house: House) -> None:
    message_id = await shown(house, UNDO)
    acting, received = await act(house, house.sam.press(message_id, "undo:1"))

    await house.gateway.ask(Defer(key=received.key, update=True), timeout_s=5.0)
    assert (await acting).ok
    await answer(house, received, UpdateMessage(reply=Reply(content="undone")))

    await house.sam.wait_until(
        lambda view: (view.find(message_id) or {}).get("content") == "undone"
    )


async def test_a_reply_to_a_deferred_button_is_a_message_of_its_own(house: House) -> None:
    message_id = await shown(house, UNDO)
    acting, received = await act(house, house.sam.press(message_id, "undo:1"))
    await house.gateway.ask(Defer(key=received.key, update=True), timeout_s=5.0)
    await acting

    await answer(house, received, Reply(content="too late to undo"))

    view = await house.sam.wait_until(
        lambda view: any(each["content"] == "too late to undo" for each in view.messages)
    )
    assert (view.find(message_id) or {})["content"] == "stored"


async def test_a_deferred_command_is_answered_by_an_edit(house: House) -> None:
    acting, received = await act(house, house.sam.command("ping"))

    assert await defer(house, received) == Deferred()
    assert await answer(house, received, Reply(content="here it is")) == Answered()

    outcome = await acting
    assert outcome.was_deferred
    assert outcome.content == "here it is"
    assert outcome.message is not None
    assert outcome.message["ephemeral"]
    assert breaches(house) == []


async def test_a_follow_up_is_one_more_message(house: House) -> None:
    outcome, received = await answered(house, house.sam.command("ping"), Reply(content="one"))

    reply = await house.gateway.ask(
        FollowUp(key=received.key, reply=Reply(content="two")), timeout_s=5.0
    )

    assert reply == Answered()
    assert outcome.content == "one"
    view = await house.sam.wait_until(
        lambda view: any(each["content"] == "two" for each in view.messages)
    )
    assert all(each["ephemeral"] for each in view.messages)


@pytest.mark.parametrize("deferred", [False, True])
async def test_files_come_with_a_reply_and_with_an_edit(
    house: House,
    deferred: bool,  # noqa: FBT001 - the parameter above
) -> None:
    reply = Reply(
        embeds=(Embed(title="Chart", image="chart.png"),),
        files=(File(name="chart.png", content=b"\x89PNG"), File(name="a.csv", content=b"a,b")),
    )
    acting, received = await act(house, house.sam.command("ping"))
    if deferred:
        await defer(house, received)

    assert await answer(house, received, reply) == Answered()

    outcome = await acting
    assert outcome.message is not None
    files = {each["filename"]: each["size"] for each in outcome.message["attachments"]}
    assert files == {"chart.png": 4, "a.csv": 3}
    assert breaches(house) == []


async def test_an_answer_after_discords_time_is_too_late() -> None:
    async with (
        Sandbox(SandboxConfig(answer_within_s=0.1)) as sandbox,
        open_house(sandbox) as house,
    ):
        acting, received = await act(house, house.sam.command("ping"))
        assert not (await acting).ok

        outcome = await answer(house, received, Reply(content="late"))

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "too_late"


async def test_a_burst_is_answered_at_once(house: House) -> None:
    commands = [asyncio.create_task(house.sam.command("ping")) for _ in range(50)]
    received = [await house.interactions.expect(InteractionReceived) for _ in commands]

    await asyncio.gather(*(answer(house, each, Reply(content="pong")) for each in received))

    outcomes: list[Outcome] = await asyncio.gather(*commands)
    assert all(outcome.ok for outcome in outcomes)
