"""Two bots on one database: one is at work, the other stands by and takes over."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import aiohttp
import orjson
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from bench.processes import bot_environment, free_port
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.chaos.whole_bot.reporters import list_missing, people_report
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

pytestmark = pytest.mark.chaos

_TAKEN_OVER_WITHIN_S: Final = 10.0
_WAIT_S: Final = 40.0


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="scooty-two-"))
    made.chmod(0o755)  # the account that PostgreSQL runs as looks into it
    yield made
    shutil.rmtree(made)


class Instance:
    """One of the bots."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, log: Path) -> None:
        self.process = process
        self._url = f"http://127.0.0.1:{port}/readyz"
        self._log = log

    async def reasons(self) -> list[str]:
        """Say what keeps it from being ready; nothing when it is at work."""
        async with aiohttp.ClientSession() as session:
            try:
                async with session.get(self._url) as response:
                    reasons: list[str] = (await response.json())["reasons"]
                    return reasons
            except aiohttp.ClientError:
                return ["not listening"]

    async def until_it_waits_for_the_lease(self) -> None:
        """Wait until nothing but the other one keeps it from working."""
        async with asyncio.timeout(_WAIT_S):
            while "lease: starting" not in await self.reasons():  # noqa: ASYNC110 - as below
                await asyncio.sleep(0.05)

    async def until_at_work(self) -> None:
        """Wait until it is ready."""
        async with asyncio.timeout(_WAIT_S):
            while await self.reasons():  # noqa: ASYNC110 - another process sets no event
                await asyncio.sleep(0.05)

    def lines(self, event: str) -> list[dict[str, Any]]:
        """Return its log's lines of one event."""
        found = (
            orjson.loads(line) for line in self._log.read_text().splitlines() if line[:1] == "{"
        )
        return [line for line in found if line.get("event") == event]


def url_of(dsn: str) -> str:
    parts = conninfo_to_dict(dsn)
    socket = quote(str(parts["host"]), safe="")
    return f"postgresql://{parts['user']}@/{parts['dbname']}?host={socket}"


@asynccontextmanager
async def instance(name: str, sandbox: Sandbox, dsn: str, folder: Path) -> AsyncIterator[Instance]:
    port, log = free_port(), folder / f"{name}.log"
    variables = {
        **bot_environment(discord_base=sandbox.base_url, state_dir=folder / name, port=port),
        **NOTHING_ELSE,
        "DATABASE_URL": url_of(dsn),
        "FLY_MACHINE_ID": name,
    }
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "scooty", "run"),
            env={**os.environ, **variables},
            stdout=output,
            stderr=output,
        )
        try:
            yield Instance(process, port, log)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), _WAIT_S)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig()) as running:
        yield running


@pytest.fixture
async def captain(sandbox: Sandbox) -> AsyncIterator[Person]:
    async with Person(sandbox.base_url, demo.CAMILLE) as person:
        yield person


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
async def test_the_stand_by_takes_over_and_nothing_is_answered_twice_or_lost(  # noqa: PLR0913, PLR0917 - fixtures
    sandbox: Sandbox,
    captain: Person,
    folder: Path,
    fresh_database: str,
    ending: signal.Signals,
    record_property: Callable[[str, object], None],
) -> None:
    async with (
        instance("one", sandbox, fresh_database, folder) as one,
        instance("two", sandbox, fresh_database, folder) as two,
    ):
        await captain.wait_until_online(timeout_s=_WAIT_S)
        at_work, waiting = (one, two) if not await one.reasons() else (two, one)
        assert (await captain.command("admin create-event", name="Drill Open")).ok
        async with people_report(captain) as reporters:
            await waiting.until_it_waits_for_the_lease()
            at_work.process.send_signal(ending)
            began_s = time.monotonic()
            await at_work.process.wait()
            await waiting.until_at_work()
            await reporters.until_acknowledged_again()
            took_s = time.monotonic() - began_s
        missing = await list_missing(captain, reporters.acknowledged)

        record_property("taken_over_after_s", round(took_s, 1))
        assert missing == []
        assert at_work.process.returncode == (0 if ending is signal.SIGTERM else -signal.SIGKILL)
        assert took_s < _TAKEN_OVER_WITHIN_S
        assert one.lines("gateway.acknowledged_before") == []
        assert two.lines("gateway.acknowledged_before") == []
    with psycopg.connect(fresh_database) as connection:
        stored = connection.execute(
            "select p.name, count(*) from scooty_private.reports r"
            " join scooty_private.players p on p.guild_id = r.guild_id and p.id = r.player_id"
            " group by p.name"
        ).fetchall()
        epochs = connection.execute("select epoch from scooty_private.leases").fetchall()
    assert {count for _, count in stored} == {1}
    assert epochs == [(2,)]


async def test_a_job_run_by_hand_through_both_is_run_once(
    sandbox: Sandbox, captain: Person, folder: Path, fresh_database: str
) -> None:
    async with (
        instance("one", sandbox, fresh_database, folder),
        instance("two", sandbox, fresh_database, folder),
    ):
        await captain.wait_until_online(timeout_s=_WAIT_S)
        assert (await captain.command("jobs run", job="heartbeat")).ok
    with psycopg.connect(fresh_database) as connection:
        fires = connection.execute(
            "select attempt, outcome from scooty_private.fires where job = 'heartbeat' and by_hand"
        ).fetchall()
    assert fires == [(1, "ok")]
