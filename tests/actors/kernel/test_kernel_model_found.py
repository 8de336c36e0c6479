"""Faults of the kernel that reading it and the supervisor's model brought up; all mended."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, assert_never

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorRestarted,
    ActorState,
    ActorStatistics,
    ActorStopped,
    ActorStoppedError,
    ActorSystem,
    AskTimeoutError,
    AsyncioActor,
    Backoff,
    ChildSpec,
    GetStatistics,
    InjectFault,
    Message,
    Query,
    RestartIntensity,
    Strategy,
    Subscribe,
    SupervisorSpec,
    ThreadActor,
)
from actors.kernel.envelope import Envelope
from actors.testing import CrashInStart, FaultInjector, Probe, virtual_time

if TYPE_CHECKING:
    from collections.abc import Callable

NO_JITTER = Backoff(first_s=0.1, factor=2.0, max_s=5.0, jitter=0.0)
PATIENT = RestartIntensity(restarts=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Query[int]):
    """Answered with the incarnation's number after ``seconds``."""

    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SureNote(Message):
    idempotent: ClassVar[bool] = True
    number: int
    seconds: float = 0.01


class Diary:
    def __init__(self) -> None:
        self.events: list[str] = []
        self.notes: list[int] = []
        self.stop_delays: dict[str, float] = {}
        self.count: dict[str, int] = {}

    def spec(self, name: str, *after: str, **settings: Any) -> ChildSpec:
        settings = {"backoff": NO_JITTER, **settings}
        return ChildSpec(name=name, start=lambda: Clerk(self, name), after=after, **settings)


class Clerk(AsyncioActor[Work | SureNote]):
    def __init__(self, diary: Diary, name: str) -> None:
        super().__init__()
        self.diary = diary
        self.number = diary.count[name] = diary.count.get(name, 0) + 1
        self.title = f"{name}#{self.number}"

    @override
    async def on_start(self) -> None:
        self.diary.events.append(f"start {self.title}")
        self.spawn(self._tick(), name="tick")

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.diary.events.append(f"tick {self.title}")

    @override
    async def on_stop(self) -> None:
        self.diary.events.append(f"stopping {self.title}")
        await asyncio.sleep(self.diary.stop_delays.get(self.title, 0))
        self.diary.events.append(f"stopped {self.title}")

    @override
    async def on_receive(self, message: Work | SureNote) -> object:
        match message:
            case Work(seconds=seconds):
                await asyncio.sleep(seconds)
                return self.number
            case SureNote(number=number, seconds=seconds):
                await asyncio.sleep(seconds)
                self.diary.notes.append(number)
                return None
            case _:
                assert_never(message)


async def crash(system: ActorSystem, name: str) -> None:
    await system.supervisor.ask(InjectFault(name=name, fault="crash"), timeout_s=1)


async def statistics_of(system: ActorSystem, name: str) -> ActorStatistics:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    return next(actor for actor in statistics.actors if actor.name == name)


@virtual_time
async def test_the_back_off_of_failing_starts_grows_after_a_healthy_while_too() -> None:
    diary, injector, system = Diary(), FaultInjector(), ActorSystem(intensity=PATIENT)
    loop = asyncio.get_running_loop()
    await asyncio.sleep(1)

    async with system.running([injector.wrap(diary.spec("a"))]):
        await asyncio.sleep(100)
        injector.arm("a", CrashInStart(), times=4)
        await crash(system, "a")
        began = loop.time()
        await system.address("a").ask(Work(), timeout_s=60)
        took_s = loop.time() - began

    assert took_s == pytest.approx(0.1 + 0.2 + 0.4 + 0.8 + 1.6, abs=0.01)


@pytest.mark.parametrize("strategy", ["rest_for_one", "one_for_all"])
@virtual_time
async def test_a_temporary_actor_stopped_with_its_group_stays_down_and_says_so(
    strategy: Strategy,
) -> None:
    diary, probe = Diary(), Probe()
    system = ActorSystem(strategy=strategy, intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b", restart="temporary")]):
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        await crash(system, "a")
        await system.address("a").ask(Work(), timeout_s=5)
        stopped = await probe.expect(ActorStopped)
        with pytest.raises(ActorStoppedError):
            await system.address("b").ask(Work(), timeout_s=5)
        state: ActorState = (await statistics_of(system, "b")).state

    assert stopped == ActorStopped(name="b")
    assert state == "stopped"
    assert diary.count == {"a": 2, "b": 1}


@virtual_time
async def test_a_group_is_stopped_in_reverse_order_one_after_the_other() -> None:
    diary = Diary()
    diary.stop_delays = {"b#1": 0.2, "c#1": 0.3}
    system = ActorSystem(strategy="one_for_all", intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b", "a"), diary.spec("c", "b")]):
        diary.events.clear()
        await crash(system, "a")
        await asyncio.sleep(3)
        events = [event for event in diary.events if not event.startswith("tick")]

    assert events == [
        *("stopping a#1", "stopped a#1"),
        *("stopping c#1", "stopped c#1"),
        *("stopping b#1", "stopped b#1"),
        *("start a#2", "start b#2", "start c#2"),
    ]


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
async def test_a_group_that_gives_up_leaves_no_old_incarnation_alive() -> None:
    diary, system = Diary(), ActorSystem(intensity=PATIENT)
    diary.stop_delays = {"c#1": 7.0}
    group = SupervisorSpec(
        name="group",
        children=(
            diary.spec("a"),
            diary.spec("b", "a"),
            diary.spec("c", "b", stop_timeout_s=8.0),
        ),
        intensity=RestartIntensity(restarts=0),
        backoff=NO_JITTER,
    )

    async with system.running([group]):
        await crash(system, "b")
        await asyncio.sleep(10)
        diary.events.clear()
        await asyncio.sleep(10)
        ticking = {event for event in diary.events if event.startswith("tick")}
        restarts = [(await statistics_of(system, name)).incarnation for name in "abc"]

    assert ticking == {"tick a#2", "tick b#2", "tick c#2"}
    assert restarts == [2, 2, 2]


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


@virtual_time
async def test_a_drain_reports_what_waits_for_the_children_of_a_group_that_is_down() -> None:
    diary, injector = Diary(), FaultInjector()
    system = ActorSystem(intensity=PATIENT, drain_budget_s=1)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"),),
        intensity=RestartIntensity(restarts=0),
        backoff=Backoff(first_s=100.0, max_s=100.0, jitter=0.0),
    )

    async with system.running([injector.wrap(group)]):
        await crash(system, "a")
        await asyncio.sleep(1)
        for number in range(3):
            assert system.address("a").tell(SureNote(number=number))
        system.stop()
        await system.wait_stopped()

    assert len(diary.notes) + system.drain_report.left.get("a", 0) == 3


@virtual_time
async def test_a_drain_redelivers_the_last_idempotent_message_too() -> None:
    diary, system = Diary(), ActorSystem(drain_budget_s=5)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(SureNote(number=1, seconds=0.5))
        await asyncio.sleep(0.1)
        system.stop()
        await asyncio.sleep(0.1)
        await crash(system, "a")
        await system.wait_stopped()

    assert diary.notes == [1]
    assert system.drain_report.left == {}


@virtual_time
async def test_a_stop_at_once_cuts_a_drain_short() -> None:
    diary, system = Diary(), ActorSystem(drain_budget_s=1000)

    async with system.running([diary.spec("a", stop_timeout_s=1)]):
        for number in range(100):
            system.address("a").tell(SureNote(number=number, seconds=1.0))
        system.stop()
        await asyncio.sleep(5.5)

    assert asyncio.get_running_loop().time() < 10
    assert len(diary.notes) < 10


@virtual_time
async def test_every_start_after_the_first_is_counted_as_a_restart() -> None:
    diary, system = Diary(), ActorSystem(intensity=PATIENT)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"), diary.spec("b")),
        intensity=RestartIntensity(restarts=0),
        backoff=NO_JITTER,
    )

    async with system.running([group]):
        await crash(system, "b")
        await asyncio.sleep(5)
        statistics = [await statistics_of(system, name) for name in ("group", "a", "b")]

    assert [one.incarnation - 1 for one in statistics] == [1, 1, 1]
    assert [one.restarts for one in statistics] == [1, 1, 1]


class SlyEnvelope(Envelope):
    """Its asker gives up between the kernel's look at it and its first step."""

    @property  # type: ignore[explicit-override]  # mypy sees no @override on a setter
    @override
    def abandoned(self) -> bool:
        if not self.deadline:
            self.deadline = 1e9
            asker = threading.Thread(target=self.abandon)
            asker.start()
            asker.join()
            return False
        return True

    @abandoned.setter
    def abandoned(self, value: bool) -> None:
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
    def abandoned(self) -> bool:
        look, Fencing.look = Fencing.look, None
        if look is not None:
            look()
        return False

    @abandoned.setter
    def abandoned(self, value: bool) -> None:
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
