"""A request through five actors, each of which asks the next, at 1,000 a second."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, assert_never

import pykka
from typing_extensions import override

from actors.kernel import ActorSystem, Address, AsyncioActor, ChildSpec, Query
from bench.actors.arrivals import Load, describe_calm, serve_arrivals
from bench.actors.line import Effort, Line, LoopKind, Numbers, Row, Side
from bench.actors.plain import serve_plainly
from bench.actors.stage import perform

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
    latencies: list[tuple[float, float]] = []

    async def score(system: ActorSystem) -> Numbers:
        first = system.address("hop1")

        async def serve(due: float) -> None:
            if await first.ask(Pass(number=0), timeout_s=_DEADLINE_S) == _HOPS:
                latencies.append((due, time.monotonic() - due))

        arrivals = await serve_arrivals(load, serve)
        return arrivals.summarize(latencies)

    return perform(kind, _chain, score)


def _measure_pykka(load: Load) -> Numbers:
    chain: list[pykka.ActorRef[Any]] = []
    for _ in range(_HOPS):
        chain.append(_PlainPassing.start(chain[-1] if chain else None))
    latencies, arrivals = serve_plainly(
        load, lambda: chain[-1].ask(Pass(number=0), block=False), deadline_s=_DEADLINE_S
    )
    pykka.ActorRegistry.stop_all()
    return arrivals.summarize(latencies)


def _measure(side: Side, effort: Effort) -> Numbers:
    load = Load(rate=_RATE, seconds=2.0 if effort == "quick" else 5.0)
    return _measure_pykka(load) if side == "pykka" else _measure_ours(side, load)


def _notes(numbers: Numbers) -> list[str]:
    return [f"p50 {numbers['p50'] * 1e3:.2f} ms; {describe_calm(numbers)}"]


LINE = Line(
    name="hops",
    measure=_measure,
    rounds=5,
    rows=(
        Row(
            title="5 hops at 1,000/s, p99",
            goal="at most 0.5 of Pykka's",
            show=lambda numbers: f"{numbers['p99'] * 1e3:.2f} ms",
            ratio=lambda ours, plain: ours["p99"] / plain["p99"],
            is_met=lambda numbers, ratio: ratio <= 0.5 and not numbers["unanswered"],
        ),
    ),
    notes=_notes,
)
