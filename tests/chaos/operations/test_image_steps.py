"""The Dockerfile's steps, done without Docker; what they leave runs as the image would.

``pytest -m chaos -rP tests/chaos/operations/test_image_steps.py`` prints what the image holds.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.processes import bot_environment, free_port
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from scooty import __version__
from tests.deployment.image_steps import Image, build_image, folder_sizes
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]

_LARGEST_MIB = 200.0


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    folder = Path(tempfile.mkdtemp(prefix="scooty-image-"))
    folder.chmod(0o755)  # PostgreSQL's account looks into it
    yield build_image(folder)
    shutil.rmtree(folder)


def run(image: Image, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which(command[0], path=image.environment["PATH"])
    assert program is not None, f"{command[0]} is not in the image"
    return subprocess.run(
        [program, *command[1:]],
        env=image.variables(**variables),
        cwd=image.directory,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_only_what_runs_is_copied_into_the_last_stage(image: Image) -> None:
    for name, size in folder_sizes(image.root):
        print(f"{size:8.1f} MiB  {name}")  # noqa: T201 - what the test is asked to show
    packages = image.root / "opt/scooty/lib"
    names = {path.name.partition("-")[0] for path in packages.glob("*/site-packages/*.dist-info")}

    assert {"scooty", "discord_py", "supabase"} <= names
    assert not names & {"pip", "hatchling", "editables", "trove_classifiers", "pytest", "ruff"}
    assert not (image.root / "build").exists()
    assert sum(size for name, size in folder_sizes(image.root) if name == "/") < _LARGEST_MIB
    assert [command.split()[0] for command in image.left_out] == ["useradd", "chown"]


def test_the_program_of_the_image_says_its_version_and_how_to_use_it(image: Image) -> None:
    assert run(image, "scooty", "--version").stdout == f"scooty {__version__}\n"
    assert "usage: scooty" in run(image, "scooty", "--help").stdout


def test_without_settings_the_command_ends_with_78_and_says_which_is_missing(image: Image) -> None:
    ended = run(image, *image.command)

    assert (ended.returncode, ended.stderr.partition(",")[0]) == (78, "DISCORD_TOKEN is not set")


async def test_the_command_answers_people_is_healthy_and_stops_in_good_order(image: Image) -> None:
    port = free_port()
    async with Sandbox(SandboxConfig()) as sandbox, Person(sandbox.base_url, demo.SAM) as sam:
        settings = {
            **bot_environment(discord_base=sandbox.base_url, state_dir=Path(), port=port),
            **NOTHING_ELSE,
            "SCOOTY_STATE_DIR": image.environment["SCOOTY_STATE_DIR"],
        }
        bot = await asyncio.create_subprocess_exec(
            *image.command,
            env=image.variables(**settings),
            cwd=image.directory,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        await sam.wait_until_online(timeout_s=60)
        answered = await sam.command("ping")
        health = await asyncio.to_thread(run, image, *image.health_check, PORT=str(port))
        verified = await asyncio.to_thread(run, image, "scooty", "verify", **settings)
        bot.send_signal(signal.SIGTERM)
        await asyncio.wait_for(bot.communicate(), 30)
        ill = await asyncio.to_thread(run, image, *image.health_check, PORT=str(port))

    assert answered.ok
    assert health.returncode == 0, health.stderr
    assert verified.returncode == 0, verified.stdout
    assert bot.returncode == 0
    assert ill.returncode != 0
