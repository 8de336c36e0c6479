"""How the whole bot ends: refused by Discord, asked to stop while people wait, or told twice."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped] # its stubs are one more package
import pytest

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
from tests.postgres_fixture.server import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bench.whole_bot import RunningBot
    from sandbox.client_view import PersonView

_IN_HAND = 6


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
    """Run a bot on the module's folder, so that the database is made only once."""
    return bot_online(
        sandbox.base_url,
        person=captain,
        state_dir=folder / "state",
        log=folder / "bot.log",
        **NOTHING_ELSE,
    )


def is_offline(view: PersonView) -> bool:
    return not view.bot_online


async def test_a_wrong_token_ends_the_bot_with_one_sentence_after_one_login(
    sandbox: Sandbox, folder: Path
) -> None:
    token = {"DISCORD_TOKEN": "a-wrong-token"}

    ending = await run_to_the_end(
        discord_base=sandbox.base_url, state_dir=folder / "state", **token
    )

    assert ending.code == os.EX_CONFIG
    assert ending.output.count("Discord refuses DISCORD_TOKEN") == 1
    assert "a-wrong-token" not in ending.output
    assert "Traceback" not in ending.output
    assert "actor.restarted" not in ending.output
    assert sandbox.state.trace.requests["GET /users/@me"] == 1


async def test_another_applications_token_ends_the_bot_with_the_settings_name(
    sandbox: Sandbox, folder: Path
) -> None:
    ending = await run_to_the_end(
        discord_base=sandbox.base_url, state_dir=folder / "state", DISCORD_CLIENT_ID="77"
    )

    assert ending.code == os.EX_CONFIG
    assert ending.output.count("DISCORD_CLIENT_ID is 77, but DISCORD_TOKEN belongs to") == 1
    assert "Traceback" not in ending.output
    assert sandbox.state.gateway.identifies == 0


async def test_disallowed_intents_end_the_bot_with_one_sentence(
    sandbox: Sandbox, captain: Person, folder: Path
) -> None:
    async with start(sandbox, captain, folder) as bot:
        for link in sandbox.state.connections:
            link.close_soon(4014, "Disallowed intent(s).")
        code = await bot.process.wait()

    output = (folder / "bot.log").read_text()
    assert code == os.EX_CONFIG
    assert output.count("Discord refuses the intents") == 1
    assert "Traceback" not in output
    assert sandbox.state.gateway.identifies == 1


async def test_a_bot_that_is_asked_to_stop_answers_what_it_has_in_hand_first(
    sandbox: Sandbox, captain: Person, folder: Path
) -> None:
    async with start(sandbox, captain, folder) as bot:
        await captain.command("admin create-event", name="Closing Time")
        async with hold_reports(folder / "state") as held:
            asking = [
                asyncio.create_task(
                    captain.command("scout", opponent=f"Late Arrival {n}", archetype="Burn")
                )
                for n in range(_IN_HAND)
            ]
            await held.wait_for(_IN_HAND)
            bot.process.send_signal(signal.SIGTERM)
            await captain.wait_until(is_offline)
        outcomes = await asyncio.gather(*asking)
        code = await bot.process.wait()

    assert [is_saved(outcome) for outcome in outcomes] == [True] * _IN_HAND
    assert code == 0


async def test_a_second_request_to_stop_ends_the_bot_and_its_database_at_once(
    sandbox: Sandbox, captain: Person, folder: Path
) -> None:
    async with start(sandbox, captain, folder) as bot:
        await captain.command("admin create-event", name="Closing Time Again")
        [database] = psutil.Process(bot.process.pid).children()
        async with hold_reports(folder / "state") as held:
            asking = asyncio.create_task(
                captain.command("scout", opponent="Held Forever", archetype="Burn")
            )
            await held.wait_for(1)
            bot.process.send_signal(signal.SIGTERM)
            await captain.wait_until(is_offline)
            bot.process.send_signal(signal.SIGTERM)
            code = await bot.process.wait()
            asking.cancel()
            await until(lambda: has_ended(database))

    assert code == 128 + signal.SIGTERM


def has_ended(process: psutil.Process) -> bool:
    """Tell also of a process that nobody has asked for its exit code yet."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
