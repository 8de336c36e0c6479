"""The Procfile, run by honcho as on a laptop."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp
import pytest

from bench.processes import bot_environment, free_port
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.chaos

ROOT: Final = Path(__file__).parents[3]
BIN: Final = Path(sys.executable).parent


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="scooty-proc-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


async def ready_reasons(port: int) -> list[str]:
    """Return what ``/readyz`` says when it has turned green: nothing."""
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                reasons: list[str] = (await response.json())["reasons"]
                if response.status == HTTPStatus.OK:
                    return reasons
            await asyncio.sleep(0.05)


async def test_honcho_runs_the_procfile_and_stops_it_in_good_order(folder: Path) -> None:
    port = free_port()
    async with Sandbox(SandboxConfig()) as sandbox, Person(sandbox.base_url, demo.SAM) as sam:
        honcho = await asyncio.create_subprocess_exec(
            *(BIN / "honcho", "start", "--no-prefix", "worker"),
            cwd=ROOT,
            env={
                **os.environ,
                **bot_environment(discord_base=sandbox.base_url, state_dir=folder, port=port),
                **NOTHING_ELSE,
                "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        await sam.wait_until_online(timeout_s=60)
        reasons = await asyncio.wait_for(ready_reasons(port), 20)
        answered = await sam.command("ping")
        honcho.send_signal(signal.SIGTERM)
        output, _ = await asyncio.wait_for(honcho.communicate(), 30)

    assert (reasons, answered.ok) == ([], True)
    assert b"worker.1 stopped (rc=0)" in output
    assert b'"exit_code":0,"event":"system.stopped"' in output
