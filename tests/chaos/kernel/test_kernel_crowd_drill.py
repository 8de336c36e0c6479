"""Nobody before a small mailbox is forgotten, whoever fails, leaves, or makes room when."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from actors.kernel import ActorSystem, GetStatistics, RestartIntensity
from actors.testing import ChaosDriver, FaultInjector
from tests.chaos.kernel.crowd import Crowd, door_specs
from tests.chaos.kernel.findings import findings

if TYPE_CHECKING:
    from actors.kernel import Strategy

pytestmark = pytest.mark.chaos

DURATION_S = 3.0
QUIET_S = 1.0
FORGOTTEN = ("never completed", "AskTimeoutError", "mixed up")


@pytest.mark.parametrize("strategy", ["one_for_one", "rest_for_one", "one_for_all"])
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_asker_before_a_small_mailbox_is_forgotten(seed: int, strategy: Strategy) -> None:
    system = ActorSystem(strategy=strategy, intensity=RestartIntensity(restarts=100_000))
    injector = FaultInjector()
    specs = [injector.wrap(spec) for spec in door_specs()]
    addresses = [system.address(spec.name) for spec in specs]
    until = time.monotonic() + DURATION_S
    crowds = [Crowd(addresses, seed=10 * seed + index, until=until) for index in range(5)]

    async with system.running(specs, own_thread=True):
        driver = ChaosDriver(system, injector, seed=seed, rate_per_s=12, pause_s=0.02)
        await asyncio.gather(
            driver.run(DURATION_S),
            crowds[0].ask_and_leave(),
            *[asyncio.to_thread(asyncio.run, crowd.ask_and_leave()) for crowd in crowds[1:3]],
            *[asyncio.to_thread(crowd.ask_from_a_thread) for crowd in crowds[3:]],
        )
        await asyncio.sleep(QUIET_S)
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=5)
        waiting = {name: bool(system._state.cell(name).mailbox._waiters) for name in injector.names}
    outcomes: Counter[str] = sum((crowd.outcomes for crowd in crowds), Counter())

    restarts = sum(actor.restarts for actor in statistics.actors)
    counts = ", ".join(f"{what} {count}" for what, count in sorted(outcomes.items()))
    findings.append(f"crowd seed {seed}, {strategy}: {restarts} restarts; {counts}")
    wrong = [what for what in outcomes if what.startswith(FORGOTTEN)]
    assert not wrong, f"seed {seed}: {outcomes}\n{driver.describe()}"
    assert not any(waiting.values()), f"still waiting for room: {waiting}"
    assert [actor.mailbox_depth for actor in statistics.actors] == [0] * len(specs)
    assert [actor.mended for actor in statistics.actors] == [0] * len(specs)
