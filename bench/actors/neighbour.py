"""Asks of an actor on the loop while another one, in a thread, never lets go of the processor."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Any, Final

import pykka
from typing_extensions import override

from actors.kernel import ActorSystem, ChildSpec, Message, ThreadActor
from bench.actors.arrivals import Load, Served, describe_calm, serve_arrivals
from bench.actors.ask import Echo, Echoing, PlainEchoing
from bench.actors.line import Effort, Line, LoopKind, Numbers, Row, Side
from bench.actors.plain import serve_plainly
from bench.actors.stage import perform

__all__ = ["LINE"]

_RATE: Final = 300.0
_DEADLINE_S: Final = 5.0
_SWITCH_S: Final = 0.001
_PORTION: Final = 100_000  # about 10 ms of pure Python


@dataclass(frozen=True, slots=True, kw_only=True)
class Crunch(Message):
    """Work through one more portion, then tell yourself to go on."""


class _Appetite:
    """How much processor time the neighbour got."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        self.is_sated = False

    def crunch(self) -> None:
        total = 0
        for number in range(_PORTION):
            total += number * number
        self.cpu_s = time.thread_time()


class _Hungry(ThreadActor[Crunch]):
    def __init__(self, appetite: _Appetite) -> None:
        super().__init__()
        self._appetite = appetite

    @override
    def on_start(self) -> None:
        self.address.tell(Crunch())

    @override
    def on_receive(self, message: Crunch) -> None:
        self._appetite.crunch()
        self.address.tell(message)


class _PlainHungry(pykka.ThreadingActor):
    use_daemon_thread = True

    def __init__(self, appetite: _Appetite) -> None:
        super().__init__()
        self._appetite = appetite

    @override
    def on_receive(self, message: Any) -> None:
        self._appetite.crunch()
        if not self._appetite.is_sated:
            self.actor_ref.tell(message)


def _measure_ours(kind: LoopKind, load: Load) -> Numbers:
    appetite = _Appetite()
    served: list[Served] = []

    def build(_system: ActorSystem) -> list[ChildSpec]:
        return [
            ChildSpec(name="echo", start=Echoing, mailbox_size=1000),
            ChildSpec(name="hungry", start=lambda: _Hungry(appetite)),
        ]

    async def score(system: ActorSystem) -> Numbers:
        echoing = system.address("echo")

        async def serve(due: float) -> None:
            began = time.monotonic()
            await echoing.ask(Echo(number=1), timeout_s=_DEADLINE_S)
            served.append(Served(due, began, time.monotonic()))

        arrivals = await serve_arrivals(load, serve)
        numbers = arrivals.summarize(served)
        numbers["neighbour"] = appetite.cpu_s / load.seconds
        return numbers

    return perform(kind, build, score)


def _measure_pykka(load: Load) -> Numbers:
    sys.setswitchinterval(_SWITCH_S)  # the same favour
    appetite = _Appetite()
    echoing = PlainEchoing.start()
    hungry = _PlainHungry.start(appetite)
    hungry.tell(Crunch())
    served, arrivals = serve_plainly(
        load, lambda: echoing.ask(Echo(number=1), block=False), deadline_s=_DEADLINE_S
    )
    appetite.is_sated = True
    numbers = arrivals.summarize(served)
    numbers["neighbour"] = appetite.cpu_s / load.seconds
    pykka.ActorRegistry.stop_all()
    return numbers


def _measure(side: Side, _effort: Effort) -> Numbers:
    load = Load(rate=_RATE, seconds=2.5)
    return _measure_pykka(load) if side == "pykka" else _measure_ours(side, load)


def _notes(numbers: Numbers) -> list[str]:
    return [
        f"p50 from when it was due {_ms(numbers['p50'])}; {describe_calm(numbers)}",
        f"the neighbour got {numbers['neighbour']:.0%} of a core",
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


LINE = Line(
    name="neighbour",
    measure=_measure,
    rounds=9,
    rows=(
        Row(
            title="ask beside a CPU-hungry thread actor, p99",
            goal="under 3 ms",
            show=lambda numbers: _ms(numbers["ask_p99"]),
            is_met=lambda numbers, _ratio: numbers["ask_p99"] < 0.003 and not numbers["unanswered"],
        ),
        Row(
            title="the same, from when its request was due",
            goal="none set",
            show=lambda numbers: _ms(numbers["p99"]),
        ),
    ),
    notes=_notes,
)
