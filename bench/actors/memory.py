"""Thousands of idle actors: what each of them costs in memory and threads."""

from __future__ import annotations

import gc
import threading
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

import psutil  # type: ignore[import-untyped] # its stubs are one more package
import pykka

from actors.kernel import ActorSystem, ChildSpec
from bench.actors.ask import Echo, Echoing, PlainEchoing
from bench.actors.line import Effort, Line, LoopKind, Numbers, Row, Side
from bench.actors.stage import perform

__all__ = ["LINE"]

_KIB: Final = 1024
_GOAL: Final = 12 * _KIB
_OF_THE_SYSTEM: Final = frozenset({"actor-supervisor", "actor-watchdog"})
"""Threads of every system, however many actors it has."""


class _Scales:
    """Weighs this process twice; by its own allocations if ``traced``, else its resident set."""

    def __init__(self, *, traced: bool) -> None:
        self._process = psutil.Process()
        if traced:
            tracemalloc.start()
        self._before = self._weigh()

    def _weigh(self) -> int:
        gc.collect()
        if tracemalloc.is_tracing():
            return tracemalloc.get_traced_memory()[0]
        resident: int = self._process.memory_info().rss
        return resident

    def read(self, count: int) -> Numbers:
        """Return the growth for each of ``count`` actors, and the threads that they have."""
        grown = self._weigh() - self._before
        others = [thread.name for thread in threading.enumerate() if _is_of_actors(thread)]
        return {"bytes": grown / count, "threads": len(others)}


def _is_of_actors(thread: threading.Thread) -> bool:
    is_of_system = thread is threading.main_thread() or thread.name in _OF_THE_SYSTEM
    # The guard of a system that ended a moment ago is a cancelled timer on its way out.
    return not is_of_system and not isinstance(thread, threading.Timer)


def _weigh_ours(kind: LoopKind, count: int, traced: bool) -> Numbers:  # noqa: FBT001 - called by position, in another process
    _answer_in_turn(kind, 1)  # so that modules, loops and threads are there already
    scales = _Scales(traced=traced)
    return _answer_in_turn(kind, count, scales)


def _answer_in_turn(kind: LoopKind, count: int, scales: _Scales | None = None) -> Numbers:
    names = [f"idle{number}" for number in range(count)]

    async def score(system: ActorSystem) -> Numbers:
        for number, name in enumerate(names):
            await system.address(name).ask(Echo(number=number), timeout_s=60.0)
        return scales.read(count) if scales is not None else {}

    def build(_system: ActorSystem) -> list[ChildSpec]:
        return [ChildSpec(name=name, start=Echoing, start_timeout_s=60.0) for name in names]

    return perform(kind, build, score)


def _weigh_pykka(count: int, traced: bool) -> Numbers:  # noqa: FBT001 - the same
    PlainEchoing.start().stop()
    scales = _Scales(traced=traced)
    idle = [PlainEchoing.start() for _ in range(count)]
    for number, actor in enumerate(idle):
        actor.ask(Echo(number=number), timeout=60.0)
    numbers = scales.read(count)
    pykka.ActorRegistry.stop_all()
    return numbers


def _measure(side: Side, effort: Effort) -> Numbers:
    count = 1_000 if effort == "quick" else 3_000
    runs = []
    for traced in (False, True):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            if side == "pykka":
                runs.append(fresh.submit(_weigh_pykka, count, traced).result())
            else:
                runs.append(fresh.submit(_weigh_ours, side, count, traced).result())
    resident, allocated = runs
    return {
        "actors": count,
        "resident": resident["bytes"],
        "allocated": allocated["bytes"],
        "threads": resident["threads"],
    }


def _heavier(numbers: Numbers) -> float:
    return max(numbers["resident"], numbers["allocated"])


def _notes(numbers: Numbers) -> list[str]:
    resident, allocated = numbers["resident"] / _KIB, numbers["allocated"] / _KIB
    return [
        (
            f"{numbers['actors']:.0f} actors: {resident:.1f} KiB each of resident memory,"
            f" {allocated:.1f} KiB each of Python's allocations"
        )
    ]


LINE = Line(
    name="memory",
    measure=_measure,
    rows=(
        Row(
            title="memory of an idle actor, asked once",
            goal="at most 12 KiB",
            show=lambda numbers: f"{_heavier(numbers) / _KIB:.1f} KiB",
            is_met=lambda numbers, _ratio: _heavier(numbers) <= _GOAL,
        ),
        Row(
            title="threads of all idle actors",
            goal="none",
            show=lambda numbers: f"{numbers['threads']:.0f}",
            is_met=lambda numbers, _ratio: not numbers["threads"],
        ),
    ),
    notes=_notes,
)
