"""Faults in taking messages that reading the kernel brought up; all mended."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, ClassVar, Literal

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorRestarted,
    ActorSystem,
    AskTimeoutError,
    ChildSpec,
    InjectFault,
    Subscribe,
    ThreadActor,
)
from actors.kernel.envelope import Envelope
from actors.testing import Probe, virtual_time
from tests.actors.kernel.clerks import PATIENT, Diary, SureNote, Work
from tests.actors.kernel.patients import NO_JITTER

if TYPE_CHECKING:
    from collections.abc import Callable


@virtual_time
async def test_an_ask_that_expires_in_the_mailbox_is_a_timeout_not_a_stop() -> None:
    diary, system = Diary(), ActorSystem()
    loop = asyncio.get_running_loop()

    async with system.running([diary.spec("a")]):
        await asyncio.sleep(0.005)
        busy_s = 1.001
        busy = asyncio.create_task(system.address("a").ask(Work(seconds=busy_s), timeout_s=9))
        await asyncio.sleep(0)
        with pytest.raises(AskTimeoutError):
            await system.address("a").ask(Work(), timeout_s=1)
        await busy

    assert loop.time() == pytest.approx(1.006, abs=0.025)


@virtual_time
async def test_an_asker_cancelled_as_it_gets_room_lets_the_next_one_in() -> None:
    diary, system = Diary(), ActorSystem()
    address = system.address("a")
    answered: list[str] = []

    async def ask(label: str, seconds: float) -> None:
        await address.ask(Work(seconds=seconds), timeout_s=60)
        answered.append(label)

    async with system.running([diary.spec("a", mailbox_size=1, overflow="block")]):
        first = asyncio.create_task(ask("in hand", 1.0))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(ask("queued", 0.0))
        await asyncio.sleep(0.1)
        third = asyncio.create_task(ask("cancelled", 0.0))
        await asyncio.sleep(0.1)
        fourth = asyncio.create_task(ask("next", 0.0))
        await asyncio.sleep(0.1)
        first.add_done_callback(lambda _task: third.cancel())
        await asyncio.wait((first, second, third))
        await asyncio.sleep(5)
        done = fourth.done()
        await asyncio.gather(first, second, third, fourth, return_exceptions=True)

    assert done, answered


@virtual_time
async def test_a_message_let_go_by_its_key_makes_room_for_an_asker_that_waits() -> None:
    diary, system = Diary(), ActorSystem()
    spec = diary.spec(
        "a", mailbox_size=1, overflow="block", concurrency=2, order_by=lambda _message: "one key"
    )

    async with system.running([spec]):
        asks = []
        for _ in range(3):  # one in hand, one held back behind it, one waiting for room
            ask = system.address("a").ask(Work(seconds=1), timeout_s=60)
            asks.append(asyncio.create_task(ask))
            await asyncio.sleep(0.1)
        replies = await asyncio.gather(*asks)
        took_s = asyncio.get_running_loop().time()

    assert replies == [1, 1, 1]
    assert took_s == pytest.approx(3, abs=0.1)


class SlyEnvelope(Envelope):
    """Its caller gives up between the kernel's look at it and its first step."""

    @property  # type: ignore[explicit-override]  # mypy sees no @override on a setter
    @override
    def abandoned(self) -> Literal["cancelled"] | None:
        if not self.deadline:
            self.deadline = 1e9
            caller = threading.Thread(target=self.abandon, args=("cancelled",))
            caller.start()
            caller.join()
            return None
        return "cancelled"

    @abandoned.setter
    def abandoned(self, value: object) -> None:
        pass


@virtual_time
async def test_an_asker_that_leaves_as_its_query_is_taken_still_reaches_the_handler() -> None:
    diary, system = Diary(), ActorSystem()
    address = system.address("a")

    async with system.running([diary.spec("a")]):
        address._cell.post(SlyEnvelope(SureNote(number=1, seconds=5), None, "id", None))
        address.tell(SureNote(number=2))
        await asyncio.sleep(1)
        notes = list(diary.notes)

    assert notes == [2]


class Fencing(Envelope):
    """While a thread looks at it, the thread's incarnation ends and the next one is there."""

    look: Callable[[], None] | None = None

    @property  # type: ignore[explicit-override]  # mypy sees no @override on a setter
    @override
    def abandoned(self) -> None:
        look, Fencing.look = Fencing.look, None
        if look is not None:
            look()

    @abandoned.setter
    def abandoned(self, value: object) -> None:
        pass


class Scribe(ThreadActor[SureNote]):
    noted: ClassVar[threading.Event] = threading.Event()

    @override
    def on_receive(self, message: SureNote) -> None:
        self.noted.set()


async def test_what_a_fenced_thread_gives_back_wakes_the_next_incarnation() -> None:
    system, probe = ActorSystem(intensity=PATIENT), Probe()
    address = system.address("scribe")
    loop = asyncio.get_running_loop()
    next_is_ready = threading.Event()

    def look() -> None:
        kill = InjectFault(name="scribe", fault="crash")
        asyncio.run_coroutine_threadsafe(system.supervisor.ask(kill, timeout_s=5), loop)
        next_is_ready.wait(20)

    spec = ChildSpec(name="scribe", start=Scribe, backoff=NO_JITTER, stop_timeout_s=0.1)
    async with system.running([spec]):
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        Fencing.look = look
        address._cell.post(Fencing(SureNote(number=7), None, "id", None))
        await probe.expect(ActorRestarted, timeout_s=10)
        next_is_ready.set()
        is_noted = await asyncio.to_thread(Scribe.noted.wait, 5)

    assert is_noted
