"""What operators are promised: `/ping` in any state, `/metrics`, the start, the stop under load.

    make bench-operations           # or: make bench-operations ARGS="--seconds 5"

Bot, sandbox, Redis and PostgreSQL are on this machine, and nothing leaves loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import aiohttp
import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench.faults.line import DatabaseLine
from bench.faults.world import Redis, start_sandbox
from bench.processes import open_to_all
from bench.whole_bot import RunningBot, bot_online
from sandbox import demo
from sandbox.client import Person
from tests.postgres_fixture.server import RealPostgres

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

_RATE: Final = 50.0
_STUCK_S: Final = 3600.0
_METRICS_READ: Final = 50
_CRASHED: Final = "scheduler"
_CRASHES: Final = 4
"""One more within half a minute, and the process would end, as it should."""
_OK: Final = 200
_POLL_S: Final = 0.005
_SAVED: Final = ("✅", "⏳")


@dataclass
class Answers:
    """How long each answer took, and how many there were none of."""

    took_s: list[float] = field(default_factory=list)
    failed: int = 0
    backing_off: int = 0
    """Answers that named an actor in back-off."""

    def p95_ms(self) -> float:
        """Return the 95th percentile, in milliseconds."""
        ordered = sorted(self.took_s)
        return ordered[int(0.95 * len(ordered))] * 1000 if ordered else float("nan")

    def note(self, began_s: float, outcome_ok: bool, text: str) -> None:  # noqa: FBT001 - an outcome
        """Count one answer."""
        if outcome_ok:
            self.took_s.append(time.monotonic() - began_s)
            self.backing_off += "waiting to restart" in text
        else:
            self.failed += 1


@dataclass(frozen=True, slots=True)
class House:
    """A bot and everything around it that can be hurt."""

    bot: RunningBot
    people: Sequence[Person]
    redis: Redis
    line: DatabaseLine
    dsn: str
    ready_after_s: float
    """From when people see the bot online, which is Discord's READY, until ``/readyz`` is green."""


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """Run everything."""
    async with AsyncExitStack() as stack:
        base = await start_sandbox(stack, folder)
        team = (demo.CAMILLE, demo.SAM, demo.ROBIN)
        people = [await stack.enter_async_context(Person(base, who)) for who in team]
        redis = Redis(folder)
        await redis.start()
        stack.push_async_callback(redis.kill)
        postgres = RealPostgres(folder / "postgres")
        await asyncio.to_thread(postgres.start)
        stack.callback(postgres.stop)
        line = DatabaseLine(folder / "postgres" / "socket" / ".s.PGSQL.5432")
        await line.open()
        stack.push_async_callback(line.close)
        user = conninfo_to_dict(postgres.dsn)["user"]
        bot = await stack.enter_async_context(
            bot_online(
                base,
                person=people[0],
                state_dir=folder / "state",
                log=folder / "bot.log",
                DATABASE_URL=f"postgresql://{user}@127.0.0.1:{line.port}/postgres",
                REDIS_URL=redis.url,
                DISCORD_GUILD_ID="",
            )
        )
        ready_after_s = await _until_ready(bot)
        yield House(bot, people, redis, line, postgres.dsn, ready_after_s)


async def _until_ready(bot: RunningBot) -> float:
    began_s = time.monotonic()
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{bot.drills_url}/readyz") as response:
                if response.status == _OK:
                    return time.monotonic() - began_s
            await asyncio.sleep(_POLL_S)


async def ping_steadily(people: Sequence[Person], *, seconds: float) -> Answers:
    """Type ``/ping`` at a steady rate, whether or not the last one was answered."""
    answers = Answers()

    async def ping(person: Person, due_s: float) -> None:
        outcome = await person.command("ping")
        answers.note(due_s, outcome.ok, str(outcome.message))

    async with asyncio.TaskGroup() as group:
        began_s = time.monotonic()
        for number in range(int(_RATE * seconds)):
            due_s = began_s + number / _RATE
            await asyncio.sleep(max(0.0, due_s - time.monotonic()))
            group.create_task(ping(people[number % len(people)], due_s))
    return answers


async def ping_while_all_is_broken(around: House, *, seconds: float) -> Answers:
    """Type ``/ping`` with Redis gone, the database stuck, and an actor that crashes again."""
    await around.redis.kill()
    around.line.delay_s = _STUCK_S
    pinging = asyncio.ensure_future(ping_steadily(around.people, seconds=seconds))
    for _ in range(_CRASHES):
        await around.bot.hurt(_CRASHED, "crash")
        await asyncio.sleep(seconds / _CRASHES)
    answers = await pinging
    around.line.delay_s = 0.0
    await around.line.close()
    await around.line.open()
    await around.redis.start()
    return answers


async def read_metrics(bot: RunningBot) -> Answers:
    """Read ``/metrics`` again and again."""
    answers = Answers()
    async with aiohttp.ClientSession() as session:
        for _ in range(_METRICS_READ):
            began_s = time.monotonic()
            async with session.get(f"{bot.drills_url}/metrics") as response:
                text = await response.text()
                answers.note(began_s, response.ok, text)
    return answers


@dataclass(frozen=True, slots=True)
class Stop:
    """How the bot stopped while people reported."""

    took_s: float
    code: int | None
    acknowledged: int
    lost: int


async def stop_under_load(around: House, *, seconds: float) -> Stop:
    """Send SIGTERM while reports come at a steady rate, and compare with what is stored."""
    await around.people[0].command("admin create-event", name="Operations Open")
    acknowledged: list[str] = []

    async def report(number: int) -> None:
        name = f"Leaver Number{number:05}"
        person = around.people[number % len(around.people)]
        outcome = await person.command("scout", opponent=name, archetype="Burn")
        title = outcome.message["embeds"][0]["title"] if outcome.message else ""
        if title.startswith(_SAVED):
            acknowledged.append(name)

    async def report_steadily() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(int(_RATE * seconds)):
                group.create_task(report(number))
                await asyncio.sleep(1 / _RATE)

    reporting = asyncio.ensure_future(report_steadily())
    await asyncio.sleep(seconds / 2)
    began_s = time.monotonic()
    around.bot.process.send_signal(signal.SIGTERM)
    code = await around.bot.process.wait()
    took_s = time.monotonic() - began_s
    await reporting
    stored = set(await asyncio.to_thread(_stored, around.dsn))
    lost = [name for name in acknowledged if name not in stored]
    return Stop(took_s, code, len(acknowledged), len(lost))


def _stored(dsn: str) -> list[str]:
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select p.name from scooty_private.reports r join scooty_private.players p"
            " on p.guild_id = r.guild_id and p.id = r.player_id"
        ).fetchall()
    return [name for (name,) in rows]


async def _main(seconds: float) -> int:
    with tempfile.TemporaryDirectory(prefix="scooty-operations-") as name:
        async with house(open_to_all(name)) as around:
            well = await ping_steadily(around.people, seconds=seconds)
            metrics = await read_metrics(around.bot)
            broken = await ping_while_all_is_broken(around, seconds=seconds)
            await _until_ready(around.bot)
            stop = await stop_under_load(around, seconds=seconds)
    rows = [
        ("ready after Discord's READY", f"{around.ready_after_s:.2f} s", "under 3 s",
         around.ready_after_s < 3),
        ("/ping p95 at 50/s", f"{well.p95_ms():.0f} ms", "under 100 ms", well.p95_ms() < 100),
        ("/ping not answered", f"{well.failed}", "0", not well.failed),
        ("/metrics p95", f"{metrics.p95_ms():.1f} ms", "under 20 ms", metrics.p95_ms() < 20),
        ("/ping p95, all broken", f"{broken.p95_ms():.0f} ms", "under 1 s",
         broken.p95_ms() < 1000),
        ("/ping not answered", f"{broken.failed}", "0", not broken.failed),
        ("... that named a back-off", f"{broken.backing_off}", "some", broken.backing_off > 0),
        ("SIGTERM to the end", f"{stop.took_s:.1f} s", "under 10 s", stop.took_s < 10),
        ("exit code", f"{stop.code}", "0", stop.code == 0),
        ("acknowledged and lost", f"{stop.lost} of {stop.acknowledged}", "0",
         not stop.lost and stop.acknowledged > 0),
    ]  # fmt: skip
    for what, seen, goal, met in rows:
        print(f"{what:<30}{seen:>14}   {goal:<14}{'met' if met else 'MISSED'}")
    return 0 if all(met for *_, met in rows) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of load in each state")
    sys.exit(asyncio.run(_main(parser.parse_args().seconds)))
