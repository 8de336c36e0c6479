"""A request through five actors, each of which asks the next, at 1,000 a second."""

from __future__ import annotations

import asyncio
import importlib.util
import time
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, assert_never

import pykka
from typing_extensions import override

from actors.kernel import ActorSystem, Address, AsyncioActor, ChildSpec, Query
from bench.actors.arrivals import Load, Served, describe_calm, serve_arrivals
from bench.actors.line import OURS, Effort, Line, LoopKind, Numbers, Row, Side
from bench.actors.plain import serve_plainly
from bench.actors.stage import loop_factory, perform

__all__ = ["LINE"]

_HOPS: Final = 5
_RATE: Final = 1000.0
_DEADLINE_S: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass(Query[int]):
    """Ask for ``number``, plus one for every actor on the way."""

    number: int


class _Passing(AsyncioActor[Pass]):
    def __init__(self, following: Address | None) -> None:
        super().__init__()
        self._following = following

    @override
    async def on_receive(self, message: Pass) -> int:
        match message:
            case Pass(number=number):
                if self._following is None:
                    return number + 1
                return await self._following.ask(Pass(number=number + 1), timeout_s=_DEADLINE_S)
            case _:
                assert_never(message)


class _PlainPassing(pykka.ThreadingActor):
    def __init__(self, following: pykka.ActorRef[Any] | None) -> None:
        super().__init__()
        self._following = following

    @override
    def on_receive(self, message: Any) -> Any:
        match message:
            case Pass(number=number):
                if self._following is None:
                    return number + 1
                return self._following.ask(Pass(number=number + 1), timeout=_DEADLINE_S)
            case _:
                raise TypeError(type(message).__name__)


def _chain(system: ActorSystem) -> list[ChildSpec]:
    following: Address | None = None
    specs = []
    for number in range(_HOPS, 0, -1):
        name = f"hop{number}"
        specs.append(
            ChildSpec(
                name=name, start=partial(_Passing, following), mailbox_size=1000, concurrency=50
            )
        )
        following = system.address(name)
    return specs


def _measure_ours(kind: LoopKind, load: Load) -> Numbers:
    served: list[Served] = []

    async def score(system: ActorSystem) -> Numbers:
        first = system.address("hop1")

        async def serve(due: float) -> None:
            began = time.monotonic()
            if await first.ask(Pass(number=0), timeout_s=_DEADLINE_S) == _HOPS:
                served.append(Served(due, began, time.monotonic()))

        arrivals = await serve_arrivals(load, serve)
        return arrivals.summarize(served)

    return perform(kind, _chain, score)


def _start_plain_chain() -> pykka.ActorRef[Any]:
    following = None
    for _ in range(_HOPS):
        following = _PlainPassing.start(following)
    if following is None:
        raise RuntimeError("a chain has at least one actor")
    return following


def _measure_pykka(load: Load) -> Numbers:
    """Measure from a coroutine, as ours, on the better of both loops; and from threads."""
    first = _start_plain_chain()
    kinds = [kind for kind in OURS if kind == "asyncio" or importlib.util.find_spec("uvloop")]
    runs = [_measure_through_executor(first, kind, load) for kind in kinds]
    served, arrivals = serve_plainly(
        load, lambda: first.ask(Pass(number=0), block=False), deadline_s=_DEADLINE_S
    )
    lean = arrivals.summarize(served)
    pykka.ActorRegistry.stop_all()
    best = min(runs, key=lambda run: (run["disturbed"], run["p99"]))
    return {**best, "lean_p50": lean["p50"], "lean_p99": lean["p99"]}


def _measure_through_executor(first: pykka.ActorRef[Any], kind: LoopKind, load: Load) -> Numbers:
    served: list[Served] = []

    def ask() -> Any:
        return first.ask(Pass(number=0), timeout=_DEADLINE_S)

    async def serve(due: float) -> None:
        began = time.monotonic()
        if await asyncio.get_running_loop().run_in_executor(None, ask) == _HOPS:
            served.append(Served(due, began, time.monotonic()))

    with asyncio.Runner(loop_factory=loop_factory(kind)) as runner:
        return runner.run(serve_arrivals(load, serve)).summarize(served)


def _measure(side: Side, _effort: Effort) -> Numbers:
    load = Load(rate=_RATE, seconds=1.5)
    return _measure_pykka(load) if side == "pykka" else _measure_ours(side, load)


def _notes(numbers: Numbers) -> list[str]:
    lean = f" (from threads {_ms(numbers['lean_p50'])})" if "lean_p50" in numbers else ""
    return [f"p50 {_ms(numbers['p50'])}{lean}; {describe_calm(numbers)}"]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def _lean_p99(numbers: Numbers) -> float:
    return numbers.get("lean_p99", numbers["p99"])


LINE = Line(
    name="hops",
    measure=_measure,
    rounds=15,
    rows=(
        Row(
            title="5 hops at 1,000/s, p99",
            goal="at most 0.5 of Pykka's",
            show=lambda numbers: _ms(numbers["p99"]),
            ratio=lambda ours, plain: ours["p99"] / plain["p99"],
            is_met=lambda numbers, ratio: ratio <= 0.5 and not numbers["unanswered"],
        ),
        Row(
            title="the same, Pykka's asked from a thread",
            goal="none set",
            show=lambda numbers: _ms(_lean_p99(numbers)),
            ratio=lambda ours, plain: ours["p99"] / plain["lean_p99"],
        ),
    ),
    notes=_notes,
)
