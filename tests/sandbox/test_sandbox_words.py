"""What the sandbox itself tells a person is in the language they chose."""

from __future__ import annotations

import ast
from contextlib import asynccontextmanager
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from sandbox.words import WORDS, say

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.sandbox.conftest import House


async def test_a_refusal_is_read_in_the_persons_language(house: House) -> None:
    sam = await house.person(demo.SAM, locale="fr")

    french = await sam.command("scout")
    await sam.look_at(locale="en-US")
    english = await sam.command("scout")

    assert french.error == say("fr", "client.not_for_you", path="scout")
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

    assert outcome.error == say("fr", "client.option_required", option="opponent")


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
        (200, "crash", "cache\u202f: plantage déclenché."),
        (200, "hang", "cache\u202f: blocage déclenché."),
        (404, "crash", say("fr", "drill.no_actor", actor="cache")),
        (503, "crash", "Le bot a refusé\u202f: Not now."),
        (200, "sing", say("fr", "drill.unknown", what="sing")),
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

    assert told["text"] == say("fr", "drill.no_answer", kind="ClientConnectorError")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def asked_for() -> dict[str, set[str]]:
    """The sentences that the sandbox's modules name, with the values they give."""
    asked: dict[str, set[str]] = {}
    for path in Path(demo.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                given = {each.arg for each in node.keywords if each.arg}
                texts = (each for argument in node.args for each in ast.walk(argument))
                asked |= {
                    text.value: given
                    for text in texts
                    if isinstance(text, ast.Constant)
                    and isinstance(text.value, str)
                    and text.value.startswith(("client.", "drill."))
                }
    return asked


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_is_asked_for_with_its_placeholders(language: str) -> None:
    told = {key: placeholders(sentence) for key, sentence in WORDS[language].items()}

    assert told == asked_for()
