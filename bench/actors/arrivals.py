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
from typing import TYPE_CHECKING, Final, NamedTuple

from bench.actors.line import quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence
    from typing import Any

    from bench.actors.line import Numbers

__all__ = ["Arrivals", "Load", "Served", "describe_calm", "serve_arrivals"]

_ARRIVAL: Final = struct.Struct("<dd")  # when it was due, when it was sent
_LEAD_S: Final = 0.2
_LATE_S: Final = 0.001
_WINDOW_S: Final = 0.05
_ENOUGH: Final = 300  # for a p99


class Served(NamedTuple):
    """When a request was due, when an actor was asked, and when the reply was there."""

    due: float
    began: float
    ended: float


class Arrivals:
    """What comes from the generator, and how late it came.

    The generator sleeps and writes, nothing else, so that it is late says that other work kept
    the machine busy then.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.count = 0
        self._disturbed: set[int] = set()
        """Windows of time in which the generator was late."""

    def read(self) -> list[float]:
        """Return when those that have arrived were due, after at least one has; none at the end."""
        block = os.read(self.descriptor, _ARRIVAL.size * 256)
        while len(block) % _ARRIVAL.size:
            block += os.read(self.descriptor, _ARRIVAL.size - len(block) % _ARRIVAL.size)
        arrived = list(_ARRIVAL.iter_unpack(block))
        for due, sent in arrived:
            self.count += 1
            if sent - due > _LATE_S:
                self._disturbed.update(range(_window(due) - 1, _window(sent) + 2))
        return [due for due, _ in arrived]

    def __iter__(self) -> Iterator[float]:
        """Yield when each was due, as it arrives; blocks in between."""
        while block := self.read():
            yield from block

    def summarize(self, served: Sequence[Served]) -> Numbers:
        """Return p50 and p99 of undisturbed times, if there are enough of them.

        ``p50`` and ``p99`` count from when a request was due, ``ask_p99`` from when an actor was
        asked. ``calm`` is the share of the requests in undisturbed times; a run with too few of
        them is ``disturbed``, and then all its requests are taken.
        """
        calm = [one for one in served if _window(one.due) not in self._disturbed]
        counted = calm if len(calm) >= _ENOUGH else served
        latencies = [one.ended - one.due for one in counted]
        return {
            "p50": quantile(latencies, 0.5),
            "p99": quantile(latencies, 0.99),
            "ask_p99": quantile([one.ended - one.began for one in counted], 0.99),
            "calm": len(calm) / max(1, len(served)),
            "disturbed": float(len(calm) < _ENOUGH),
            "unanswered": self.count - len(served),
        }


def describe_calm(numbers: Numbers) -> str:
    """Say how much of a run others left undisturbed."""
    return f"{numbers['calm']:.0%} of the requests in times that others left undisturbed"


def _window(moment: float) -> int:
    return int(moment / _WINDOW_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many requests a second, for how long, and with which random gaps, if any."""

    rate: float
    seconds: float
    seed: int | None = None

    @contextmanager
    def open(self) -> Iterator[Arrivals]:
        """Start the generator."""
        words = [str(self.rate), str(self.seconds)]
        if self.seed is not None:
            words.append(str(self.seed))
        with subprocess.Popen(
            [sys.executable, "-m", "bench.actors.arrivals", *words], stdout=subprocess.PIPE
        ) as process:
            if process.stdout is None:
                raise RuntimeError("the generator has no output")
            yield Arrivals(process.stdout.fileno())


async def serve_arrivals(
    load: Load,
    serve: Callable[[float], Coroutine[Any, Any, None]],
    *,
    settle_s: float | None = None,
) -> Arrivals:
    """Start ``serve(due)`` as a task for each arrival, on this loop, and wait for all of them.

    Args:
        load: the arrivals.
        serve: what is done for each, given the moment at which it was due.
        settle_s: how long to wait after the last arrival; what is not done then is cancelled.

    Returns:
        The arrivals, for how late they were.
    """
    tasks: set[asyncio.Task[None]] = set()

    def begin(due: float) -> None:
        task = asyncio.create_task(serve(due))
        tasks.add(task)
        task.add_done_callback(forget)

    def forget(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is None:
            tasks.discard(task)

    with load.open() as arrivals:
        await _take_all(arrivals, begin)
    done, late = await asyncio.wait(tasks, timeout=settle_s) if tasks else (set(), set())
    for task in late:
        task.cancel()
    for task in done:
        task.result()
    return arrivals


async def _take_all(arrivals: Arrivals, begin: Callable[[float], None]) -> None:
    loop = asyncio.get_running_loop()
    is_over: asyncio.Future[None] = loop.create_future()

    def take() -> None:
        block = arrivals.read()
        for due in block:
            begin(due)
        if not block:
            loop.remove_reader(arrivals.descriptor)
            is_over.set_result(None)

    loop.add_reader(arrivals.descriptor, take)
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
        os.write(sys.stdout.fileno(), _ARRIVAL.pack(due, time.monotonic()))


if __name__ == "__main__":
    given = sys.argv[1:]
    _main(float(given[0]), float(given[1]), int(given[2]) if given[2:] else None)
