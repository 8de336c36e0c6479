"""The whole bot in its own process, hurt from outside while people use it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.whole_bot import bot_online
from scooty.sandbox import demo
from scooty.sandbox.client import Person
from scooty.sandbox.config import SandboxConfig
from scooty.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scooty.sandbox.client import Outcome
    from scooty.sandbox.client_view import PersonView

pytestmark = pytest.mark.chaos

_GROUPS = (("repository", "cache", "rate_limiter", "desk"), ("postgres", "gateway"))
"""Two bots, since more than five restarts in 30 s end one, as they should."""


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own folder: a path that is short enough for PostgreSQL's socket.
    made = Path(tempfile.mkdtemp(prefix="scooty-drill-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig()) as running:
        yield running


@pytest.fixture
async def captain(sandbox: Sandbox) -> AsyncIterator[Person]:
    async with Person(sandbox.base_url, demo.CAMILLE) as person:
        yield person


async def _answered(person: Person, name: str) -> Outcome:
    """Report ``name`` until the bot is well again; a person would try again as well."""
    async with asyncio.timeout(40):
        while True:
            outcome = await person.command("scout", opponent=name, archetype="Burn")
            if outcome.ok and _is_saved(outcome):
                return outcome


def _is_saved(outcome: Outcome) -> bool:
    return bool(outcome.message and outcome.message.get("components"))


def _is_offline(view: PersonView) -> bool:
    return not view.bot_online


async def test_every_acknowledged_report_is_there_after_the_bot_was_killed(
    sandbox: Sandbox, captain: Person, folder: Path
) -> None:
    log = folder / "bot.log"
    acknowledged: list[str] = []

    async def report(number: int) -> None:
        name = f"Witness Number{number:03}"
        outcome = await captain.command("scout", opponent=name, archetype="Burn")
        if outcome.ok and _is_saved(outcome):
            acknowledged.append(name)

    async with bot_online(
        sandbox.base_url, person=captain, state_dir=folder / "state", log=log
    ) as bot:
        assert (await captain.command("admin create-event", name="Drill Open")).ok
        async with asyncio.TaskGroup() as group:
            for number in range(200):
                group.create_task(report(number))
                if number == 100:
                    await report(1000)
                    await bot.kill()
    await captain.wait_until(_is_offline)
    async with bot_online(sandbox.base_url, person=captain, state_dir=folder / "state", log=log):
        missing = [
            name
            for name in acknowledged
            if name not in str((await captain.command("check", name=name)).message)
        ]

    assert acknowledged
    assert missing == []


@pytest.mark.parametrize("actors", _GROUPS)
async def test_each_actor_is_restarted_and_later_commands_work(
    sandbox: Sandbox, captain: Person, folder: Path, actors: tuple[str, ...]
) -> None:
    async with bot_online(
        sandbox.base_url, person=captain, state_dir=folder / "state", log=folder / "bot.log"
    ) as bot:
        assert (await captain.command("admin create-event", name="Drill Open")).ok
        for actor in actors:
            status = await bot.hurt(actor, "crash")

            assert status == 200
            await _answered(captain, f"After {actor}")
        health = await captain.command("ping")

    assert health.ok
    assert bot.process.returncode == 0
