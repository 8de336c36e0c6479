"""The whole bot: a round is pasted, applied, announced, tapped and told privately."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.client_outcomes import Outcome
    from sandbox.client_view import PersonView
    from sandbox.wire import JsonObject

FIRST = "1  Jane Doe  vs.  Rick Roe\n2  Jack Poe  vs.  Ann Nox"
MOVED = "7  Jane Doe  vs.  Ann Nox\n2  Jack Poe  vs.  Rick Roe"


def announcements(view: PersonView) -> list[JsonObject]:
    """The round's messages, in the language of the server."""
    return [each for each in view.messages if "affichée" in str(each["content"])]


def title_of(outcome: Outcome) -> str:
    assert outcome.message is not None
    return str(outcome.message["embeds"][0]["title"])


def button(message: JsonObject, beginning: str) -> str:
    [found] = [
        str(part["custom_id"])
        for row in message["components"]
        for part in row["components"]
        if str(part["custom_id"]).startswith(beginning)
    ]
    return found


def is_saved(message: JsonObject | None) -> bool:
    return message is not None and str(message["embeds"][0]["title"]).startswith("✅")


async def apply(person: Person, pairings: str, verb: str) -> None:
    """Paste a round, and press Apply, or Replace where it is there already."""
    form = await person.command("pairings import", round=1)
    preview = await person.submit(form, pasted=pairings)
    assert preview.message is not None
    message_id = preview.message["id"]
    applied = await person.press(message_id, button(preview.message, f"pairings:{verb}@"))
    assert applied.ok
    # The preview itself says it; later than the button is acknowledged, when that takes long.
    await person.wait_until(lambda view: is_saved(view.find(message_id)))


@pytest.mark.timeout(90)
async def test_a_round_reaches_the_channel_a_tap_and_whoever_asked_and_a_crash_repeats_nothing(
    folder: Path,
) -> None:
    async with (
        Sandbox(SandboxConfig()) as sandbox,
        Person(sandbox.base_url, demo.CAMILLE) as camille,
        Person(sandbox.base_url, demo.SAM, channel_id=demo.AZORIUS_LIVE) as sam,
        Person(sandbox.base_url, demo.ROBIN, channel_id=demo.AZORIUS_LIVE) as robin,
        bot_online(
            sandbox.base_url,
            person=camille,
            state_dir=folder / "round",
            log=folder / "round.log",
            **NOTHING_ELSE,
        ) as bot,
    ):
        await camille.command("admin create-event", name="RC Lyon")
        await camille.command("live start", channel=demo.AZORIUS_LIVE)
        await camille.command("scout", opponent="Rick Roe", archetype="Boros Energy")
        await sam.command("team link", player="Jane Doe")
        await sam.command("team notify on")
        await camille.command("team link", player="Jack Poe", member=demo.ROBIN)

        await apply(camille, FIRST, "apply")
        await sam.wait_until(lambda view: len(announcements(view)) == 1)
        announced = announcements(sam.view)[0]
        tap = button(announced, "team:opponent@")
        card = await sam.press(announced["id"], tap)
        other = await robin.press(announced["id"], tap)
        await sam.wait_until(lambda view: bool(view.direct))

        await bot.hurt("announcer", "crash")
        await sam.take_direct(open_=False)
        await apply(camille, MOVED, "replace")
        await robin.wait_until(
            lambda view: any("fermés" in str(each["content"]) for each in view.messages)
        )
        moved = await sam.press(announced["id"], tap)
        standing = [each["id"] for each in announcements(robin.view)]
        closed = [each for each in robin.view.messages if "fermés" in str(each["content"])]
        await sam.look_at(channel_id=sam.view.direct[0]["id"])
        told = [str(each["content"]) for each in sam.view.messages]
        links = await camille.command("team list")

    assert title_of(card) == "🔎 Round 1 · table 1 · Rick Roe"
    assert card.message is not None
    assert "**Boros Energy**" in card.message["embeds"][0]["description"]
    assert title_of(other) == "🔎 Round 1 · table 2 · Ann Nox"
    [privately] = told
    assert privately.split("\n")[:2] == [
        "📣 **Ronde 1 affichée · table 1** · RC Lyon",
        "**Rick Roe** · Boros Energy ⚪🔴 · sûr",
    ]
    assert title_of(moved) == "🔎 Round 1 · table 7 · Ann Nox"
    assert standing == [announced["id"]]
    assert [user["id"] for user in closed[0]["mentions"]] == [demo.SAM]
    assert links.message is not None
    assert f"<@{demo.ROBIN}> · **Jack Poe**" in links.message["embeds"][0]["description"]
    assert sandbox.state.trace.breach_count == 0
