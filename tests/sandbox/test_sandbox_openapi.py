"""The sandbox's routes and discord.py's requests against Discord's own description."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import discord
import pytest

from sandbox import demo
from sandbox.config import SandboxConfig
from sandbox.rest.routes import ROUTES
from tests.sandbox.openapi_check import (
    check_log,
    check_request,
    find_description,
    find_operation,
    load,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sandbox.conftest import Bot, House

Interaction = discord.Interaction[Any]


@pytest.fixture(scope="session")
def description() -> Path:
    found = find_description()
    if found is None:
        pytest.skip("SCOOTY_SHARED does not name a folder with discord/openapi.json")
    return found


@pytest.fixture
def config(tmp_path: Path) -> SandboxConfig:
    return SandboxConfig(request_log=tmp_path / "requests.jsonl")


def test_every_route_of_the_sandbox_is_one_of_discords(description: Path) -> None:
    document = load(description)

    strangers = [
        route.name
        for route in ROUTES
        if find_operation(document, route.method, route.template) is None
    ]

    assert strangers == []


async def test_what_discord_py_asks_for_is_what_discord_describes(
    house: House,
    make_bot: Callable[..., Bot],
    description: Path,
    config: SandboxConfig,
) -> None:
    bot = make_bot()

    @bot.tree.command(description="all kinds of answers")
    async def everything(interaction: Interaction, text: str) -> None:
        await interaction.response.defer(ephemeral=True)
        file = discord.File(io.BytesIO(b"x"), "list.txt", description="a list")
        view = discord.ui.View()
        view.add_item(discord.ui.Button(label="b", custom_id="b"))
        view.add_item(discord.ui.Select(options=[discord.SelectOption(label="o")]))
        await interaction.edit_original_response(
            content=text,
            embed=discord.Embed(title="t").add_field(name="n", value="v"),
            attachments=[file],
            view=view,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        await interaction.followup.send("more", ephemeral=True)
        view.stop()

    await house.bot(bot)
    sam = await house.person()
    outcome = await sam.command("everything", text="hello")
    await sam.wait_until(lambda view: len(view.messages) == 2)
    channel = bot.get_channel(int(demo.AZORIUS_LIVE))
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("board", file=discord.File(io.BytesIO(b"x"), "b.txt"))
    await message.edit(content="board 2")
    await message.pin()
    await message.delete()
    house.sandbox.state.request_log.flush()

    assert outcome.ok
    assert config.request_log is not None
    assert check_log(config.request_log, description) == []
    assert house.rules_broken == []


async def test_the_log_holds_no_token(
    house: House, make_bot: Callable[..., Bot], config: SandboxConfig
) -> None:
    bot = make_bot()

    @bot.tree.command(description="ping")
    async def ping(interaction: Interaction) -> None:
        await interaction.response.send_message("pong")

    await house.bot(bot)
    await (await house.person()).command("ping")
    house.sandbox.state.request_log.flush()

    assert config.request_log is not None
    text = config.request_log.read_text()
    (interaction,) = house.sandbox.state.interactions._by_token.values()
    assert interaction.token not in text
    assert house.sandbox.config.token not in text
    paths = [json.loads(line)["path"] for line in text.splitlines()]
    assert "/interactions/{interaction_id}/{interaction_token}/callback" in paths


def test_a_request_that_discord_does_not_describe_is_found(description: Path) -> None:
    entry = {
        "method": "POST",
        "path": "/channels/{channel_id}/messages",
        "query": {},
        "content_type": "application/json",
        "body": {"content": "x" * 5000},
        "files": [],
        "status": 200,
    }

    findings = check_request(entry, description)

    assert [finding.place for finding in findings] == ["content"]
