"""What the cache is good for and what it costs: hits on the benchmark's mix, and CPU for each call.

    .venv/bin/python -m bench.cache          # or with --seconds 20 --rate 100

Needs redis-server. Nothing leaves loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp

from bench.cache_calls import print_costs
from bench.load import apply_load, player_name
from bench.processes import free_port, running, until_listening
from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_REPORTS: Final = 1_000
_PLAYERS: Final = 400
_AT_ONCE: Final = 50
_PEOPLE: Final = (demo.CAMILLE, demo.SAM, demo.ROBIN)
_COUNTER: Final = re.compile(r"^scooty_cache_(hits|misses)\S* (\S+)$", re.MULTILINE)


@asynccontextmanager
async def redis_online(folder: Path) -> AsyncIterator[str]:
    """Run a Redis that saves nothing; yields its URL."""
    binary, port = shutil.which("redis-server"), free_port()
    if binary is None:
        raise SystemExit("redis-server is not on the PATH.")
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with (folder / "redis.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(binary, *options, stdout=log, stderr=log)
        try:
            await until_listening(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            await process.wait()


async def _read_counters(url: str) -> dict[str, float]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics") as response:
        text = await response.text()
    return {name: float(value) for name, value in _COUNTER.findall(text)}


async def _store_reports(people: list[Person]) -> None:
    await people[0].command("admin create-event", name="Benchmark Open")
    for start in range(0, _REPORTS, _AT_ONCE):
        reports = (
            people[number % len(people)].command(
                "scout", opponent=player_name(number % _PLAYERS), archetype="Jeskai Control"
            )
            for number in range(start, start + _AT_ONCE)
        )
        await asyncio.gather(*reports)


async def print_hits(folder: Path, redis_url: str, *, rate: float, seconds: float) -> None:
    """Load the whole bot, whose cache knows nobody yet, and print how many reads it served."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    sandbox = ("-m", "sandbox", "--host", "127.0.0.1", "--port", str(port))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(
            running(*sandbox, environment={}, log=folder / "sandbox.log")
        )
        await until_listening(port)
        people = [await stack.enter_async_context(Person(base, who)) for who in _PEOPLE]
        bot = await stack.enter_async_context(
            bot_online(
                base,
                person=people[0],
                state_dir=folder / "state",
                log=folder / "bot.log",
                REDIS_URL=redis_url,
            )
        )
        await _store_reports(people)
        before = await _read_counters(bot.drills_url)
        run = await apply_load(people, rate=rate, seconds=seconds, seed=1, names_from=_REPORTS)
        # The cache hears with the next look how the last one ended.
        await people[0].autocomplete("scout", focused="opponent", opponent="ka")
        after = await _read_counters(bot.drills_url)
    hits, misses = (after[name] - before[name] for name in ("hits", "misses"))
    print(f"{run.total} gestures at {run.rate:.0f}/s, {run.failures.total()} failed, "
          f"p95 {run.quantile_ms(0.95):.1f} ms")  # fmt: skip
    print(f"reads served by the cache: {hits:.0f} of {hits + misses:.0f} "
          f"= {hits / max(1.0, hits + misses):.1%}\n")  # fmt: skip


async def _main(folder: Path, rate: float, seconds: float) -> None:
    async with redis_online(folder) as url:
        await print_hits(folder, url, rate=rate, seconds=seconds)
        await print_costs(folder / "calls", url)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50.0, help="gestures per second")
    parser.add_argument("--seconds", type=float, default=60.0, help="of load")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scooty-bench-") as made:
        asyncio.run(_main(Path(made), chosen.rate, chosen.seconds))
