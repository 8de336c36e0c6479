"""``scooty run --sandbox`` hurt in the two actors that only it has: the sandbox and the demo."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bench.processes import free_port, running, until_listening
from bench.whole_bot import RunningBot
from sandbox import demo
from sandbox.client import Person
from tests.chaos.whole_bot.reporters import FAILURES, list_missing, until_ping_shows
from tests.integration.whole_bot.bot_process import NOTHING_ELSE, is_saved

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

pytestmark = pytest.mark.chaos

_RETRY_S = 0.05
_BACK_WITHIN_S = 40.0


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="scooty-drill-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@asynccontextmanager
async def sandbox_and_bot(folder: Path) -> AsyncIterator[tuple[RunningBot, str]]:
    """Run both as ``make run`` does; yields the bot and the page's address."""
    page, port = free_port(), free_port()
    variables = {
        **NOTHING_ELSE,
        "SCOOTY_SANDBOX_PORT": str(page),
        "PORT": str(port),
        "SCOOTY_STATE_DIR": str(folder / "state"),
        "SCOOTY_COMMAND_LIMIT": "1000/60000",
        "SCOOTY_GUILD_LIMIT": "1000/60000",
    }
    arguments = ("-m", "scooty", "run", "--sandbox")
    async with running(*arguments, environment=variables, log=folder / "bot.log") as process:
        await until_listening(page)
        yield RunningBot(process, f"http://127.0.0.1:{port}"), f"http://127.0.0.1:{page}"


@asynccontextmanager
async def somebody_in_front_of(url: str) -> AsyncIterator[Person]:
    """Open the page again until it is there, as a browser does, and wait for the bot."""
    while True:
        person = Person(url, demo.CAMILLE)
        try:
            await person.__aenter__()
        except (OSError, aiohttp.ClientError):
            await asyncio.sleep(_RETRY_S)
        else:
            break
    try:
        await person.wait_until_online(timeout_s=_BACK_WITHIN_S)
        yield person
    finally:
        await person.close()


@pytest.mark.parametrize("fault", ["crash", "hang"])
async def test_a_sandbox_that_was_hurt_comes_back_with_its_bot_commands_and_messages(
    folder: Path, fault: str
) -> None:
    async with sandbox_and_bot(folder) as (bot, url):
        async with somebody_in_front_of(url) as captain:
            await captain.say("before the drill")
            before = await captain.command("scout", opponent="Before Drill", archetype="Burn")
            names = await bot.list_actors()
            await bot.hurt("demo", fault)
            await bot.hurt("sandbox", fault)
            await captain.wait_until_closed()
        async with somebody_in_front_of(url) as captain:
            await until_ping_shows(captain, ["sandbox", "demo"], failure=FAILURES[fault])
            missing = await list_missing(captain, ["Before Drill"])
            after = await captain.command("scout", opponent="After Drill", archetype="Burn")
            said = [message["content"] for message in captain.view.messages]

    assert {"sandbox", "demo"} < set(names)
    assert is_saved(before)
    assert missing == []
    assert is_saved(after)
    assert "before the drill" in said
    assert bot.process.returncode == 0
