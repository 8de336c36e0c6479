from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorKitError,
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    GetStatistics,
    Query,
    RestartIntensity,
    SystemStatistics,
)
from actors.testing import (
    CHAOS_FAULTS,
    ChaosDriver,
    ChaosFault,
    CrashInStart,
    Delay,
    FaultInjector,
    Stall,
    chaos_plan,
    run_virtual,
    virtual_time,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping(Query[int]):
    pass


class Echo(AsyncioActor[Ping]):
    @override
    async def on_receive(self, message: Ping) -> int:
        del message
        await asyncio.sleep(0.05)
        return 1


class Arena:
    """A few actors that can be hurt, asked now and then."""

    def __init__(self, *names: str) -> None:
        self.injector = FaultInjector()
        self.specs = [
            self.injector.wrap(ChildSpec(name=name, start=Echo, handle_timeout_s=1.0))
            for name in names
        ]
        self.system = ActorSystem(intensity=RestartIntensity(restarts=10_000))
        self.answered = 0

    async def run(self, driver: ChaosDriver, duration_s: float) -> SystemStatistics:
        async with self.system.running(self.specs):
            asking = asyncio.create_task(self._ask())
            await driver.run(duration_s)
            await asyncio.sleep(20)
            asking.cancel()
            return await self.system.supervisor.ask(GetStatistics(), timeout_s=1)

    async def _ask(self) -> None:
        names = itertools.cycle(self.injector.names)
        while True:
            try:
                self.answered += await self.system.address(next(names)).ask(Ping(), timeout_s=5)
            except ActorKitError:
                continue
            await asyncio.sleep(0.02)


def test_a_plan_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    def plan(seed: int) -> list[tuple[float, str, ChaosFault]]:
        moments = chaos_plan(seed=seed, rate_per_s=5, faults=CHAOS_FAULTS, names=("a", "b"))
        return list(itertools.islice(moments, 50))

    assert plan(7) == plan(7)
    assert plan(7) != plan(8)


def test_a_plan_keeps_its_rate_and_reaches_everybody_with_everything() -> None:
    names = ("a", "b", "c")
    moments = chaos_plan(seed=1, rate_per_s=5, faults=CHAOS_FAULTS, names=names)
    plan = list(itertools.islice(moments, 1000))

    pauses = [after[0] - before[0] for before, after in itertools.pairwise(plan)]

    assert 0.1 <= min(pauses) <= max(pauses) <= 0.3
    assert plan[-1][0] == pytest.approx(200, rel=0.05)
    assert {(name, fault) for _, name, fault in plan} == set(itertools.product(names, CHAOS_FAULTS))


def test_the_same_seed_hurts_in_the_same_order_and_the_journal_says_so() -> None:
    def run_once(seed: int) -> ChaosDriver:
        arena = Arena("a", "b")
        driver = ChaosDriver(arena.system, arena.injector, seed=seed, rate_per_s=5)
        run_virtual(arena.run(driver, 10))
        return driver

    first, second, other = run_once(3), run_once(3), run_once(4)

    assert first.describe() == second.describe()
    assert first.describe() != other.describe()
    assert 40 <= len(first.journal) <= 60
    assert [entry.number for entry in first.journal] == list(range(len(first.journal)))
    assert all(entry.done_s == pytest.approx(entry.due_s) for entry in first.journal)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("crash", "InjectedCrash"),
        ("cancel", "CancelledError"),
        ("hang", "HandleTimeout"),
        ("crash_in_start", "InjectedCrashError"),
        ("cancel_in_factory", "CancelledError"),
    ],
)
@virtual_time
async def test_each_fault_that_ends_an_incarnation_does_so_and_the_house_heals(
    fault: ChaosFault, kind: str
) -> None:
    arena = Arena("a")
    driver = ChaosDriver(arena.system, arena.injector, seed=1, rate_per_s=1, faults=[fault])

    statistics = await arena.run(driver, 5)

    (actor,) = statistics.actors
    assert actor.state == "running"
    assert actor.last_failure_kind == kind
    assert actor.restarts >= len(driver.journal) - 1
    assert arena.answered > 100


@pytest.mark.parametrize("fault", ["cancel_late", "tell_nonsense"])
@virtual_time
async def test_a_fault_between_two_messages_costs_none_of_them(fault: ChaosFault) -> None:
    arena = Arena("a")
    driver = ChaosDriver(arena.system, arena.injector, seed=1, rate_per_s=1, faults=[fault])

    statistics = await arena.run(driver, 5)

    (actor,) = statistics.actors
    assert (actor.restarts, actor.failed, actor.dropped) == (0, 0, 0)
    assert arena.answered > 100


@pytest.mark.parametrize(
    ("fault", "armed"), [("delay", Delay(seconds=0.2)), ("stall", Stall(seconds=0.2))]
)
@virtual_time
async def test_a_fault_that_only_holds_up_waits_for_the_next_message(
    fault: ChaosFault, armed: Delay | Stall
) -> None:
    arena = Arena("a")
    driver = ChaosDriver(
        arena.system, arena.injector, seed=1, rate_per_s=1, faults=[fault], pause_s=0.2
    )

    async with arena.system.running(arena.specs):
        running = asyncio.create_task(driver.run(10))
        await asyncio.sleep(2)
        waiting = arena.injector.armed("a")
        for _ in waiting:
            await arena.system.address("a").ask(Ping(), timeout_s=5)
        await running
        statistics = await arena.system.supervisor.ask(GetStatistics(), timeout_s=1)

    assert set(waiting) == {armed}
    assert statistics.actors[0].handled == len(waiting)
    assert statistics.actors[0].restarts == 0


@virtual_time
async def test_only_those_who_were_named_are_hurt() -> None:
    arena = Arena("a", "b", "c")
    driver = ChaosDriver(arena.system, arena.injector, seed=1, rate_per_s=5, names=["b"])

    statistics = await arena.run(driver, 10)

    assert {entry.name for entry in driver.journal} == {"b"}
    assert {actor.name for actor in statistics.actors if actor.restarts} == {"b"}


@virtual_time
async def test_faults_that_have_not_struck_are_taken_back_at_the_end() -> None:
    arena = Arena("a")
    driver = ChaosDriver(arena.system, arena.injector, seed=1, rate_per_s=5, faults=["delay"])

    async with arena.system.running(arena.specs):
        arena.injector.arm("a", CrashInStart())
        await driver.run(2)

    assert len(driver.journal) >= 8
    assert arena.injector.armed("a") == ()


def test_a_driver_that_could_do_nothing_is_refused() -> None:
    injector, system = FaultInjector(), ActorSystem()
    with pytest.raises(ValueError, match="needs at least one actor and one fault"):
        ChaosDriver(system, injector, seed=1, rate_per_s=5)

    injector.wrap(ChildSpec(name="a", start=Echo))
    with pytest.raises(ValueError, match="rate_per_s is 0, must be more than 0"):
        ChaosDriver(system, injector, seed=1, rate_per_s=0)
    with pytest.raises(ValueError, match="the injector did not wrap ghost"):
        ChaosDriver(system, injector, seed=1, rate_per_s=5, names=["a", "ghost"])
