"""Whoever reads the bot's log ends: people are answered as before, and the bot stops when told."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from bench.processes import bot_environment
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.chaos.operations.test_two_instances import folder
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]

pytestmark = pytest.mark.chaos


async def test_people_are_answered_and_the_bot_stops_though_nobody_reads_its_log(
    folder: Path,
) -> None:
    reading, writing = os.pipe()
    async with Sandbox(SandboxConfig()) as sandbox, Person(sandbox.base_url, demo.SAM) as sam:
        settings = bot_environment(discord_base=sandbox.base_url, state_dir=folder)
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "scooty", "run"),
            env={**os.environ, **settings, **NOTHING_ELSE},
            stdout=writing,
            stderr=writing,
        )
        os.close(writing)
        await sam.wait_until_online(timeout_s=60)
        os.close(reading)
        answered = [await sam.command("ping") for _ in range(3)]
        bot.send_signal(signal.SIGTERM)
        await asyncio.wait_for(bot.wait(), 30)

    assert [each.ok for each in answered] == [True, True, True]
    assert bot.returncode == 0
