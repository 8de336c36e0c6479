"""What the sandbox itself tells a person is in the language they chose."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from scooty.core.i18n import FRENCH
from scooty.core.i18n.typography import NARROW_SPACE
from scooty.sandbox import demo
from scooty.sandbox.client import Person
from scooty.sandbox.config import SandboxConfig
from scooty.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.scooty.sandbox.conftest import House


async def test_a_refusal_is_read_in_the_persons_language(house: House) -> None:
    sam = await house.person(demo.SAM, locale="fr")

    french = await sam.command("scout")
    await sam.look_at(locale="en-US")
    english = await sam.command("scout")

    assert french.error == FRENCH("client.not_for_you", path="scout")
    assert english.error == "there is no command /scout for you here"


async def test_an_option_that_is_refused_is_named(house: House) -> None:
    rest = await house.rest()
    option = {"type": 3, "name": "opponent", "description": "who", "required": True}
    command = {"name": "scout", "description": "report", "options": [option]}
    await rest(
        "POST", f"/applications/{house.sandbox.config.application_id}/commands", json=command
    )
    sam = await house.person(demo.SAM, locale="fr")
    await sam.wait_until(lambda view: bool(view.commands))

    outcome = await sam.command("scout")

    assert outcome.error == FRENCH("client.option_required", option="opponent")


@asynccontextmanager
async def bot_that_answers(status: int, text: str) -> AsyncIterator[str]:
    """A port of a bot that takes drills; yields its address."""

    async def answer(_request: web.BaseRequest) -> web.Response:
        return web.json_response({"text": text, "actors": []}, status=status)

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "what", "sentence"),
    [
        (200, "crash", f"cache{NARROW_SPACE}: plantage déclenché."),
        (200, "hang", f"cache{NARROW_SPACE}: blocage déclenché."),
        (404, "crash", FRENCH("drill.no_actor", actor="cache")),
        (503, "crash", f"Le bot a refusé{NARROW_SPACE}: Not now."),
        (200, "sing", FRENCH("drill.unknown", what="sing")),
    ],
)
async def test_how_a_drill_went_is_read_in_the_persons_language(
    status: int, what: str, sentence: str
) -> None:
    async with (
        bot_that_answers(status, "Not now.") as url,
        Sandbox(SandboxConfig(bot_drills_url=url)) as sandbox,
        Person(sandbox.base_url, locale="fr") as sam,
    ):
        told = await sam.drill("cache", what)

    assert told["text"] == sentence
    assert told["ok"] is (sentence.endswith("déclenché."))


async def test_a_bot_that_takes_no_drills_is_told_in_the_persons_language() -> None:
    async with (
        Sandbox(SandboxConfig(bot_drills_url="http://127.0.0.1:9")) as sandbox,
        Person(sandbox.base_url, locale="fr") as sam,
    ):
        told = await sam.drill("cache", "crash")

    assert told["text"] == FRENCH("drill.no_answer", kind="ClientConnectorError")
