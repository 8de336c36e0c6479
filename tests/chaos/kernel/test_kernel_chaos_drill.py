"""Six actors under load, hurt five times a second, and others that come and go beside them.

What was promised is kept, seed after seed.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import os
from typing import TYPE_CHECKING, cast

import pytest

from actors.kernel import GetStatistics
from actors.testing import ChaosDriver, FaultInjector
from tests.chaos.kernel.drill_account import Account, settle_accounts
from tests.chaos.kernel.drill_house import DrillHouse, note_deliveries
from tests.chaos.kernel.drill_load import Load
from tests.chaos.kernel.dynamic_children import DynamicChildren
from tests.chaos.kernel.findings import findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import SystemStatistics

pytestmark = pytest.mark.chaos

DURATION_S = float(os.environ.get("CHAOS_DURATION_S", "4"))
HURTS_PER_S = 5.0
QUIET_S = 0.8
QUIET_LIMIT_S = 15.0
POLL_S = 0.02


def _seeds(chosen: str) -> list[int]:
    """Read ``7`` or ``21-60``."""
    first, _, last = chosen.partition("-")
    return list(range(int(first), int(last or first) + 1))


SEEDS = _seeds(os.environ.get("CHAOS_SEED", "1-20"))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_was_promised_is_lost_while_actors_are_hurt(seed: int) -> None:
    with asyncio.Runner(loop_factory=_loop_factory(seed)) as runner:
        account, children, driver = runner.run(_drill(seed))

    faults = [*account.faults(), *children.faults()]
    _record(seed, account, children, faults)
    assert not faults, _how_to_replay(seed, account, children, driver, faults)


def _loop_factory(seed: int) -> Callable[[], asyncio.AbstractEventLoop]:
    """Return uvloop's for the even seeds, where it is installed."""
    if seed % 2 == 0 and importlib.util.find_spec("uvloop") is not None:
        uvloop = importlib.import_module("uvloop")
        return cast("Callable[[], asyncio.AbstractEventLoop]", uvloop.new_event_loop)
    return asyncio.new_event_loop


async def _drill(seed: int) -> tuple[Account, DynamicChildren, ChaosDriver]:
    house, injector, children = DrillHouse(), FaultInjector(), DynamicChildren(seed=seed)
    specs = [note_deliveries(injector.wrap(spec), house.ledger) for spec in house.specs()]
    load = Load(house, seed=seed)

    async with house.system.running([*specs, children.group], own_thread=True):
        driver = ChaosDriver(house.system, injector, seed=seed, rate_per_s=HURTS_PER_S)
        await asyncio.gather(
            driver.run(DURATION_S), load.run(DURATION_S), children.run(house.system, DURATION_S)
        )
        statistics = await _until_all_is_quiet(house)
    account = settle_accounts(house=house, load=load, journal=driver.journal, statistics=statistics)
    return account, children, driver


async def _until_all_is_quiet(house: DrillHouse) -> SystemStatistics:
    """Return the numbers when they have not changed for longer than any handler may take."""
    before, unchanged = None, 0
    async with asyncio.timeout(QUIET_LIMIT_S):
        while True:
            now = await house.system.supervisor.ask(GetStatistics(), timeout_s=5)
            idle = all(one.state == "running" and not one.mailbox_depth for one in now.actors)
            unchanged = unchanged + 1 if idle and now == before else 0
            if unchanged * POLL_S > QUIET_S:
                return now
            before = now
            await asyncio.sleep(POLL_S)


def _record(seed: int, account: Account, children: DynamicChildren, faults: list[str]) -> None:
    verdict = "broken" if faults else "kept"
    loop = _loop_factory(seed).__module__.partition(".")[0]
    findings.append(
        f"chaos seed {seed:>3}, {DURATION_S:g} s on {loop}, {verdict}: {account.describe()};"
        f" {children.describe()}"
    )


def _how_to_replay(
    seed: int, account: Account, children: DynamicChildren, driver: ChaosDriver, faults: list[str]
) -> str:
    return (
        f"seed {seed}: {'; '.join(faults)}\n"
        f"replay with: CHAOS_SEED={seed} pytest -m chaos tests/chaos/kernel -k promised\n"
        f"{account.describe()}\n{children.describe()}\n{driver.describe()}"
    )
