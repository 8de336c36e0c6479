"""Twice as many asks as an actor can answer, each with a deadline of 1 s.

The mailbox is much smaller than deadline x service rate, and drops the oldest when it is full, so
that the actor's time goes to askers that still wait.
"""

from __future__ import annotations

import asyncio
import queue
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pykka
from typing_extensions import override

from actors.kernel import ActorKitError, ActorSystem, AsyncioActor, ChildSpec, Query
from bench.actors.arrivals import Load, serve_arrivals
from bench.actors.line import Effort, Line, LoopKind, Numbers, Row, Side, quantile
from bench.actors.plain import serve_plainly
from bench.actors.stage import perform

if TYPE_CHECKING:
    from actors.kernel import Address

__all__ = ["LINE"]

_SERVICE_S: Final = 0.005
_DEADLINE_S: Final = 1.0
_MAILBOX: Final = 50
_IN_FLIGHT: Final = 20
_SEED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Query[int]):
    """Ask for an answer that takes a while, as a database's would."""


class _Working(AsyncioActor[Work]):
    @override
    async def on_receive(self, message: Work) -> int:
        await asyncio.sleep(_SERVICE_S)
        return 1


class _PlainWorking(pykka.ThreadingActor):
    use_daemon_thread = True  # it will be left with thousands of messages

    @override
    def on_receive(self, message: Any) -> int:
        time.sleep(_SERVICE_S)
        return 1


async def _find_capacity(working: Address, seconds: float) -> float:
    """Return answers a second when there is always something to do, and never too much."""
    answered = 0
    until = time.monotonic() + seconds

    async def keep_asking() -> None:
        nonlocal answered
        while time.monotonic() < until:
            one = await working.ask(Work(), timeout_s=5.0)
            answered += one

    await asyncio.gather(*(keep_asking() for _ in range(_IN_FLIGHT)))
    return answered / seconds


def _measure_ours(kind: LoopKind, seconds: float) -> Numbers:
    latencies: list[float] = []

    def build(_system: ActorSystem) -> list[ChildSpec]:
        return [ChildSpec(name="work", start=_Working, mailbox_size=_MAILBOX, overflow="drop_old")]

    async def score(system: ActorSystem) -> Numbers:
        working = system.address("work")
        capacity = await _find_capacity(working, seconds / 3)

        async def serve(due: float) -> None:
            left_s = due + _DEADLINE_S - time.monotonic()
            try:
                await working.ask(Work(), timeout_s=max(left_s, 0.001))
            except ActorKitError:
                return
            latencies.append(time.monotonic() - due)

        load = Load(rate=2 * capacity, seconds=seconds, seed=_SEED)
        began = time.monotonic()
        await serve_arrivals(load, serve)
        seen_s = time.monotonic() - began
        return _summary(latencies, capacity, seen_s)

    return perform(kind, build, score)


def _find_plain_capacity(working: pykka.ActorRef[Any], seconds: float) -> float:
    in_flight: queue.SimpleQueue[pykka.Future[Any]] = queue.SimpleQueue()
    for _ in range(_IN_FLIGHT):
        in_flight.put(working.ask(Work(), block=False))
    answered = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answered += in_flight.get().get(timeout=5.0)
        in_flight.put(working.ask(Work(), block=False))
    return answered / seconds


def _measure_pykka(seconds: float) -> Numbers:
    working = _PlainWorking.start()
    capacity = _find_plain_capacity(working, seconds / 3)
    load = Load(rate=2 * capacity, seconds=seconds, seed=_SEED)
    began = time.monotonic()
    served, _ = serve_plainly(
        load, lambda: working.ask(Work(), block=False), deadline_s=_DEADLINE_S
    )
    seen_s = time.monotonic() - began
    return _summary([one.ended - one.due for one in served], capacity, seen_s)


def _summary(latencies: list[float], capacity: float, seconds: float) -> Numbers:
    in_time = [latency for latency in latencies if latency <= _DEADLINE_S]
    return {
        "capacity": capacity,
        "answered": len(in_time) / seconds,
        "share": len(in_time) / seconds / capacity,
        "p99": quantile(in_time, 0.99),
    }


def _measure(side: Side, effort: Effort) -> Numbers:
    seconds = 4.0 if effort == "quick" else 12.0
    return _measure_pykka(seconds) if side == "pykka" else _measure_ours(side, seconds)


LINE = Line(
    name="overload",
    measure=_measure,
    rounds=2,
    rows=(
        Row(
            title="2x overload, answered within 1 s",
            goal="at least 85 % of capacity",
            show=lambda numbers: f"{numbers['share']:.0%} of {numbers['capacity']:.0f}/s",
            is_met=lambda numbers, _ratio: numbers["share"] >= 0.85,
        ),
        Row(
            title="2x overload, p99 of those",
            goal="under 300 ms",
            show=lambda numbers: f"{numbers['p99'] * 1e3:.0f} ms",
            is_met=lambda numbers, _ratio: numbers["p99"] < 0.3,
        ),
    ),
)
