"""A whole house for one bot, with everything that can break in reach: sandbox, Redis, database."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench.faults.gestures import Scouts
from bench.faults.line import DatabaseLine
from bench.processes import bot_environment, free_port, running, until_listening
from sandbox import demo
from sandbox.client import Person
from tests.postgres_fixture.server import RealPostgres

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bench.faults.states import Connection

__all__ = ["House", "Redis", "house", "start_sandbox"]

_PEOPLE: Final = (demo.CAMILLE, demo.SAM, demo.ROBIN)
_ONLINE_WITHIN_S: Final = 60.0
_STORED_WITHIN_S: Final = 30.0


@dataclass(slots=True)
class House:
    """Everything around the bot, to be hurt."""

    connection: Connection
    captain: Person
    scouts: Scouts
    redis: Redis
    line: DatabaseLine
    stand_in: Process | None
    admin_dsn: str
    metrics_url: str

    async def hurt_api(self, *faults: dict[str, Any]) -> None:
        """Set what goes wrong with calls to the stand-in; nothing makes all well."""
        await self._tell_stand_in(list(faults))

    async def refuse_api(self) -> None:
        """Close the stand-in's port until it is told otherwise."""
        await self._tell_stand_in("refuse")

    async def _tell_stand_in(self, wanted: object) -> None:
        assert self.stand_in is not None  # noqa: S101 - called for that connection only
        assert self.stand_in.stdin is not None  # noqa: S101 - it was started with a pipe
        self.stand_in.stdin.write(json.dumps(wanted).encode() + b"\n")
        await self.stand_in.stdin.drain()

    async def list_lost(self) -> list[str]:
        """Return the opponents that were promised and are not stored after half a minute."""
        until_s = asyncio.get_running_loop().time() + _STORED_WITHIN_S
        while True:
            stored = set(await asyncio.to_thread(self._stored))
            lost = [name for name in self.scouts.promised if name not in stored]
            if not lost or asyncio.get_running_loop().time() > until_s:
                return lost
            await asyncio.sleep(0.5)

    def _stored(self) -> list[str]:
        with psycopg.connect(self.admin_dsn) as connection:
            rows = connection.execute(
                "select p.name from scooty_private.reports r join scooty_private.players p"
                " on p.guild_id = r.guild_id and p.id = r.player_id"
            ).fetchall()
        return [name for (name,) in rows]


class Redis:
    """A redis-server that can be killed and frozen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: Process | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    async def start(self) -> None:
        """Start it, empty, on the same port as before."""
        self._process = await asyncio.create_subprocess_exec(
            *("redis-server", "--port", str(self._port), "--bind", "127.0.0.1"),
            *("--save", "", "--dir", str(self._folder)),
            stdout=asyncio.subprocess.DEVNULL,
        )
        await until_listening(self._port)

    async def kill(self) -> None:
        """End it at once."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            await self._process.wait()

    def freeze(self) -> None:
        """Stop it in the middle of whatever it does."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)


@asynccontextmanager
async def house(folder: Path, connection: Connection) -> AsyncIterator[House]:
    """Build everything, run the bot in it, and have its people prepared."""
    async with AsyncExitStack() as stack:
        base = await start_sandbox(stack, folder)
        people = [await stack.enter_async_context(Person(base, who)) for who in _PEOPLE]
        redis = Redis(folder)
        await redis.start()
        stack.push_async_callback(redis.kill)
        postgres = RealPostgres(folder / "postgres")
        await asyncio.to_thread(postgres.start)
        stack.callback(postgres.stop)
        parts = conninfo_to_dict(postgres.dsn)
        line = DatabaseLine(folder / "postgres" / "socket" / ".s.PGSQL.5432")
        await line.open()
        stack.push_async_callback(line.close)
        settings = {"DATABASE_URL": f"postgresql://{parts['user']}@127.0.0.1:{line.port}/postgres"}
        stand_in = None
        if connection == "supabase":
            stand_in, settings = await _stand_in(stack, postgres.dsn)
        bot_port = free_port()
        variables = {
            **bot_environment(discord_base=base, state_dir=folder / "state", port=bot_port),
            "SCOOTY_GUILD_LIMIT": "1000000/60000000",
            "REDIS_URL": redis.url,
            **settings,
        }
        await stack.enter_async_context(
            running("-m", "scooty", "run", environment=variables, log=folder / "bot.log")
        )
        await people[0].wait_until_online(timeout_s=_ONLINE_WITHIN_S)
        scouts = Scouts(people)
        await scouts.prepare()
        yield House(
            connection=connection,
            captain=people[0],
            scouts=scouts,
            redis=redis,
            line=line,
            stand_in=stand_in,
            admin_dsn=postgres.dsn,
            metrics_url=f"http://127.0.0.1:{bot_port}/metrics",
        )


async def start_sandbox(stack: AsyncExitStack, folder: Path) -> str:
    """Run a sandbox until the stack is closed; return its address."""
    port = free_port()
    await stack.enter_async_context(
        running(
            *("-m", "sandbox", "--host", "127.0.0.1", "--port", str(port)),
            environment={},
            log=folder / "sandbox.log",
        )
    )
    await until_listening(port)
    return f"http://127.0.0.1:{port}"


async def _stand_in(stack: AsyncExitStack, dsn: str) -> tuple[Process, dict[str, str]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.postgrest_stand_in.serve", "--dsn", dsn),
        env=dict(os.environ),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback for each connection that is cut
    )

    async def end() -> None:
        if process.stdin is not None:
            process.stdin.close()
        await asyncio.wait_for(process.wait(), 20)

    stack.push_async_callback(end)
    assert process.stdout is not None  # noqa: S101 - it was started with a pipe
    settings: dict[str, str] = json.loads(await process.stdout.readline())
    return process, settings
