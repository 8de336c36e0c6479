"""Load the whole bot and a bare discord.py bot alike, and print both beside the goals.

    make bench                      # or: make bench ARGS="--seconds 5 --rates 100,200"

Sandbox, bot, PostgreSQL and this load generator share the machine, as in the earlier bot's
measurement. Nothing leaves loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import deque
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.load import MIX, STATS_MIX, LoadResult, apply_load, player_name
from bench.processes import (
    Footprint,
    bot_environment,
    free_port,
    running,
    take_footprint,
    until_listening,
)
from sandbox import demo
from sandbox.client import Person

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Sequence

    from bench.load import Gesture

_STORED_REPORTS: Final = 1000
_STORED_PLAYERS: Final = 400
_FAILED_GOAL: Final = 0.01
_PEOPLE: Final = (demo.CAMILLE, demo.SAM, demo.ROBIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was seen of one bot."""

    name: str
    ready_s: float
    idle: Footprint
    after: Footprint
    runs: tuple[LoadResult, ...]
    cpu_ms: tuple[float, ...]
    """Of the bot's process a gesture, in each of ``runs``."""

    @property
    def sustained(self) -> float:
        """The highest rate with under 1 % failed, or 0."""
        return max((run.rate for run in self.runs if run.failed_share < _FAILED_GOAL), default=0.0)


@asynccontextmanager
async def sandboxed(folder: Path, name: str, *bot: str) -> AsyncIterator[_Stage]:
    """Run a sandbox and a bot against it until the bot is online."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(
            running(
                *("-m", "sandbox", "--host", "127.0.0.1", "--port", str(port)),
                environment={},
                log=folder / f"{name}-sandbox.log",
            )
        )
        await until_listening(port)
        people = [await stack.enter_async_context(Person(base, who)) for who in _PEOPLE]
        environment = bot_environment(discord_base=base, state_dir=folder / "state")
        arguments = [argument.replace("{base}", base) for argument in bot]
        started_at = time.perf_counter()
        process = await stack.enter_async_context(
            running(*arguments, environment=environment, log=folder / f"{name}.log")
        )
        await people[0].wait_until_online(timeout_s=60)
        yield _Stage(process, people, time.perf_counter() - started_at)


@dataclass(frozen=True, slots=True)
class _Stage:
    process: Process
    people: Sequence[Person]
    ready_s: float


async def measure(  # noqa: PLR0913, PLR0917 - which bot, and what it bears
    folder: Path,
    name: str,
    bot: Sequence[str],
    rates: Sequence[float],
    seconds: float,
    mix: tuple[tuple[Gesture, float], ...] = MIX,
) -> Measured:
    """Load one bot at each of ``rates`` until it fails."""
    async with sandboxed(folder, name, *bot) as stage:
        idle = take_footprint(stage.process.pid)
        runs: list[LoadResult] = []
        cpu_ms: list[float] = []
        search = _Search(rates)
        while (rate := search.next_rate()) is not None:
            before = take_footprint(stage.process.pid)
            run = await apply_load(
                stage.people,
                rate=rate,
                seconds=seconds,
                seed=len(runs),
                names_from=_STORED_PLAYERS + 100_000 * (len(runs) + (0 if mix is MIX else 100)),
                mix=mix,
            )
            spent_s = take_footprint(stage.process.pid).bot_cpu_s - before.bot_cpu_s
            cpu_ms.append(spent_s * 1000 / run.total)
            print(_describe(name, rate, run, cpu_ms[-1]), flush=True)
            runs.append(run)
            search.note(rate, held=run.failed_share < _FAILED_GOAL)
        after = take_footprint(stage.process.pid)
    return Measured(
        name=name,
        ready_s=stage.ready_s,
        idle=idle,
        after=after,
        runs=tuple(runs),
        cpu_ms=tuple(cpu_ms),
    )


class _Search:
    """Goes up the rates until one fails, then halves what lies between, three times.

    Few rates: what is reported at one of them is in the database of the next.
    """

    def __init__(self, rates: Sequence[float]) -> None:
        self._coming = deque(rates)
        self._best = 0.0
        self._failed: float | None = None
        self._halvings = 3

    def next_rate(self) -> float | None:
        """Return the rate to try now, None at the end."""
        if self._failed is None:
            return self._coming.popleft() if self._coming else None
        if not self._halvings:
            return None
        self._halvings -= 1
        return (self._best + self._failed) / 2

    def note(self, rate: float, *, held: bool) -> None:
        """Say how it went."""
        if held:
            self._best = rate
        else:
            self._failed = rate


async def store_reports(folder: Path) -> None:
    """Have the bot store the reports that the load looks up."""
    async with sandboxed(folder, "filling", "-m", "scooty", "run") as stage:
        captain = stage.people[0]
        created = await captain.command("admin create-event", name="Benchmark Open")
        if not created.ok:
            raise SystemExit(f"The event could not be created: {created.error}")
        for start in range(0, _STORED_REPORTS, 50):
            await asyncio.gather(
                *(
                    stage.people[number % 3].command(
                        "scout",
                        opponent=player_name(number % _STORED_PLAYERS),
                        archetype="Jeskai Control",
                    )
                    for number in range(start, start + 50)
                )
            )


def _describe(name: str, rate: float, run: LoadResult, cpu_ms: float) -> str:
    reasons = ", ".join(f"{count} x {reason}" for reason, count in run.failures.most_common(3))
    return (
        f"{name:>9} at {rate:>5.0f}/s (did {run.rate:>5.0f}/s)  "
        f"p50 {run.quantile_ms(0.5):>6.1f}  p95 {run.quantile_ms(0.95):>6.1f}  "
        f"p99 {run.quantile_ms(0.99):>6.1f} ms  CPU {cpu_ms:.2f} ms  "
        f"failed {run.failed_share:>6.2%}  {reasons}"
    )


def _by_gesture(run: LoadResult) -> str:
    return "  ".join(
        f"{gesture} {run.quantile_ms(0.95, gesture):.1f}" for gesture in sorted(run.latencies_ms)
    )


def _cpu_ms(scooty: Measured, bare: Measured) -> tuple[float, float]:
    """Return what a gesture cost each of them at the highest rate that both held on the way up."""
    spent = scooty.cpu_ms[0], bare.cpu_ms[0]
    for ours, theirs, *cpu_ms in zip(
        scooty.runs, bare.runs, scooty.cpu_ms, bare.cpu_ms, strict=False
    ):
        if max(ours.failed_share, theirs.failed_share) >= _FAILED_GOAL:
            break
        spent = cpu_ms[0], cpu_ms[1]
    return spent


def _report(scooty: Measured, bare: Measured, counting: Sequence[Measured]) -> None:
    at_100 = scooty.runs[0]
    ratio = scooty.sustained / max(bare.sustained, 1)
    cpu_ms, bare_cpu_ms = _cpu_ms(scooty, bare)
    times = cpu_ms / max(bare_cpu_ms, 0.001)
    counted, bare_counted = (each.sustained for each in counting)
    counting_ratio = counted / max(bare_counted, 1)
    rows = [
        ("ready at a second start", f"{scooty.ready_s:.2f} s", "under 1.5 s", scooty.ready_s < 1.5),
        ("idle, bot", f"{scooty.idle.bot_mib:.0f} MiB", "under 100 MiB", scooty.idle.bot_mib < 100),
        ("idle, PostgreSQL", f"{scooty.idle.postgres_mib:.0f} MiB", "under 40 MB",
         scooty.idle.postgres_mib < 38),
        ("p95 at 100/s", f"{at_100.quantile_ms(0.95):.1f} ms", "under 50 ms",
         at_100.quantile_ms(0.95) < 50),
        ("failed at 100/s", f"{at_100.failed_share:.2%}", "0 %", at_100.failed_share == 0),
        ("sustained rate", f"{scooty.sustained:.0f}/s", "at least 400/s", scooty.sustained >= 400),
        ("of the bare bot's", f"{ratio:.2f} of {bare.sustained:.0f}/s", "at least 0.65",
         ratio >= 0.65),
        ("CPU a gesture, of the bare", f"{times:.2f} x {bare_cpu_ms:.2f} ms", "at most 1.6",
         times <= 1.6),
        ("with 10 % /stats, of the bare", f"{counting_ratio:.2f} of {bare_counted:.0f}/s",
         "at least 0.5", counting_ratio >= 0.5),
    ]  # fmt: skip
    print(f"\np95 by gesture at 100/s, ms: {_by_gesture(at_100)}")
    print(f"after load: bot {scooty.after.bot_mib:.0f} MiB, "
          f"PostgreSQL {scooty.after.postgres_mib:.0f} MiB\n")  # fmt: skip
    for what, seen, goal, met in rows:
        print(f"{what:<30}{seen:>16}   {goal:<16}{'met' if met else 'MISSED'}")


async def _main(rates: Sequence[float], seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="scooty-bench-") as name:
        folder = Path(name)
        await store_reports(folder)
        ours, theirs = ("-m", "scooty", "run"), ("-m", "bench.bare_bot", "{base}")
        scooty = await measure(folder, "scooty", ours, rates, seconds)
        bare = await measure(folder, "bare bot", theirs, rates, seconds)
        print("\nwith 10 % /stats:")
        counting = [
            await measure(folder, "scooty", ours, rates, seconds, STATS_MIX),
            await measure(folder, "bare bot", theirs, rates, seconds, STATS_MIX),
        ]
    _report(scooty, bare, counting)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="of load at each rate")
    parser.add_argument("--rates", default="100,400,700,1000,1500,2000,2500")
    chosen = parser.parse_args()
    asyncio.run(_main([float(rate) for rate in chosen.rates.split(",")], chosen.seconds))
