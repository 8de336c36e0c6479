"""Of several processes one is at work; another takes over when it dies or leaves."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from actors.kernel import ActorSystem, ChildSpec, GetStatistics
from actors.lease import GetLease, InMemoryLeases, LeaseHolder, LeaseState
from actors.testing import VirtualClock, virtual_time

LEASE_S = 6.0
FOR_EVER_S = 1e9


@dataclass
class Fleet:
    """Processes over one store, in the virtual time of the running loop."""

    at_work: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.leases = InMemoryLeases(VirtualClock(asyncio.get_running_loop()).now)

    def system(self) -> ActorSystem:
        return ActorSystem()

    def spec(self, owner: str) -> ChildSpec:
        return ChildSpec(
            name="lease",
            start=lambda: LeaseHolder(
                store=self.leases, name="shard 0", owner=owner, lease_s=LEASE_S
            ),
            start_timeout_s=FOR_EVER_S,
        )

    async def be(self, owner: str, leaves: asyncio.Event) -> None:
        """Be a process, in good order until ``leaves`` is set."""
        async with self.system().running([self.spec(owner)]):
            self.at_work.append(owner)
            await leaves.wait()


@virtual_time
async def test_one_of_three_is_at_work_and_the_next_follows_when_it_leaves() -> None:
    fleet = Fleet()
    leaves = asyncio.Event()

    crew = [asyncio.ensure_future(fleet.be(owner, leaves)) for owner in "abc"]
    await asyncio.sleep(600)
    alone = list(fleet.at_work)
    leaves.set()
    await asyncio.sleep(2)

    assert len(alone) == 1
    assert len(fleet.at_work) == 2 or len(fleet.at_work) == 3
    await asyncio.wait(crew)
    assert sorted(fleet.at_work) == ["a", "b", "c"]


@virtual_time
async def test_a_stand_by_takes_over_within_a_lease_of_the_holders_death() -> None:
    fleet = Fleet()
    await fleet.leases.take("shard 0", owner="dead", lease_s=LEASE_S)
    leaves = asyncio.Event()
    started_s = asyncio.get_running_loop().time()

    stand_by = asyncio.ensure_future(fleet.be("b", leaves))
    while not fleet.at_work:  # noqa: ASYNC110 - virtual time takes none
        await asyncio.sleep(0.1)
    waited_s = asyncio.get_running_loop().time() - started_s
    leaves.set()
    await stand_by

    assert LEASE_S - 1 <= waited_s <= LEASE_S + 1.5


@virtual_time
async def test_a_process_that_comes_back_under_its_name_need_not_wait() -> None:
    fleet = Fleet()
    await fleet.leases.take("shard 0", owner="a", lease_s=LEASE_S)

    async with AsyncExitStack() as stack:
        system = fleet.system()
        await asyncio.wait_for(
            stack.enter_async_context(system.running([fleet.spec("a")])), timeout=0.5
        )
        state = await system.address("lease").ask(GetLease(), timeout_s=1)

    assert state == LeaseState(owner="a", epoch=1)


@virtual_time
async def test_an_outage_of_the_store_does_not_stop_who_is_at_work() -> None:
    fleet = Fleet()
    system = fleet.system()

    async with system.running([fleet.spec("a")]):
        fleet.leases.is_away = True
        await asyncio.sleep(600)
        during = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors[0]
        fleet.leases.is_away = False
        await asyncio.sleep(5)
        after = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors[0]

    assert (during.state, during.restarts) == ("degraded", 0)
    assert (after.state, after.restarts) == ("running", 0)


@virtual_time
async def test_who_lost_the_lease_to_another_ends_with_75_and_a_sentence() -> None:
    fleet = Fleet()
    system = fleet.system()

    async with system.running([fleet.spec("a")]):
        fleet.leases.is_away = True
        await asyncio.sleep(LEASE_S * 2)
        fleet.leases.is_away = False
        await fleet.leases.take("shard 0", owner="b", lease_s=600)
        code = await system.wait_stopped()

    assert code == 75


@virtual_time
async def test_a_stand_by_goes_to_work_when_the_store_stays_away() -> None:
    fleet = Fleet()
    fleet.leases.is_away = True
    system = fleet.system()
    began_s = asyncio.get_running_loop().time()

    async with system.running([fleet.spec("a")]):
        waited_s = asyncio.get_running_loop().time() - began_s
        without = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors[0]
        fleet.leases.is_away = False
        await asyncio.sleep(3)
        state = await system.address("lease").ask(GetLease(), timeout_s=1)
        with_it = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors[0]

    assert 10 <= waited_s <= 12
    assert (without.state, with_it.state) == ("degraded", "running")
    assert state.epoch == 1
