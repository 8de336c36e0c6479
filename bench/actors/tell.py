"""Tells in a row to one actor, until the last one is handled."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, assert_never

import pykka
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, Message
from bench.actors.line import Effort, Line, LoopKind, Numbers, Row, Side
from bench.actors.stage import perform

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LINE"]

_MAILBOX: Final = 1000
_BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Message):
    """Count ``amount`` more."""

    amount: int


class _Tally:
    """Counts on the actor's side; calls ``when_full`` at ``total``."""

    def __init__(self, total: int, when_full: Callable[[], None]) -> None:
        self.count = 0
        self._total = total
        self._when_full = when_full

    def take(self, message: Add) -> None:
        match message:
            case Add(amount=amount):
                self.count += amount
                if self.count == self._total:
                    self._when_full()
            case _:
                assert_never(message)


class _Counter(AsyncioActor[Add]):
    def __init__(self, tally: _Tally) -> None:
        super().__init__()
        self._tally = tally

    @override
    async def on_receive(self, message: Add) -> None:
        self._tally.take(message)


class _PlainCounter(pykka.ThreadingActor):
    def __init__(self, tally: _Tally) -> None:
        super().__init__()
        self._tally = tally

    @override
    def on_receive(self, message: Any) -> None:
        self._tally.take(message)


def _measure_ours(kind: LoopKind, total: int) -> Numbers:
    full = asyncio.Event()
    tally = _Tally(total, full.set)
    spec = ChildSpec(name="counter", start=lambda: _Counter(tally), mailbox_size=_MAILBOX)

    async def score(system: ActorSystem) -> Numbers:
        counter = system.address("counter")
        refused = 0
        began = time.perf_counter()
        for sent in range(0, total, _BATCH):
            # The mailbox is bounded, so the sender sees to it that there is room.
            while sent - tally.count > _MAILBOX - _BATCH:  # noqa: ASYNC110 - an event would cost more than it saves
                await asyncio.sleep(0)
            for _ in range(_BATCH):
                refused += not counter.tell(Add(amount=1))
        await full.wait()
        seconds = time.perf_counter() - began
        return {"rate": total / seconds, "refused": refused}

    return perform(kind, lambda _system: [spec], score)


def _measure_pykka(total: int) -> Numbers:
    full = threading.Event()
    counter = _PlainCounter.start(_Tally(total, full.set))
    began = time.perf_counter()
    for _ in range(total):
        counter.tell(Add(amount=1))
    full.wait()
    seconds = time.perf_counter() - began
    counter.stop()
    return {"rate": total / seconds}


def _measure(side: Side, effort: Effort) -> Numbers:
    total = 50_000 if effort == "quick" else 200_000
    return _measure_pykka(total) if side == "pykka" else _measure_ours(side, total)


LINE = Line(
    name="tell",
    measure=_measure,
    rounds=7,
    rows=(
        Row(
            title="tell throughput, one actor",
            goal="at least 0.6 of Pykka's",
            show=lambda numbers: f"{numbers['rate'] / 1000:.0f}k/s",
            ratio=lambda ours, plain: ours["rate"] / plain["rate"],
            is_met=lambda numbers, ratio: ratio >= 0.6 and not numbers["refused"],
        ),
    ),
)
