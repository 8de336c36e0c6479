"""Asks from a coroutine, one after the other, in an idle system."""

from __future__ import annotations

import asyncio
import importlib.util
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, assert_never

import pykka
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, Query
from bench.actors.line import OURS, Effort, Line, LoopKind, Numbers, Row, Side, quantile
from bench.actors.stage import loop_factory, perform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["LINE", "Echo", "Echoing", "PlainEchoing"]

_WARM_UP: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo(Query[int]):
    """Ask for the same number."""

    number: int


def _answer(message: Echo) -> int:
    match message:
        case Echo(number=number):
            return number
        case _:
            assert_never(message)


class Echoing(AsyncioActor[Echo]):
    """Ours."""

    @override
    async def on_receive(self, message: Echo) -> int:
        return _answer(message)


class PlainEchoing(pykka.ThreadingActor):
    """Pykka's."""

    @override
    def on_receive(self, message: Any) -> int:
        return _answer(message)


async def _time_asks(ask: Callable[[int], Awaitable[int]], total: int) -> Numbers:
    for number in range(_WARM_UP):
        await ask(number)
    seconds = []
    for number in range(total):
        began = time.perf_counter()
        await ask(number)
        seconds.append(time.perf_counter() - began)
    return {"p50": quantile(seconds, 0.5), "p99": quantile(seconds, 0.99)}


def _measure_ours(kind: LoopKind, total: int) -> Numbers:
    async def score(system: ActorSystem) -> Numbers:
        echoing = system.address("echo")
        return await _time_asks(
            lambda number: echoing.ask(Echo(number=number), timeout_s=5.0), total
        )

    return perform(kind, lambda _system: [ChildSpec(name="echo", start=Echoing)], score)


def _measure_pykka(total: int) -> Numbers:
    """Take the better of both loops, since the executor's reply comes over the loop."""
    kinds = [kind for kind in OURS if kind == "asyncio" or importlib.util.find_spec("uvloop")]
    runs = [_measure_pykka_on(kind, total) for kind in kinds]
    return min(runs, key=lambda run: run["p50"])


def _measure_pykka_on(kind: LoopKind, total: int) -> Numbers:
    echoing = PlainEchoing.start()

    async def score() -> Numbers:
        loop = asyncio.get_running_loop()

        def ask_blocking(number: int) -> Any:
            return echoing.ask(Echo(number=number), timeout=5.0)

        def ask(number: int) -> Awaitable[int]:
            return loop.run_in_executor(None, ask_blocking, number)

        return await _time_asks(ask, total)

    with asyncio.Runner(loop_factory=loop_factory(kind)) as runner:
        numbers = runner.run(score())
    echoing.stop()
    return numbers


def _measure(side: Side, effort: Effort) -> Numbers:
    total = 3_000 if effort == "quick" else 10_000
    return _measure_pykka(total) if side == "pykka" else _measure_ours(side, total)


LINE = Line(
    name="ask",
    measure=_measure,
    rounds=7,
    rows=(
        Row(
            title="ask from a coroutine, idle, p50",
            goal="at most 0.35 of Pykka's",
            show=lambda numbers: f"{numbers['p50'] * 1e6:.1f} us",
            ratio=lambda ours, plain: ours["p50"] / plain["p50"],
            is_met=lambda _numbers, ratio: ratio <= 0.35,
        ),
    ),
)
