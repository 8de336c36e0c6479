"""An ask's deadline goes with it: to its handler, and on to whoever that one asks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorSystem,
    AskTimeoutError,
    AsyncioActor,
    ChildSpec,
    Query,
    ThreadActor,
)
from actors.testing import Probe, virtual_time
from tests.actors.kernel.kernel_desk import Double, GetNotes, Work, desk_spec
from tests.actors.kernel.patients import statistics_of

if TYPE_CHECKING:
    from actors.kernel import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn(Query[str]):
    """Ask on with ``timeout_s``; answered with the kind of error that came of it."""

    timeout_s: float
    how: str = "ask"


class Middle(AsyncioActor[PassOn]):
    """Asks an actor that never answers, and keeps account of when it gave up."""

    def __init__(self, further: Address[Any]) -> None:
        super().__init__()
        self.further = further
        self.account: dict[str, float] = ended_at

    @override
    async def on_receive(self, message: PassOn) -> str:
        match message.how:
            case "ask":
                return await self._ask(message.timeout_s)
            case "task":
                asking = asyncio.create_task(self._ask(message.timeout_s))
                return await asyncio.shield(asking)
            case "spawn":
                return await asyncio.shield(self.spawn(self._ask(message.timeout_s), name="ask"))
            case _:
                await self.further.ask(Double(number=1), timeout_s=message.timeout_s)
                return "answered"

    async def _ask(self, timeout_s: float) -> str:
        loop = asyncio.get_running_loop()
        try:
            await self.further.ask(Double(number=1), timeout_s=timeout_s)
        except AskTimeoutError:
            self.account["timeout"] = loop.time()
            return "AskTimeoutError"
        except asyncio.CancelledError:
            self.account["cancelled"] = loop.time()
            raise
        return "answered"


class Finisher(Middle):
    finishes_expired: ClassVar[bool] = True


ended_at: dict[str, float] = {}


@pytest.fixture(autouse=True)
def new_account() -> None:
    ended_at.clear()


@virtual_time
async def test_an_ask_that_expires_cancels_its_handler_and_what_that_one_asked() -> None:
    probe, system = Probe(), ActorSystem()
    middle = system.address("middle")

    async with system.running([ChildSpec(name="middle", start=lambda: Middle(probe.address))]):
        with pytest.raises(AskTimeoutError):
            await middle.ask(PassOn(timeout_s=60), timeout_s=0.4)
        await asyncio.sleep(1)
        seen = await statistics_of(system, "middle")

    assert {"cancelled": pytest.approx(0.4, abs=0.03)} == ended_at
    assert (seen.dropped, seen.failed, seen.restarts) == (1, 0, 0)


@virtual_time
async def test_one_ask_that_expires_does_not_make_those_behind_it_expire() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        slow = asyncio.create_task(desk.ask(Work(seconds=60), timeout_s=1))
        behind = [asyncio.create_task(desk.ask(Double(number=n), timeout_s=2)) for n in range(23)]
        answers = await asyncio.gather(*behind)

    assert answers == [2 * number for number in range(23)]
    assert isinstance(slow.exception(), AskTimeoutError)


@virtual_time
async def test_an_ask_made_in_a_handler_does_not_outlive_the_one_in_hand() -> None:
    probe, system = Probe(), ActorSystem()
    middle = system.address("middle")

    async with system.running([ChildSpec(name="middle", start=lambda: Middle(probe.address))]):
        with pytest.raises(AskTimeoutError):
            await middle.ask(PassOn(timeout_s=60, how="task"), timeout_s=1)
        await asyncio.sleep(1)

    assert {"timeout": pytest.approx(1, abs=0.03)} == ended_at


@virtual_time
async def test_what_is_left_of_a_deadline_travels_over_two_hops() -> None:
    probe, system = Probe(), ActorSystem()
    first, second = system.address("first"), system.address("second")

    class First(AsyncioActor[PassOn]):
        @override
        async def on_receive(self, message: PassOn) -> str:
            await asyncio.sleep(1)
            further = PassOn(timeout_s=60, how="task")
            return await asyncio.shield(asyncio.create_task(second.ask(further, timeout_s=30)))

    specs = [
        ChildSpec(name="first", start=First),
        ChildSpec(name="second", start=lambda: Middle(probe.address)),
    ]
    async with system.running(specs):
        with pytest.raises(AskTimeoutError):
            await first.ask(PassOn(timeout_s=0), timeout_s=3)
        await asyncio.sleep(1)

    assert {"timeout": pytest.approx(3, abs=0.03)} == ended_at


@virtual_time
async def test_the_end_of_an_ask_reaches_whoever_it_was_forwarded_to() -> None:
    probe, system = Probe(), ActorSystem()
    middle = system.address("middle")

    class Front(AsyncioActor[PassOn]):
        @override
        async def on_receive(self, message: PassOn) -> None:
            self.forward(middle)

    specs = [
        ChildSpec(name="front", start=Front),
        ChildSpec(name="middle", start=lambda: Middle(probe.address)),
    ]
    async with system.running(specs):
        with pytest.raises(AskTimeoutError):
            await system.address("front").ask(PassOn(timeout_s=60), timeout_s=0.4)
        await asyncio.sleep(1)

    assert ended_at == {"cancelled": pytest.approx(0.4, abs=0.03)}


@virtual_time
async def test_a_shorter_deadline_of_its_own_stays_as_it_is() -> None:
    probe, system = Probe(), ActorSystem()
    middle = system.address("middle")

    async with system.running([ChildSpec(name="middle", start=lambda: Middle(probe.address))]):
        answer = await middle.ask(PassOn(timeout_s=0.2), timeout_s=1)

    assert answer == "AskTimeoutError"
    assert {"timeout": pytest.approx(0.2)} == ended_at


@virtual_time
async def test_a_spawned_task_is_not_bound_by_the_deadline_of_the_message_that_began_it() -> None:
    probe, system = Probe(), ActorSystem()
    middle = system.address("middle")

    async with system.running([ChildSpec(name="middle", start=lambda: Middle(probe.address))]):
        with pytest.raises(AskTimeoutError):
            await middle.ask(PassOn(timeout_s=5, how="spawn"), timeout_s=1)
        await asyncio.sleep(5)

    assert {"timeout": pytest.approx(5, abs=0.03)} == ended_at


@virtual_time
async def test_an_actor_that_finishes_expired_work_goes_on_and_asks_on_in_its_own_time() -> None:
    probe, system = Probe(), ActorSystem()
    middle = system.address("middle")

    async with system.running([ChildSpec(name="middle", start=lambda: Finisher(probe.address))]):
        with pytest.raises(AskTimeoutError):
            await middle.ask(PassOn(timeout_s=4), timeout_s=1)
        await asyncio.sleep(5)
        seen = await statistics_of(system, "middle")

    assert {"timeout": pytest.approx(4, abs=0.03)} == ended_at
    assert (seen.handled, seen.dropped) == (1, 0)


@virtual_time
async def test_a_handler_that_lets_the_common_deadline_escape_has_not_failed() -> None:
    probe, system = Probe(), ActorSystem()
    middle = system.address("middle")

    async with system.running([ChildSpec(name="middle", start=lambda: Middle(probe.address))]):
        # Begun a little later, what is left is under half a second: the inner timer comes first.
        busy = asyncio.create_task(middle.ask(PassOn(timeout_s=0.01), timeout_s=60))
        asking = asyncio.create_task(
            middle.ask(PassOn(timeout_s=60, how="escape"), timeout_s=0.505)
        )
        await asyncio.wait([asking, busy])
        seen = await statistics_of(system, "middle")

    assert isinstance(asking.exception(), AskTimeoutError)
    assert (seen.failed, seen.restarts) == (0, 0)


class Relay(ThreadActor[PassOn]):
    def __init__(self, further: Address[Any]) -> None:
        super().__init__()
        self.further = further

    @override
    def on_receive(self, message: PassOn) -> str:
        try:
            self.further.ask_blocking(Double(number=1), timeout_s=message.timeout_s)
        except AskTimeoutError as error:
            ended_at.setdefault("within", error.timeout_s)
        return "answered"


async def test_an_ask_made_on_a_thread_ends_with_the_one_in_hand_too() -> None:
    probe, system = Probe(), ActorSystem()
    relay = system.address("relay")

    async with system.running([ChildSpec(name="relay", start=lambda: Relay(probe.address))]):
        asking = relay.ask(PassOn(timeout_s=60), timeout_s=0.2)
        await asyncio.gather(asking, return_exceptions=True)
        await relay.ask(PassOn(timeout_s=0.01), timeout_s=30)

    assert ended_at["within"] <= 0.2


@virtual_time
async def test_a_query_whose_deadline_passed_in_the_mailbox_is_not_begun() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        busy = asyncio.create_task(desk.ask(Work(seconds=2, number=1), timeout_s=5))
        await asyncio.sleep(0)
        with pytest.raises(AskTimeoutError):
            await desk.ask(Work(seconds=0, number=2), timeout_s=1)
        await busy
        notes = await desk.ask(GetNotes(), timeout_s=1)

    assert notes == (1,)
