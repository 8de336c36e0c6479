"""What people do, received by the actor with its real discord.py client, over real sockets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from actors.discord_gateway.interactions import (
    AttachmentOption,
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    ModalSubmitted,
    Option,
    SelectChosen,
    SubmittedField,
)
from actors.discord_gateway.replies import (
    ActionRow,
    Choice,
    Embed,
    EmbedField,
    OfferChoices,
    Reply,
    Select,
    SelectOption,
    ShowModal,
    TextInput,
    UpdateMessage,
)
from tests.actors.discord_gateway.conversation import UNDO, answered, breaches, shown

if TYPE_CHECKING:
    from tests.actors.discord_gateway.conftest import House

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


async def test_typing_is_received_and_its_choices_are_offered(house: House) -> None:
    offer = OfferChoices(choices=(Choice(name="Doe, Jane (already seen)", value="Doe, Jane"),))

    seen, received = await answered(
        house, house.sam.autocomplete("scout", "opponent", opponent="do"), offer
    )

    assert received.action == AutocompleteRequested(
        path="scout", focused="opponent", options=(Option(name="opponent", value="do"),)
    )
    assert [choice["name"] for choice in seen.choices] == ["Doe, Jane (already seen)"]


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


async def test_a_file_given_as_an_option_is_described(house: House) -> None:
    sheet = {"filename": "a.csv", "base64": "YSxi"}

    _, received = await answered(
        house, house.sam.command("scout", opponent="Doe", sheet=sheet), Reply(content="ok")
    )

    assert isinstance(received.action, CommandInvoked)
    value = received.action.options[1].value
    assert isinstance(value, AttachmentOption)
    assert (value.filename, value.size) == ("a.csv", 3)
