"""What ``scooty verify`` says of the bot that runs on this machine, and of what is not the bot."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from scooty.runtime.verify.running_bot import check_running_bot
from tests.free_ports import free_port
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.server import Sandbox


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="scooty-verify-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


async def test_a_running_bot_is_ready_until_a_part_of_it_is_not(
    sandbox: Sandbox, folder: Path, migrated: str
) -> None:
    settings = {**NOTHING_ELSE, "DATABASE_URL": migrated}
    async with (
        Person(sandbox.base_url, demo.CAMILLE) as captain,
        bot_online(
            sandbox.base_url,
            person=captain,
            state_dir=folder / "state",
            log=folder / "bot.log",
            **settings,
        ) as bot,
    ):
        port = urlsplit(bot.drills_url).port or 0
        # A busy machine may let a part be late: the last actor, or an answer in half a second.
        while (ready := await check_running_bot(port)).state != "ok":
            pass
        await bot.hurt("gateway", "crash")  # it comes back after 4 s or more
        while "gateway: " not in (crashed := await check_running_bot(port)).fact:
            pass

    assert ready.state == "ok"
    assert ready.fact == f"ready on PORT {port}: connected to Discord, every actor at work"
    assert crashed.state == "failed"
    assert crashed.fact.startswith("not ready: ")


async def test_nobody_on_the_port_is_no_failure() -> None:
    port = free_port()

    finding = await check_running_bot(port)

    assert (finding.state, finding.fact) == (
        "skipped",
        f"none runs here: nobody listens on PORT {port}",
    )


async def test_somebody_else_on_the_port_is_told(sandbox: Sandbox) -> None:
    port = urlsplit(sandbox.base_url).port or 0

    finding = await check_running_bot(port)

    assert finding.state == "failed"
    assert finding.fact.startswith(f"PORT {port} does not answer as the bot does")
