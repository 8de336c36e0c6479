"""Answers to interactions, by an unmodified discord.py."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest
from discord import app_commands
from typing_extensions import override

from sandbox import demo
from sandbox.config import SandboxConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Bot, House

Interaction = discord.Interaction[Any]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d4944415478da63fcffff3f0300050001ff0a0b2d00000000049454e44ae426082"[:-1]
)


async def test_a_command_is_answered_and_told_as_discord_tells_it(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    seen: list[Interaction] = []
    bot = make_bot()

    @bot.tree.command(description="Who are you?")
    async def whoami(interaction: Interaction, times: int, loud: bool = False) -> None:  # noqa: FBT001, FBT002 - an option
        seen.append(interaction)
        await interaction.response.send_message(f"{times} {loud}")

    await house.bot(bot)
    sam = await house.person(demo.SAM, locale="fr")
    outcome = await sam.command("whoami", times="3")

    assert outcome.ok
    assert outcome.content == "3 False"
    assert outcome.message is not None
    assert not outcome.message["ephemeral"]
    assert outcome.message["interaction"] == {"name": "whoami", "user_id": demo.SAM}
    (interaction,) = seen
    assert isinstance(interaction.user, discord.Member)
    assert [role.name for role in interaction.user.roles] == ["@everyone", "scout"]
    assert str(interaction.locale) == "fr"
    assert str(interaction.guild_locale) == "fr"
    assert interaction.filesize_limit == 10 * 1024 * 1024
    assert interaction.context.guild
    assert not interaction.permissions.administrator
    assert interaction.app_permissions.manage_messages
    assert house.rules_broken == []


async def test_an_ephemeral_answer_is_seen_by_its_addressee_alone(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = make_bot()

    @bot.tree.command(description="hush")
    async def hush(interaction: Interaction) -> None:
        await interaction.response.send_message("for you", ephemeral=True)

    await house.bot(bot)
    sam, robin = await house.person(demo.SAM), await house.person(demo.ROBIN)
    outcome = await sam.command("hush")
    await sam.say("all done")
    await robin.wait_until(lambda view: bool(view.messages))

    assert outcome.message is not None
    assert outcome.message["ephemeral"]
    assert [message["content"] for message in robin.view.messages] == ["all done"]
    await sam.look_at(locale="fr")
    assert [message["content"] for message in sam.view.messages] == ["for you", "all done"]


async def test_a_deferred_answer_is_edited_in_place_and_keeps_its_visibility(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = make_bot()
    go_on = asyncio.Event()

    @bot.tree.command(description="slow")
    async def slow(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await go_on.wait()
        await interaction.edit_original_response(content="at last")
        await interaction.followup.send("and more", ephemeral=True)

    await house.bot(bot)
    sam = await house.person()
    command = asyncio.create_task(sam.command("slow"))
    await sam.wait_until(lambda view: any(message["loading"] for message in view.messages))
    go_on.set()
    outcome = await command
    await sam.wait_until(lambda view: len(view.messages) == 2)

    assert outcome.was_deferred
    assert outcome.content == "at last"
    assert outcome.message is not None
    assert outcome.message["ephemeral"]
    assert sam.view.messages[1]["content"] == "and more"


async def test_an_ephemeral_follow_up_after_a_public_deferral_is_seen_by_all_and_a_breach(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = make_bot()

    @bot.tree.command(description="slow")
    async def slow(interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("filled", ephemeral=True)

    await house.bot(bot)
    sam = await house.person()
    outcome = await sam.command("slow")

    assert outcome.content == "filled"
    assert outcome.message is not None
    assert not outcome.message["ephemeral"]
    assert len(sam.view.messages) == 1
    assert house.rules_broken == ["ephemeral_is_fixed"]


async def test_a_file_is_uploaded_shown_and_served(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = make_bot()

    @bot.tree.command(description="chart")
    async def chart(interaction: Interaction) -> None:
        file = discord.File(io.BytesIO(PNG), "metagame share.png", description="shares")
        embed = discord.Embed(title="Field").set_image(url="attachment://metagame_share.png")
        await interaction.response.send_message(file=file, embed=embed)

    await house.bot(bot)
    sam = await house.person()
    outcome = await sam.command("chart")

    assert outcome.message is not None
    (attachment,) = outcome.message["attachments"]
    assert attachment["description"] == "shares"
    assert (attachment["width"], attachment["height"]) == (1, 1)
    assert outcome.message["embeds"][0]["image"]["url"] == attachment["url"]
    async with aiohttp.ClientSession() as session, session.get(attachment["url"]) as response:
        assert await response.read() == PNG


async def test_buttons_and_selects_come_back_as_interactions(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    class Panel(discord.ui.View):
        @discord.ui.button(label="Undo", custom_id="undo")
        async def undo(self, interaction: Interaction, _: discord.ui.Button[Panel]) -> None:
            await interaction.response.edit_message(content="undone", view=None)

        @discord.ui.select(
            custom_id="pick", options=[discord.SelectOption(label=name) for name in "ab"]
        )
        async def pick(self, interaction: Interaction, select: discord.ui.Select[Panel]) -> None:
            await interaction.response.defer()
            await interaction.edit_original_response(content=f"picked {select.values[0]}")

    bot = make_bot()

    @bot.tree.command(description="panel")
    async def panel(interaction: Interaction) -> None:
        await interaction.response.send_message("panel", view=Panel(), ephemeral=True)

    await house.bot(bot)
    sam = await house.person()
    message = (await sam.command("panel")).message
    assert message is not None
    chosen = await sam.choose(message["id"], "pick", "b")
    await sam.wait_until(lambda view: view.messages[0]["content"] == "picked b")
    pressed = await sam.press(message["id"], "undo")
    again = await sam.press(message["id"], "undo")

    assert chosen.ok
    assert pressed.content == "undone"
    assert pressed.message is not None
    assert pressed.message["components"] == []
    assert not again.ok
    assert again.error is not None


async def test_a_modal_is_opened_filled_in_and_answered(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    class Form(discord.ui.Modal, title="New event"):
        name = discord.ui.TextInput[Any](label="Name", custom_id="name", max_length=20)

        @override
        async def on_submit(self, interaction: Interaction) -> None:
            await interaction.response.send_message(f"made {self.name.value}")

    bot = make_bot()

    @bot.tree.command(description="form")
    async def form(interaction: Interaction) -> None:
        await interaction.response.send_modal(Form())

    await house.bot(bot)
    sam = await house.person()
    opened = await sam.command("form")
    too_long = await sam.submit(opened, name="x" * 21)
    made = await sam.submit(opened, name="Pro Tour")

    assert opened.modal is not None
    assert opened.modal["title"] == "New event"
    assert not too_long.ok
    assert made.content == "made Pro Tour"


async def test_suggestions_come_in_the_persons_language_and_equal_labels_are_a_breach(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = make_bot()

    @bot.tree.command(description="find")
    async def find(interaction: Interaction, name: str) -> None:
        await interaction.response.send_message(name)

    @find.autocomplete("name")
    async def suggest(_: Interaction, text: str) -> list[app_commands.Choice[str]]:
        label = app_commands.locale_str(text)
        label_fr = {discord.Locale.french: f"{text} (fr)"}
        choice = app_commands.Choice(name=label, value=text)
        choice.name_localizations = label_fr
        return [choice] * (2 if text == "twice" else 1)

    await house.bot(bot)
    sam = await house.person(locale="fr")
    once = await sam.autocomplete("find", focused="name", name="jo")
    await sam.autocomplete("find", focused="name", name="twice")

    assert once.choices == ({"name": "jo (fr)", "value": "jo"},)
    assert house.rules_broken == ["duplicate_choice_label"]


class TestTime:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig(answer_within_s=0.2, token_life_s=0.4)

    async def test_a_late_answer_finds_no_interaction_and_the_person_reads_so(
        self, house: House, make_bot: Callable[..., Bot]
    ) -> None:
        bot = make_bot()
        go_on, failed = asyncio.Event(), asyncio.Event()
        errors: list[discord.NotFound] = []

        @bot.tree.command(description="late")
        async def late(interaction: Interaction) -> None:
            await go_on.wait()
            try:
                await interaction.response.send_message("too late")
            except discord.NotFound as error:
                errors.append(error)
            failed.set()

        await house.bot(bot)
        sam = await house.person()
        outcome = await sam.command("late")
        go_on.set()
        await failed.wait()

        assert outcome.error == "The application did not respond"
        assert [(error.status, error.code) for error in errors] == [(404, 10062)]
        assert house.sandbox.state.trace.failed == 1


async def test_a_second_acknowledgement_is_refused(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = make_bot()
    codes: list[int] = []

    @bot.tree.command(description="twice")
    async def twice(interaction: Interaction) -> None:
        with pytest.raises(discord.NotFound) as early:
            await interaction.original_response()
        codes.append(early.value.code)
        await interaction.response.send_message("once")
        interaction.response._response_type = None
        with pytest.raises(discord.HTTPException) as again:
            await interaction.response.send_message("twice")
        codes.append(again.value.code)
        await interaction.followup.send("done")

    await house.bot(bot)
    sam = await house.person()
    outcome = await sam.command("twice")
    await sam.wait_until(lambda view: len(view.messages) == 2)

    assert outcome.content == "once"
    assert codes == [10015, 40060]
    assert house.rules_broken == ["double_acknowledgement"]


class TestTokenLife:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig(token_life_s=0.0)

    async def test_an_old_token_is_refused(
        self, house: House, make_bot: Callable[..., Bot]
    ) -> None:
        bot = make_bot()
        refused: asyncio.Future[discord.HTTPException] = asyncio.Future()

        @bot.tree.command(description="old")
        async def old(interaction: Interaction) -> None:
            await interaction.response.send_message("in time")
            with pytest.raises(discord.HTTPException) as late:
                await interaction.edit_original_response(content="15 minutes later")
            refused.set_result(late.value)

        await house.bot(bot)
        sam = await house.person()
        outcome = await sam.command("old")

        assert outcome.content == "in time"
        assert ((await refused).status, (await refused).code) == (401, 50027)
