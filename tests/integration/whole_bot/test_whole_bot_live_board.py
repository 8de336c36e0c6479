"""The whole bot: a live board in the demo's live channel, from its start to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.messages import delete_message
from sandbox.server import Sandbox
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.client_view import PersonView
    from sandbox.wire import JsonObject


def boards(view: PersonView) -> list[JsonObject]:
    """The board's messages, in the language of the server, without Discord's notice of a pin."""
    return [each for each in view.messages if each["embeds"] and "en direct" in title_of(each)]


def title_of(message: JsonObject) -> str:
    return str(message["embeds"][0]["title"])


def shows(text: str, view: PersonView) -> bool:
    return any(text in each["embeds"][0]["description"] for each in boards(view))


@pytest.mark.timeout(90)
async def test_a_live_board_follows_the_reports_is_put_up_again_and_outlives_its_actor(
    folder: Path,
) -> None:
    async with (
        Sandbox(SandboxConfig()) as sandbox,
        Person(sandbox.base_url, demo.CAMILLE) as camille,
        Person(sandbox.base_url, demo.ROBIN, channel_id=demo.AZORIUS_LIVE) as robin,
    ):
        channel = sandbox.state.world.guilds[demo.AZORIUS].channels[demo.AZORIUS_LIVE]

        async with bot_online(
            sandbox.base_url,
            person=camille,
            state_dir=folder / "state",
            log=folder / "bot.log",
            **NOTHING_ELSE,
        ) as bot:
            await camille.command("admin create-event", name="RC Lyon")
            refused = await camille.command("live start", channel=demo.AZORIUS_GENERAL)
            started = await camille.command("live start", channel=demo.AZORIUS_LIVE)
            await robin.wait_until(lambda view: len(boards(view)) == 1)
            await camille.command("scout", opponent="Jane Doe", archetype="Burn")
            seen = await robin.wait_until(lambda view: shows("Jane Doe", view))
            first = boards(seen)[0]["id"]
            pinned = list(channel.pins)
            delete_message(sandbox.state, channel, channel.messages[first])
            await camille.command("scout", opponent="Jack Roe", archetype="Living End")
            again = await robin.wait_until(lambda view: shows("Jack Roe", view))
            second = boards(again)[0]["id"]
            await bot.hurt("live_board", "crash")
            await camille.command("scout", opponent="Joan Poe", archetype="Burn")
            after = await robin.wait_until(lambda view: shows("Joan Poe", view))
            standing = [each["id"] for each in boards(after)]
            stopped = await camille.command("live stop")
            await robin.wait_until(lambda view: boards(view) == [])

    assert refused.message is not None
    assert title_of(refused.message).startswith("✋")
    assert started.message is not None
    assert title_of(started.message) == "✅ The live board is up"
    assert "not pinned" not in started.message["embeds"][0]["description"]
    assert [message_id for message_id, _ in pinned] == [first]
    assert second != first
    assert standing == [second]
    assert stopped.message is not None
    assert title_of(stopped.message).startswith("↩️")
