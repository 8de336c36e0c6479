"""The whole bot in its own process, hurt from outside while people use it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.chaos.whole_bot.reporters import (
    FAILURES,
    is_known,
    list_missing,
    people_report,
    until_ping_shows,
)
from tests.integration.whole_bot.bot_process import NOTHING_ELSE, is_acknowledged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from contextlib import AbstractAsyncContextManager

    from bench.whole_bot import RunningBot
    from sandbox.client_view import PersonView

pytestmark = pytest.mark.chaos

_GROUPS = (
    ("repository", "rate_limiter", "gateway", "cache", "web"),
    ("postgres", "desk", "observer", "http_server"),
    ("lease", "outbox", "jobs", "scheduler"),
    ("operator_alerts", "live_board", "announcer", "charts"),
)
"""Four bots, since more than five restarts in 30 s end one, as they should.

Actors of one group do not ask one another, so that they can be away at the same time. Those that
take the drills come last.
"""


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


def start(
    sandbox: Sandbox, captain: Person, folder: Path
) -> AbstractAsyncContextManager[RunningBot]:
    return bot_online(
        sandbox.base_url,
        person=captain,
        state_dir=folder / "state",
        log=folder / "bot.log",
        **NOTHING_ELSE,
    )


def is_offline(view: PersonView) -> bool:
    return not view.bot_online


async def test_every_acknowledged_report_is_there_after_the_bot_was_killed(
    sandbox: Sandbox, captain: Person, folder: Path
) -> None:
    acknowledged: list[str] = []

    async def report(number: int) -> None:
        name = f"Witness Number{number:03}"
        outcome = await captain.command("scout", opponent=name, archetype="Burn")
        if is_acknowledged(outcome):
            acknowledged.append(name)

    async with start(sandbox, captain, folder) as bot:
        assert (await captain.command("admin create-event", name="Drill Open")).ok
        async with asyncio.TaskGroup() as group:
            for number in range(200):
                group.create_task(report(number))
                if number == 100:
                    await report(1000)
                    await bot.kill()
    await captain.wait_until(is_offline)
    async with start(sandbox, captain, folder):
        missing = await list_missing(captain, acknowledged)
        knows_anybody = await is_known(captain, "Nobody Reported")

    assert acknowledged
    assert missing == []
    assert not knows_anybody


@pytest.mark.parametrize("fault", ["crash", "hang"])
@pytest.mark.parametrize("actors", _GROUPS)
async def test_actors_that_were_hurt_are_restarted_and_nothing_acknowledged_is_lost(
    sandbox: Sandbox, captain: Person, folder: Path, actors: tuple[str, ...], fault: str
) -> None:
    async with start(sandbox, captain, folder) as bot:
        assert (await captain.command("admin create-event", name="Drill Open")).ok
        async with people_report(captain) as reporters:
            for actor in actors:
                await bot.hurt(actor, fault)
            await until_ping_shows(captain, actors, failure=FAILURES[fault])
            await reporters.until_acknowledged_again()
        missing = await list_missing(captain, reporters.acknowledged)

    assert missing == []
    assert bot.process.returncode == 0


async def test_the_drills_reach_every_actor(
    sandbox: Sandbox, captain: Person, folder: Path
) -> None:
    async with start(sandbox, captain, folder) as bot:
        names = await bot.list_actors()

    assert sorted(names) == sorted(name for group in _GROUPS for name in group)
