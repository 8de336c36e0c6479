"""What an operator sees of a setting that will never work: one sentence, and exit code 78."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.errors import EX_CONFIG
from tests.actors.discord_gateway.conftest import until

if TYPE_CHECKING:
    from sandbox.server import Sandbox

ROOT = Path(__file__).parents[3]
BOT = """
import sys
from pydantic import SecretStr
from actors.discord_gateway.actor import DiscordGateway
from actors.kernel import ActorSystem, Backoff, ChildSpec

system = ActorSystem()
token, base_url = sys.argv[1:]
gateway = ChildSpec(
    name="gateway",
    start=lambda: DiscordGateway(
        token=SecretStr(token),
        interactions=system.address("gateway"),
        commands=(),
        base_url=base_url,
    ),
    backoff=Backoff(first_s=0.01),
)
sys.exit(system.run([gateway]))
"""


async def start_bot(token: str, base_url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BOT,
        token,
        base_url,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def output_of(bot: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(30.0):
        output, _ = await bot.communicate()
    return output.decode()


async def test_a_wrong_token_ends_the_process_with_one_sentence(sandbox: Sandbox) -> None:
    bot = await start_bot("a-wrong-token", sandbox.base_url)

    output = await output_of(bot)

    assert bot.returncode == EX_CONFIG
    assert output.count("Discord refuses DISCORD_TOKEN") == 1
    assert "a-wrong-token" not in output
    assert "Traceback" not in output
    assert sandbox.state.trace.requests["GET /users/@me"] == 1


async def test_disallowed_intents_end_the_process_with_one_sentence(sandbox: Sandbox) -> None:
    bot = await start_bot("sandbox-token", sandbox.base_url)
    await until(lambda: sandbox.state.gateway.is_online, timeout_s=20.0)

    for link in sandbox.state.connections:
        link.close_soon(4014, "Disallowed intent(s).")
    output = await output_of(bot)

    assert bot.returncode == EX_CONFIG
    assert output.count("Discord refuses the intents") == 1
    assert "Traceback" not in output
    assert sandbox.state.gateway.identifies == 1


@pytest.mark.parametrize(
    ("token", "base_url", "variable"),
    [
        ("sandbox-token", "http://discord.example:8123", "SCOOTY_DISCORD_BASE"),
        ("two words", "http://127.0.0.1:8123", "DISCORD_TOKEN"),
    ],
)
async def test_a_setting_that_cannot_be_right_ends_the_process_before_anything_is_sent(
    token: str, base_url: str, variable: str
) -> None:
    bot = await start_bot(token, base_url)

    output = await output_of(bot)

    assert bot.returncode == EX_CONFIG
    assert output.count(variable) == 1
    assert token not in output
    assert "Traceback" not in output
