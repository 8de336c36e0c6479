"""An open load: requests arrive when they are due, whether or not the last one was answered.

They come from a process of its own over a pipe, as a network's would, so that the generator
neither waits for the measured process nor fights with it for the interpreter. Each is the moment
it was due, and latency counts from then: a generator that comes late shows as latency, never as
a lower rate ("coordinated omission").

    python -m bench.actors.arrivals RATE SECONDS [SEED]

With a seed, the gaps are random (Poisson); without one, even.
"""

from __future__ import annotations

import asyncio
import os
import random
import struct
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from typing import Any

__all__ = ["Load", "read_arrivals", "serve_arrivals"]

_MOMENT: Final = struct.Struct("<d")
_LEAD_S: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many requests a second, for how long, and with which random gaps, if any."""

    rate: float
    seconds: float
    seed: int | None = None

    @contextmanager
    def open(self) -> Iterator[int]:
        """Start the generator; yields the file descriptor its moments come from."""
        words = [str(self.rate), str(self.seconds)]
        if self.seed is not None:
            words.append(str(self.seed))
        with subprocess.Popen(
            [sys.executable, "-m", "bench.actors.arrivals", *words], stdout=subprocess.PIPE
        ) as process:
            if process.stdout is None:
                raise RuntimeError("the generator has no output")
            yield process.stdout.fileno()


def read_arrivals(descriptor: int) -> Iterator[float]:
    """Yield each moment as it arrives; blocks in between."""
    while block := _read(descriptor):
        for (due,) in _MOMENT.iter_unpack(block):
            yield due


def _read(descriptor: int) -> bytes:
    block = os.read(descriptor, _MOMENT.size * 512)
    while len(block) % _MOMENT.size:
        block += os.read(descriptor, _MOMENT.size - len(block) % _MOMENT.size)
    return block


async def serve_arrivals(
    load: Load,
    serve: Callable[[float], Coroutine[Any, Any, None]],
    *,
    settle_s: float | None = None,
) -> list[float]:
    """Start ``serve(due)`` as a task for each arrival, on this loop, and wait for all of them.

    Args:
        load: the arrivals.
        serve: what is done for each, given the moment at which it was due.
        settle_s: how long to wait after the last arrival; what is not done then is cancelled.

    Returns:
        How late each arrival was when it was taken, in seconds: what the machine's sleep, the
        pipe and the wake-up of the loop cost before anything that is measured begins.
    """
    lateness: list[float] = []
    tasks: set[asyncio.Task[None]] = set()

    def begin(due: float, now: float) -> None:
        lateness.append(now - due)
        task = asyncio.create_task(serve(due))
        tasks.add(task)
        task.add_done_callback(forget)

    def forget(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is None:
            tasks.discard(task)

    with load.open() as descriptor:
        await _take_all(descriptor, begin)
    done, late = await asyncio.wait(tasks, timeout=settle_s) if tasks else (set(), set())
    for task in late:
        task.cancel()
    for task in done:
        task.result()
    return lateness


async def _take_all(descriptor: int, begin: Callable[[float, float], None]) -> None:
    loop = asyncio.get_running_loop()
    is_over: asyncio.Future[None] = loop.create_future()

    def take() -> None:
        block = _read(descriptor)
        now = time.monotonic()
        for (due,) in _MOMENT.iter_unpack(block):
            begin(due, now)
        if not block:
            loop.remove_reader(descriptor)
            is_over.set_result(None)

    loop.add_reader(descriptor, take)
    await is_over


def _sleep_exactly() -> None:
    """Ask Linux not to add its usual 50 us to a sleep.

    Source: proc_pid_timerslack_ns(5).
    """
    with suppress(OSError):
        Path("/proc/self/timerslack_ns").write_text("1", encoding="ascii")


def _main(rate: float, seconds: float, seed: int | None) -> None:
    randomness = random.Random(seed)  # noqa: S311 - a load, not a secret
    _sleep_exactly()
    due = time.monotonic() + _LEAD_S
    for _ in range(int(rate * seconds)):
        due += 1.0 / rate if seed is None else randomness.expovariate(rate)
        if (pause := due - time.monotonic()) > 0:
            time.sleep(pause)
        os.write(sys.stdout.fileno(), _MOMENT.pack(due))


if __name__ == "__main__":
    given = sys.argv[1:]
    _main(float(given[0]), float(given[1]), int(given[2]) if given[2:] else None)
