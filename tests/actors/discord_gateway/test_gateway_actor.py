"""The gateway actor with its real discord.py client, over real sockets, in the sandbox."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest

from actors.discord_gateway.messages import (
    ActionRow,
    Answer,
    Answered,
    AnswerNotDelivered,
    AttachmentOption,
    AutocompleteRequested,
    Button,
    ButtonPressed,
    Choice,
    CommandInvoked,
    Defer,
    Deferred,
    Embed,
    EmbedField,
    File,
    FollowUp,
    GatewayHealth,
    GetGatewayHealth,
    InteractionReceived,
    ModalSubmitted,
    OfferChoices,
    Option,
    Reply,
    Response,
    Select,
    SelectChosen,
    SelectOption,
    ShowModal,
    SubmittedField,
    TextInput,
    UpdateMessage,
)
from scooty.sandbox.config import SandboxConfig
from scooty.sandbox.server import Sandbox
from tests.actors.discord_gateway.conftest import open_house

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from scooty.sandbox.client import Outcome
    from scooty.sandbox.faults import FaultKind
    from tests.actors.discord_gateway.conftest import House

T = TypeVar("T")
UNDO = Reply(
    content="stored",
    rows=(ActionRow(components=(Button(label="Undo", custom_id="undo:1", style="danger"),)),),
)
PICK = Reply(
    content="which?",
    rows=(
        ActionRow(
            components=(
                Select(
                    custom_id="pick",
                    options=(
                        SelectOption(label="A", value="a"),
                        SelectOption(label="B", value="b"),
                    ),
                    max_values=2,
                ),
            )
        ),
    ),
)
FORM = ShowModal(
    custom_id="edit:1",
    title="Edit",
    inputs=(TextInput(custom_id="comment", label="Comment", style="paragraph"),),
)


async def act(
    house: House, doing: Coroutine[object, object, T]
) -> tuple[asyncio.Task[T], InteractionReceived]:
    """Let a person act, and take what reaches the desk."""
    acting = asyncio.create_task(doing)
    return acting, await house.interactions.expect(InteractionReceived)


async def answer(
    house: House, received: InteractionReceived, response: Response
) -> Answered | AnswerNotDelivered:
    return await house.gateway.ask(Answer(key=received.key, response=response), timeout_s=5.0)


async def answered(
    house: House, doing: Coroutine[object, object, T], response: Response
) -> tuple[T, InteractionReceived]:
    """Let a person act, answer them, and tell what they see."""
    acting, received = await act(house, doing)
    assert await answer(house, received, response) == Answered()
    return await acting, received


def breaches(house: House) -> list[str]:
    return [f"{breach.rule}: {breach.detail}" for breach in house.sandbox.state.trace.breaches]


async def health(house: House) -> GatewayHealth:
    return await house.gateway.ask(GetGatewayHealth(), timeout_s=1.0)


async def test_a_command_is_received_and_its_reply_is_seen(house: House) -> None:
    reply = Reply(
        content="pong",
        embeds=(Embed(title="Card", fields=(EmbedField(name="Round", value="3"),)),),
    )

    outcome, received = await answered(
        house, house.sam.command("scout", opponent="Doe, Jane", round=3), reply
    )

    assert received.action == CommandInvoked(
        path="scout",
        options=(Option(name="opponent", value="Doe, Jane"), Option(name="round", value=3)),
    )
    assert received.person.display_name == "Sam"
    assert received.locale == "fr"
    assert received.guild_id is not None
    assert abs(datetime.now(UTC) - received.received_at) < timedelta(seconds=30)
    assert outcome.ok
    assert outcome.message is not None
    assert outcome.message["ephemeral"]
    assert outcome.message["embeds"][0]["title"] == "Card"
    assert breaches(house) == []


async def test_a_subcommand_arrives_as_a_path(house: House) -> None:
    _, received = await answered(
        house, house.sam.command("admin create-event", name="Pro Tour"), Reply(content="ok")
    )

    assert isinstance(received.action, CommandInvoked)
    assert received.action.path == "admin create-event"


async def test_a_reply_can_be_for_everybody(house: House) -> None:
    outcome, _ = await answered(
        house, house.sam.command("ping"), Reply(content="@everyone", ephemeral=False)
    )

    assert outcome.message is not None
    assert not outcome.message["ephemeral"]
    assert not outcome.message["mention_everyone"]


async def test_typing_is_received_and_its_choices_are_offered(house: House) -> None:
    offer = OfferChoices(choices=(Choice(name="Doe, Jane (already seen)", value="Doe, Jane"),))

    seen, received = await answered(
        house, house.sam.autocomplete("scout", "opponent", opponent="do"), offer
    )

    assert received.action == AutocompleteRequested(
        path="scout", focused="opponent", options=(Option(name="opponent", value="do"),)
    )
    assert [choice["name"] for choice in seen.choices] == ["Doe, Jane (already seen)"]


async def shown(house: House, reply: Reply) -> str:
    outcome, _ = await answered(house, house.sam.command("ping"), reply)
    assert outcome.message is not None
    return str(outcome.message["id"])


async def test_a_button_is_received_and_updates_its_message(house: House) -> None:
    message_id = await shown(house, UNDO)

    outcome, received = await answered(
        house,
        house.sam.press(message_id, "undo:1"),
        UpdateMessage(reply=Reply(content="undone")),
    )

    assert received.action == ButtonPressed(custom_id="undo:1", message_id=int(message_id))
    assert outcome.ok
    view = await house.sam.wait_until(
        lambda view: (view.find(message_id) or {}).get("content") == "undone"
    )
    assert (view.find(message_id) or {})["components"] == []


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


async def test_a_select_is_received_with_its_values(house: House) -> None:
    message_id = await shown(house, PICK)

    outcome, received = await answered(
        house, house.sam.choose(message_id, "pick", "a", "b"), Reply(content="thanks")
    )

    assert received.action == SelectChosen(
        custom_id="pick", message_id=int(message_id), values=("a", "b")
    )
    assert outcome.content == "thanks"


async def test_a_form_is_opened_and_its_submission_received(house: House) -> None:
    message_id = await shown(house, UNDO)
    opened, _ = await answered(house, house.sam.press(message_id, "undo:1"), FORM)

    outcome, received = await answered(
        house, house.sam.submit(opened, comment="slow play"), Reply(content="noted")
    )

    assert received.action == ModalSubmitted(
        custom_id="edit:1",
        fields=(SubmittedField(custom_id="comment", value="slow play"),),
        message_id=int(message_id),
    )
    assert outcome.content == "noted"


async def defer(house: House, received: InteractionReceived) -> Deferred | AnswerNotDelivered:
    return await house.gateway.ask(Defer(key=received.key), timeout_s=5.0)


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


async def test_a_file_given_as_an_option_is_described(house: House) -> None:
    sheet = {"filename": "a.csv", "base64": "YSxi"}

    _, received = await answered(
        house, house.sam.command("scout", opponent="Doe", sheet=sheet), Reply(content="ok")
    )

    assert isinstance(received.action, CommandInvoked)
    value = received.action.options[1].value
    assert isinstance(value, AttachmentOption)
    assert (value.filename, value.size) == ("a.csv", 3)


@pytest.mark.parametrize("fault", ["drop_gateway", "reconnect", "invalid_session"])
async def test_a_gateway_lost_in_the_middle_of_a_command_is_resumed_and_the_command_answered(
    house: House, fault: FaultKind
) -> None:
    acting, received = await act(house, house.sam.command("ping"))

    await house.sam.fault(fault, value=True)
    assert await answer(house, received, Reply(content="still here")) == Answered()
    assert (await acting).content == "still here"
    await house.sam.wait_until_online()
    outcome, _ = await answered(house, house.sam.command("ping"), Reply(content="and again"))

    assert outcome.content == "and again"
    assert (await health(house)).resumes == 1
    assert house.sandbox.state.gateway.identifies == 1


async def test_a_command_sent_while_the_gateway_is_lost_arrives_after_the_resume(
    house: House,
) -> None:
    house.sandbox.state.gateway.drop_connections()

    outcome, _ = await answered(house, house.sam.command("ping"), Reply(content="replayed"))

    assert outcome.content == "replayed"


@pytest.mark.parametrize("fault", ["server_error", "rate_limit"])
async def test_half_of_all_requests_failing_is_not_noticed_by_people(
    house: House, fault: FaultKind
) -> None:
    house.sandbox.state.faults._random.seed(2)
    await house.sam.fault(fault, value=0.5)

    for number in range(8):
        outcome, _ = await answered(
            house, house.sam.command("ping"), Reply(content=f"answer {number}")
        )
        assert outcome.content == f"answer {number}"

    statuses = house.sandbox.state.trace.statuses
    assert statuses[500 if fault == "server_error" else 429] > 0
    assert (await health(house)).rest_failures == 0


async def test_discord_failing_for_longer_is_told_to_the_asker(house: House) -> None:
    acting, received = await act(house, house.sam.command("ping"))
    await house.sam.fault("server_error", 1.0)

    outcome = await answer(house, received, Reply(content="lost"))

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "unreachable"
    assert not (await acting).ok
    assert (await health(house)).rest_failures == 1


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


async def test_health_is_told_from_memory(house: House) -> None:
    told = await health(house)

    assert (told.state, told.guild_count, told.resumes, told.rest_failures) == (
        "connected",
        2,
        0,
        0,
    )
    assert told.ready_at is not None


async def test_an_unreadable_interaction_does_not_end_the_connection(house: House) -> None:
    house.sandbox.state.gateway.dispatch("INTERACTION_CREATE", {"id": "1", "type": 2})

    outcome, _ = await answered(house, house.sam.command("ping"), Reply(content="fine"))

    assert outcome.content == "fine"


async def test_no_log_of_any_level_holds_a_token(
    house: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    acting, received = await act(house, house.sam.command("ping"))
    await defer(house, received)
    await answer(house, received, Reply(content="x" * 2_001))
    await answer(house, received, Reply(content="the reply's text"))
    await acting
    await house.sam.fault("drop_gateway")
    await answered(house, house.sam.command("ping"), Reply(content="ok"))

    logged = caplog.text + "".join(capfd.readouterr())
    assert logged
    for secret in ("sandbox-token", received.key.token, "the reply's text"):
        assert secret not in logged
