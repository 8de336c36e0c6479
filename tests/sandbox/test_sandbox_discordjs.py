"""A discord.js 14 client, where node is installed.

The package is fetched by the first run that finds npm and its registry, into the folder
``discordjs``. The environment variable ``SCOOTY_NODE_MODULES`` names another folder with it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

    from tests.sandbox.conftest import House

_FOLDER = Path(__file__).with_name("discordjs")
_MODULES = Path(os.environ.get("SCOOTY_NODE_MODULES") or _FOLDER / "node_modules")
_FETCHED_WITHIN_S = 90
_NPM_CI = (
    *("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
    *("--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"),
    "--fetch-timeout=20000",
)


@pytest.fixture(scope="session")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not on the PATH")
    if not (_MODULES / "discord.js").is_dir():
        fetch_discord_js()
    return found


def fetch_discord_js() -> None:
    """Install it aside and then move it, so that a folder that is there is a whole one."""
    if _MODULES != _FOLDER / "node_modules":
        pytest.skip(f"there is no discord.js in {_MODULES}, which SCOOTY_NODE_MODULES names")
    if shutil.which("npm") is None:
        pytest.skip("npm is not on the PATH, and discord.js not in its folder")
    try:
        with tempfile.TemporaryDirectory(prefix=".fetching-", dir=_FOLDER) as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(_FOLDER / name, folder)
            subprocess.run(
                _NPM_CI, cwd=folder, timeout=_FETCHED_WITHIN_S, check=True, stderr=subprocess.PIPE
            )
            Path(folder, "node_modules").rename(_MODULES)
    except subprocess.CalledProcessError as error:
        complaint = " / ".join(error.stderr.decode().splitlines()[:3])
        pytest.skip(f"npm cannot fetch discord.js: {complaint}")
    except (OSError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"discord.js cannot be fetched: {error}")


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


@pytest.mark.timeout(150)  # the first run fetches the package
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
