"""One whole bot in its own process, whose connection is cut while people use it."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.integration.whole_bot.bot_process import (
    NOTHING_ELSE,
    hold_reports,
    is_saved,
    run_to_the_end,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bench.whole_bot import RunningBot
    from sandbox.client_view import PersonView

# One bot for all tests here: starting it costs more than what they do.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig()) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def captain(sandbox: Sandbox) -> AsyncIterator[Person]:
    async with Person(sandbox.base_url, demo.CAMILLE, watches_trace=True) as person:
        yield person


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(sandbox: Sandbox, captain: Person, folder: Path) -> AsyncIterator[RunningBot]:
    async with bot_online(
        sandbox.base_url,
        person=captain,
        state_dir=folder / "state",
        log=folder / "bot.log",
        **NOTHING_ELSE,
    ) as running:
        assert (await captain.command("admin create-event", name="Drill Open")).ok
        yield running


def list_resumes(view: PersonView) -> list[str]:
    return [entry["text"] for entry in view.trace if entry["text"].startswith("RESUME, ")]


async def test_a_command_lost_with_its_connection_is_replayed_and_answered(
    sandbox: Sandbox, captain: Person
) -> None:
    identifies = sandbox.state.gateway.identifies
    await captain.fault("latency", 400)  # so that the command is still on its way when it is lost

    outcome, _ = await asyncio.gather(
        captain.command("scout", opponent="Lost Underway", archetype="Burn"),
        captain.fault("drop_gateway"),
    )

    await captain.fault("latency", 0)
    assert is_saved(outcome)
    await captain.wait_until(lambda view: list_resumes(view)[-1:] == ["RESUME, 1 replayed"])
    assert sandbox.state.gateway.identifies == identifies


async def test_a_command_in_hand_is_answered_though_the_connection_is_dropped(
    sandbox: Sandbox, captain: Person, folder: Path
) -> None:
    identifies = sandbox.state.gateway.identifies
    resumes = len(list_resumes(captain.view))

    async with hold_reports(folder / "state") as held:
        asking = asyncio.create_task(
            captain.command("scout", opponent="Held Inhand", archetype="Burn")
        )
        await held.wait_for(1)
        await captain.fault("drop_gateway")
        await captain.wait_until(lambda view: len(list_resumes(view)) > resumes)
    outcome = await asking

    assert is_saved(outcome)
    assert sandbox.state.gateway.identifies == identifies


async def test_a_second_bot_on_the_same_folder_is_refused_and_the_first_undisturbed(
    sandbox: Sandbox, captain: Person, bot: RunningBot, folder: Path
) -> None:
    logins = sandbox.state.trace.requests["GET /users/@me"]

    second = await run_to_the_end(discord_base=sandbox.base_url, state_dir=folder / "state")

    assert second.code == os.EX_CONFIG
    assert second.output.count("Another bot is using the data folder") == 1
    assert "Traceback" not in second.output
    assert sandbox.state.trace.requests["GET /users/@me"] == logins
    assert bot.process.returncode is None
    assert is_saved(await captain.command("scout", opponent="Third Party", archetype="Burn"))
