"""A discord.js 14 client, where node and the package are installed.

Either ``npm ci`` in ``tests/scooty/sandbox/discordjs``, or name a folder with discord.js in it by
the environment variable ``SCOOTY_NODE_MODULES``.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

    from tests.scooty.sandbox.conftest import House

_FOLDER = Path(__file__).with_name("discordjs")
_MODULES = Path(os.environ.get("SCOOTY_NODE_MODULES") or _FOLDER / "node_modules")


@pytest.fixture
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not on the PATH")
    if not (_MODULES / "discord.js").is_dir():
        pytest.skip("discord.js is not installed: npm ci in tests/scooty/sandbox/discordjs")
    return found


@asynccontextmanager
async def running_client(node: str, base: str, token: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(node, str(_FOLDER / "client.js"), base, token),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "NODE_PATH": str(_MODULES)},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def test_a_discord_js_client_logs_in_registers_a_command_and_answers_it(
    house: House, node: str
) -> None:
    sandbox = house.sandbox
    sam = await house.person()

    async with running_client(node, sandbox.base_url, sandbox.config.token) as process:
        assert process.stdout is not None
        ready = await process.stdout.readline()
        await sam.wait_until_online()
        choices = await sam.autocomplete("greet", focused="name", name="Jo")
        greeted = await sam.command("greet", name="Jo")
        assert greeted.message is not None
        await sam.fault("drop_gateway")
        waved = await sam.press(greeted.message["id"], "wave")

    assert ready == b"ready in 2 guilds\n"
    assert choices.choices == ({"name": "Jo…", "value": "Jo"},)
    assert greeted.content == "Hello, Jo"
    assert greeted.message["ephemeral"]
    assert waved.content == "waved"
    assert house.rules_broken == []
