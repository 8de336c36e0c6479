"""The whole bot: a chat line becomes a report, and a captain looks at who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.integration.whole_bot.bot_process import NOTHING_ELSE, is_saved

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.client_view import PersonView
    from sandbox.wire import JsonObject

LINE = "R5 opponent Jane Doe plays Burn, fast hands"


def said(view: PersonView) -> list[JsonObject]:
    return [each for each in view.messages if each["content"] == LINE]


@pytest.mark.timeout(90)
async def test_a_chat_line_becomes_a_report_and_its_writer_has_a_profile(folder: Path) -> None:
    own_folder = folder / "menus"
    own_folder.mkdir(mode=0o755)
    async with (
        Sandbox(SandboxConfig()) as sandbox,
        Person(sandbox.base_url, demo.CAMILLE) as camille,
        Person(sandbox.base_url, demo.SAM) as sam,
        bot_online(
            sandbox.base_url,
            person=camille,
            state_dir=own_folder / "state",
            log=own_folder / "bot.log",
            **NOTHING_ELSE,
        ),
    ):
        await camille.command("admin create-event", name="RC Lyon")
        await sam.say(LINE)
        view = await sam.wait_until(lambda view: bool(said(view)))
        opened = await sam.use_menu("Turn into scout", message_id=said(view)[0]["id"])
        assert opened.modal is not None
        fields = {
            component["custom_id"]: component.get("value", "")
            for row in opened.modal["components"]
            for component in row["components"]
        }
        stored = await sam.submit(opened, **fields)
        refused = await sam.use_menu("Scouting profile", user_id=demo.SAM)
        profile = await camille.use_menu("Scouting profile", user_id=demo.SAM)

    assert fields == {
        "opponent": "Jane Doe",
        "archetype": "Burn",
        "comment": "fast hands",
        "round": "5",
    }
    assert is_saved(stored)
    assert refused.message is not None
    assert refused.message["embeds"][0]["title"].startswith("✋")
    assert profile.message is not None
    assert "1 report" in profile.message["embeds"][0]["description"]
