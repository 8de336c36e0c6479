"""The Procfile, run by honcho as on a laptop."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bench.processes import bot_environment
from scooty.sandbox import demo
from scooty.sandbox.client import Person
from scooty.sandbox.config import SandboxConfig
from scooty.sandbox.server import Sandbox
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


async def test_honcho_runs_the_procfile_and_stops_it_in_good_order(folder: Path) -> None:
    async with Sandbox(SandboxConfig()) as sandbox, Person(sandbox.base_url, demo.SAM) as sam:
        honcho = await asyncio.create_subprocess_exec(
            *(BIN / "honcho", "start", "--no-prefix", "worker"),
            cwd=ROOT,
            env={
                **os.environ,
                **bot_environment(discord_base=sandbox.base_url, state_dir=folder),
                **NOTHING_ELSE,
                "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        await sam.wait_until_online(timeout_s=60)
        answered = await sam.command("ping")
        honcho.send_signal(signal.SIGTERM)
        output, _ = await asyncio.wait_for(honcho.communicate(), 30)

    assert answered.ok
    assert b'"exit_code":0,"event":"system.stopped"' in output
