"""Six actors of the kit under load while a seeded driver hurts them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorKitError,
    ActorSystem,
    AsyncioActor,
    Backoff,
    ChildSpec,
    GetStatistics,
)
from actors.testing import ChaosDriver, FaultInjector
from bench.actors.arrivals import Load, serve_arrivals
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
from bench.actors.stage import BRAVE, perform

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import Address, SystemStatistics
    from bench.actors.line import LoopKind, Numbers

__all__ = ["measure_chaos"]

_Errands: TypeAlias = Fetch | SureFetch | Note | SureNote
_QUIET_S: Final = 1.0


class _Station(AsyncioActor[_Errands]):
    def __init__(self, ledger: Ledger, find: Callable[[str], Address]) -> None:
        super().__init__()
        self._ledger = ledger
        self._find = find

    @override
    async def on_receive(self, message: _Errands) -> object:
        match message:
            case Fetch(route=route, work_s=work_s):
                return await self._fetch(Fetch, route, work_s)
            case SureFetch(route=route, work_s=work_s):
                return await self._fetch(SureFetch, route, work_s)
            case Note(number=number) | SureNote(number=number):
                self._ledger.take(number)
                await asyncio.sleep(message.work_s)
                self._ledger.finish(number)
                return None
            case _:
                assert_never(message)

    async def _fetch(
        self, kind: type[Fetch | SureFetch], route: tuple[str, ...], work_s: float
    ) -> bool:
        await asyncio.sleep(work_s)
        if not route:
            return True
        query = kind(route=route[1:], work_s=work_s)
        return await _ask_and_note(self._ledger, self._find(route[0]), query)


async def _ask_and_note(ledger: Ledger, address: Address, query: Fetch | SureFetch) -> bool:
    """Ask, and note it when the receiver failed; False for any failure, its own or further on."""
    try:
        return await address.ask(query, timeout_s=REPLY_WITHIN_S)
    except ActorFailedError:
        ledger.ask_failures[address.name] += 1
        return False
    except ActorKitError:
        return False


def _build(system: ActorSystem, ledger: Ledger) -> list[ChildSpec]:
    addresses = {name: system.address(name) for name in NAMES}
    return [
        ChildSpec(
            name=name,
            start=lambda: _Station(ledger, addresses.__getitem__),
            mailbox_size=2000,
            concurrency=16,
            handle_timeout_s=0.25,
            stop_timeout_s=0.25,
            backoff=Backoff(first_s=0.02, max_s=0.1, reset_after_s=1.0),
        )
        for name in NAMES
    ]


def measure_chaos(kind: LoopKind, seconds: float, seed: int) -> Numbers:
    """Send and hurt for so long, then compare the books with the kernel's own counts."""
    ledger, injector = Ledger(), FaultInjector()

    def build(system: ActorSystem) -> list[ChildSpec]:
        return [injector.wrap(spec) for spec in _build(system, ledger)]

    async def score(system: ActorSystem) -> Numbers:
        driver = ChaosDriver(
            system, injector, seed=seed, rate_per_s=FAULTS_PER_S, faults=FAULTS, names=NAMES
        )
        await asyncio.gather(driver.run(seconds), _send(system, ledger, seconds, seed))
        statistics = await _until_quiet(system)
        hangs = Counter(entry.name for entry in driver.journal if entry.fault == "hang")
        return _settle(ledger, statistics, hangs, len(driver.journal))

    return perform(kind, build, score, intensity=BRAVE)


async def _send(system: ActorSystem, ledger: Ledger, seconds: float, seed: int) -> None:
    addresses = {name: system.address(name) for name in NAMES}
    plan = errands(seed)

    async def serve(due: float) -> None:
        errand = next(plan)
        address = addresses[errand.name]
        if isinstance(errand.message, Fetch | SureFetch):
            ledger.asks += 1
            is_answered = await _ask_and_note(ledger, address, errand.message)
            ledger.answered += is_answered
            ledger.latencies.append(time.monotonic() - due)
        elif address.tell(errand.message):
            ledger.accepted[errand.number] = errand
        else:
            ledger.refused += 1

    await serve_arrivals(Load(rate=SENT_PER_S, seconds=seconds), serve, settle_s=SETTLE_S)


async def _until_quiet(system: ActorSystem) -> SystemStatistics:
    before, since = None, time.monotonic()
    async with asyncio.timeout(20.0):
        while True:
            now = await system.supervisor.ask(GetStatistics(), timeout_s=5.0)
            if now.actors != before or any(actor.mailbox_depth for actor in now.actors):
                before, since = now.actors, time.monotonic()
            elif time.monotonic() - since > _QUIET_S:
                return now
            await asyncio.sleep(0.05)


def _settle(
    ledger: Ledger, statistics: SystemStatistics, hangs: Counter[str], hurts: int
) -> Numbers:
    """Compare the tells that are missing with what the kernel says it had in hand.

    The kernel counts a message as failed when its incarnation ended with it in hand and it is not
    redelivered: the injected hangs, asks that were told so, and tells.
    """
    lost = Counter(errand.name for errand in ledger.lost)
    actors = [actor for actor in statistics.actors if actor.name in NAMES]
    cut_off = {
        actor.name: actor.failed - hangs[actor.name] - ledger.ask_failures[actor.name]
        for actor in actors
    }
    beyond = sum(max(0, lost[name] - cut_off[name]) for name in NAMES)
    return {
        "restarts": sum(actor.restarts for actor in actors),
        **books(ledger, hurts=hurts, beyond=beyond),
    }
