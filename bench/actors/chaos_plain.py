"""The same six actors in plain Pykka, with a supervisor that looks ten times a second.

The supervisor restarts whoever is dead. It cannot see who hangs: to Pykka, such an actor is alive.
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

import pykka
from typing_extensions import override

from actors.kernel import Message
from actors.testing import chaos_plan
from bench.actors.arrivals import Load
from bench.actors.chaos_books import books
from bench.actors.errands import (
    FAULTS,
    FAULTS_PER_S,
    NAMES,
    REPLY_WITHIN_S,
    SENT_PER_S,
    SETTLE_S,
    Fetch,
    Ledger,
    Note,
    SureFetch,
    SureNote,
    errands,
)

if TYPE_CHECKING:
    from actors.testing import ChaosFault
    from bench.actors.line import Numbers

__all__ = ["measure_plain_chaos"]

_LOOK_EVERY_S: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suffer(Message):
    fault: ChaosFault


class _StampedFuture(pykka.ThreadingFuture[Any]):
    """Pykka's own, which notes when it was completed, so that nobody has to wait for it."""

    completed_at: float | None = None

    @override
    def set(self, value: Any = None) -> None:
        super().set(value)
        self.completed_at = time.monotonic()

    @override
    def set_exception(self, exc_info: Any = None) -> None:
        super().set_exception(exc_info)
        self.completed_at = time.monotonic()


class _Station(pykka.ThreadingActor):
    use_daemon_thread = True  # some will hang for ever

    def __init__(self, house: _House, name: str) -> None:
        super().__init__()
        self._house = house
        self._name = name

    @override
    @staticmethod
    def _create_future() -> pykka.Future[Any]:
        return _StampedFuture()

    @override
    def on_start(self) -> None:
        self._house.start_or_fail(self._name)

    @override
    def on_receive(self, message: Any) -> Any:
        match message:
            case Fetch(route=route, work_s=work_s) | SureFetch(route=route, work_s=work_s):
                time.sleep(work_s)
                return self._fetch(type(message), route, work_s)
            case Note(number=number, work_s=work_s) | SureNote(number=number, work_s=work_s):
                self._house.ledger.take(number)
                time.sleep(work_s)
                self._house.ledger.finish(number)
                return None
            case _Suffer(fault=fault):
                return self._house.suffer(self._name, fault)
            case _:
                raise TypeError(type(message).__name__)

    def _fetch(self, kind: type[Fetch | SureFetch], route: tuple[str, ...], work_s: float) -> bool:
        if not route:
            return True
        query = kind(route=route[1:], work_s=work_s)
        try:
            return bool(self._house.stations[route[0]].ask(query, timeout=REPLY_WITHIN_S))
        except (pykka.ActorDeadError, pykka.Timeout, RuntimeError):
            return False


class _House:
    """The stations that are alive now, and what they are to suffer."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.stations: dict[str, pykka.ActorRef[Any]] = {}
        self.restarts = 0
        self._fails_to_start: set[str] = set()

    def start_all(self) -> None:
        for name in reversed(NAMES):
            self.stations[name] = _Station.start(self, name)

    def start_or_fail(self, name: str) -> None:
        if name in self._fails_to_start:
            self._fails_to_start.discard(name)
            raise RuntimeError("told to fail at start")

    def suffer(self, name: str, fault: ChaosFault) -> NoReturn:
        if fault == "hang":
            threading.Event().wait()
        if fault == "cancel":
            raise asyncio.CancelledError
        if fault == "crash_in_start":
            self._fails_to_start.add(name)
        raise RuntimeError("told to crash")

    def look_after(self, is_over: threading.Event) -> None:
        while not is_over.wait(_LOOK_EVERY_S):
            for name, station in self.stations.items():
                if not station.is_alive():
                    self.restarts += 1
                    self.stations[name] = _Station.start(self, name)

    def tell(self, name: str, message: Message) -> bool:
        try:
            self.stations[name].tell(message)
        except pykka.ActorDeadError:
            return False
        return True


def _do_harm(house: _House, seconds: float, seed: int) -> int:
    began = time.monotonic()
    plan = chaos_plan(seed=seed, rate_per_s=FAULTS_PER_S, faults=FAULTS, names=NAMES)
    for number, (due_s, name, fault) in enumerate(plan):
        if due_s > seconds:
            return number
        time.sleep(max(0.0, began + due_s - time.monotonic()))
        house.tell(name, _Suffer(fault=fault))
    return 0


def measure_plain_chaos(seconds: float, seed: int) -> Numbers:
    """Send and hurt for so long, then wait until every reply that will come has come."""
    house = _House()
    house.start_all()
    is_over = threading.Event()
    supervisor = threading.Thread(target=house.look_after, args=(is_over,), daemon=True)
    supervisor.start()
    hurts: list[int] = []
    harm = threading.Thread(target=lambda: hurts.append(_do_harm(house, seconds, seed)))
    harm.start()
    sent = _send(house, seconds, seed)
    harm.join()
    time.sleep(SETTLE_S)
    is_over.set()
    return {"restarts": house.restarts, **_settle(house.ledger, sent, hurts[0])}


def _send(house: _House, seconds: float, seed: int) -> list[tuple[float, Any]]:
    sent = []
    plan = errands(seed)
    with Load(rate=SENT_PER_S, seconds=seconds).open() as arrivals:
        for due in arrivals:
            errand = next(plan)
            if isinstance(errand.message, Fetch | SureFetch):
                sent.append((due, house.stations[errand.name].ask(errand.message, block=False)))
            elif house.tell(errand.name, errand.message):
                house.ledger.accepted[errand.number] = errand
            else:
                house.ledger.refused += 1
    return sent


def _settle(ledger: Ledger, sent: list[tuple[float, Any]], hurts: int) -> Numbers:
    ledger.asks = len(sent)
    for due, future in sent:
        if future.completed_at is not None:
            ledger.latencies.append(future.completed_at - due)
            ledger.answered += _is_answered(future)
    in_hand = sum(ledger.taken[errand.number] > 0 for errand in ledger.lost)
    return books(ledger, hurts=hurts, beyond=len(ledger.lost) - in_hand)


def _is_answered(future: pykka.Future[Any]) -> bool:
    try:
        return bool(future.get(timeout=0))
    except (pykka.ActorDeadError, RuntimeError):
        return False
