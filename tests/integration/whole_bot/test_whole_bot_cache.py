"""The whole bot: what the team has asked once costs the database nothing, with a Redis or none."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.integration.whole_bot.bot_process import NOTHING_ELSE, hold_reports, is_saved

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sandbox.client_outcomes import Outcome
    from tests.redis_fixture.server import RealRedis


@asynccontextmanager
async def scouting(folder: Path, redis_url: str) -> AsyncIterator[Person]:
    """A captain of a bot with that Redis."""
    async with (
        Sandbox(SandboxConfig()) as sandbox,
        Person(sandbox.base_url, demo.CAMILLE) as captain,
        bot_online(
            sandbox.base_url,
            person=captain,
            state_dir=folder / "state",
            log=folder / "bot.log",
            **NOTHING_ELSE | {"REDIS_URL": redis_url},
        ),
    ):
        yield captain


def title_of(outcome: Outcome) -> str:
    assert outcome.ok, outcome.error
    assert outcome.message is not None
    title: str = outcome.message["embeds"][0]["title"]
    return title


@pytest.fixture(params=["redis", "this process"])
def redis_url(request: pytest.FixtureRequest) -> str:
    """What the bot is told; blank means no Redis."""
    if request.param == "this process":
        return ""
    redis: RealRedis = request.getfixturevalue("redis_server")
    return redis.url


@pytest.mark.timeout(90)
async def test_what_was_asked_or_reported_before_is_answered_while_the_database_is_stuck(
    folder: Path, redis_url: str
) -> None:
    own_folder = folder / ("redis" if redis_url else "none")
    own_folder.mkdir(mode=0o755)
    async with scouting(own_folder, redis_url) as captain:
        await captain.command("admin create-event", name="RC Lyon")
        await captain.command("scout", opponent="Jane Doe", archetype="Burn")
        await captain.autocomplete("scout", focused="opponent", opponent="")
        await captain.command("check", name="Jane Doe")
        last = await captain.command("scout", opponent="Jack Roe", archetype="Living End")
        assert is_saved(last)

        async with hold_reports(own_folder / "state"):
            asked = await captain.command("check", name="Jane Doe")
            reported = await captain.command("check", name="Jack Roe")
            typed = await captain.autocomplete("scout", focused="opponent", opponent="ja")
            archetypes = await captain.autocomplete("scout", focused="archetype", archetype="bur")

    assert title_of(asked) == "🔎 Jane Doe"
    assert title_of(reported) == "🔎 Jack Roe"
    assert [choice["value"] for choice in typed.choices] == ["Jack Roe", "Jane Doe"]
    assert archetypes.choices[0]["value"] == "Burn"
    assert {asked.was_deferred, reported.was_deferred} == {False}
