from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import ClassVar

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorSystem,
    AsyncioActor,
    Backoff,
    ChildSpec,
    GetStatistics,
    Query,
    RestartIntensity,
    SupervisorSpec,
    ThreadActor,
)
from actors.testing import (
    Cancel,
    Crash,
    CrashInStart,
    Delay,
    FaultInjector,
    Hang,
    InjectedFault,
    ManualClock,
    Stall,
    run_actor,
    virtual_time,
)

AT_ONCE = Backoff(first_s=0.001, jitter=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Write(Query[int]):
    """Answered with the incarnation's number."""

    line: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SureWrite(Query[int]):
    idempotent: ClassVar[bool] = True
    line: str


class Scribe(AsyncioActor[Write | SureWrite]):
    """Knows nothing of faults."""

    def __init__(self, paper: list[str]) -> None:
        super().__init__()
        self._paper = paper
        self._number = 0

    @override
    async def on_start(self) -> None:
        self._paper.append("open")
        self._number = self._paper.count("open")

    @override
    async def on_stop(self) -> None:
        self._paper.append("close")

    @override
    async def on_receive(self, message: Write | SureWrite) -> int:
        if isinstance(message, Write):
            await self.clock.sleep(message.seconds)
        self._paper.append(message.line)
        return self._number


class Press(ThreadActor[Write]):
    @override
    def on_receive(self, message: Write) -> int:
        return len(message.line)


def scribe_spec(paper: list[str], *, concurrency: int = 1) -> ChildSpec:
    return ChildSpec(
        name="scribe",
        start=lambda: Scribe(paper),
        concurrency=concurrency,
        handle_timeout_s=5.0,
        backoff=AT_ONCE,
    )


def press_spec() -> ChildSpec:
    return ChildSpec(
        name="press", start=Press, handle_timeout_s=0.2, stop_timeout_s=0.1, backoff=AT_ONCE
    )


@virtual_time
async def test_an_actor_without_an_armed_fault_behaves_as_ever() -> None:
    paper: list[str] = []
    spec = FaultInjector().wrap(scribe_spec(paper))

    async with run_actor(spec) as scribe:
        number = await scribe.ask(Write(line="a"), timeout_s=1)

    assert number == 1
    assert paper == ["open", "a", "close"]


@virtual_time
async def test_a_crash_comes_before_the_work_and_hits_one_message() -> None:
    paper: list[str] = []
    injector = FaultInjector()

    async with run_actor(injector.wrap(scribe_spec(paper))) as scribe:
        injector.arm("scribe", Crash())
        with pytest.raises(ActorFailedError, match="InjectedCrashError"):
            await scribe.ask(Write(line="a"), timeout_s=1)
        number = await scribe.ask(Write(line="b"), timeout_s=1)

    assert number == 2
    assert paper == ["open", "close", "open", "b", "close"]


@virtual_time
async def test_a_crash_after_the_work_loses_the_answer_and_repeats_what_is_idempotent() -> None:
    paper: list[str] = []
    injector = FaultInjector()

    async with run_actor(injector.wrap(scribe_spec(paper))) as scribe:
        injector.arm("scribe", Crash(after_work=True), times=2)
        with pytest.raises(ActorFailedError):
            await scribe.ask(Write(line="once"), timeout_s=1)
        number = await scribe.ask(SureWrite(line="twice"), timeout_s=1)

    assert number == 3
    assert [line for line in paper if line not in ("open", "close")] == ["once", "twice", "twice"]


@virtual_time
async def test_a_cancellation_out_of_nowhere_ends_the_incarnation() -> None:
    paper: list[str] = []
    injector = FaultInjector()

    async with run_actor(injector.wrap(scribe_spec(paper))) as scribe:
        injector.arm("scribe", Cancel())
        with pytest.raises(ActorFailedError, match="CancelledError"):
            await scribe.ask(Write(line="a"), timeout_s=1)
        assert await scribe.ask(Write(line="b"), timeout_s=1) == 2


@virtual_time
async def test_messages_in_hand_can_be_cancelled_and_are_counted() -> None:
    injector = FaultInjector()

    async with run_actor(injector.wrap(scribe_spec([], concurrency=3))) as scribe:
        asks = [asyncio.create_task(scribe.ask(Write(seconds=9), timeout_s=60)) for _ in range(2)]
        await asyncio.sleep(1)
        count = injector.cancel_in_hand("scribe")
        errors = await asyncio.gather(*asks, return_exceptions=True)
        nothing = injector.cancel_in_hand("scribe")

    assert (count, nothing) == (2, 0)
    assert {type(error) for error in errors} == {ActorFailedError}


@virtual_time
async def test_a_hang_is_ended_by_the_watch_of_the_spec() -> None:
    injector = FaultInjector()
    loop = asyncio.get_running_loop()

    async with run_actor(injector.wrap(scribe_spec([]))) as scribe:
        injector.arm("scribe", Hang())
        with pytest.raises(ActorFailedError, match="HandleTimeout"):
            await scribe.ask(Write(line="a"), timeout_s=60)

    assert loop.time() == pytest.approx(5.0, abs=0.1)


@virtual_time
async def test_a_delay_makes_an_answer_late_and_nothing_else() -> None:
    paper: list[str] = []
    injector = FaultInjector()

    async with run_actor(injector.wrap(scribe_spec(paper, concurrency=2))) as scribe:
        injector.arm("scribe", Delay(seconds=2))
        late = asyncio.create_task(scribe.ask(Write(line="late"), timeout_s=3))
        await asyncio.sleep(1)
        other = await scribe.ask(Write(line="other"), timeout_s=0.1)
        answers = [other, await late]

    assert answers == [1, 1]
    assert paper == ["open", "other", "late", "close"]


async def test_a_delay_goes_by_the_clock_that_the_test_holds() -> None:
    clock, injector = ManualClock(), FaultInjector()

    async with run_actor(injector.wrap(scribe_spec([])), clock=clock) as scribe:
        injector.arm("scribe", Delay(seconds=2))
        asking = asyncio.create_task(scribe.ask(Write(line="a"), timeout_s=30))
        await clock.advance(1.9)
        is_early = asking.done()
        await clock.advance(0.1)

        assert await asking == 1
    assert not is_early


async def test_a_stall_holds_the_whole_loop() -> None:
    injector = FaultInjector()

    async with run_actor(injector.wrap(scribe_spec([]))) as scribe:
        injector.arm("scribe", Stall(seconds=0.05))
        asking = asyncio.create_task(scribe.ask(Write(line="a"), timeout_s=30))
        before = time.monotonic()
        await asyncio.sleep(0)  # one turn of the loop, in which the worker takes the message
        await asyncio.sleep(0)
        held_s = time.monotonic() - before
        await asking

    assert held_s >= 0.05


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Crash(), "InjectedCrashError"), (Cancel(), "CancelledError"), (Hang(), "HandleTimeout")],
)
async def test_a_thread_actor_suffers_the_same_faults(fault: InjectedFault, kind: str) -> None:
    injector = FaultInjector()

    async with run_actor(injector.wrap(press_spec())) as press:
        injector.arm("press", fault)
        with pytest.raises(ActorFailedError, match=kind):
            await press.ask(Write(line="abc"), timeout_s=30)
        length = await press.ask(Write(line="abc"), timeout_s=30)

    assert length == 3


@pytest.mark.parametrize("fault", [Stall(seconds=0.02), Delay(seconds=0.02)])
async def test_a_thread_that_stalls_or_waits_answers_late(fault: InjectedFault) -> None:
    injector = FaultInjector()

    async with run_actor(injector.wrap(press_spec())) as press:
        injector.arm("press", fault)
        before = time.monotonic()
        length = await press.ask(Write(line="abc"), timeout_s=30)
        took_s = time.monotonic() - before

    assert length == 3
    assert took_s >= 0.02


@virtual_time
async def test_a_crash_in_start_comes_after_its_own_work_and_is_cleaned_up_after() -> None:
    paper: list[str] = []
    injector = FaultInjector()
    spec = injector.wrap(scribe_spec(paper))
    injector.arm("scribe", CrashInStart(), times=2)

    async with run_actor(spec) as scribe:
        number = await scribe.ask(Write(line="a"), timeout_s=1)

    assert number == 3
    assert paper == [*("open", "close") * 2, "open", "a", "close"]


@virtual_time
async def test_faults_of_one_actor_are_spent_in_the_order_in_which_they_were_armed() -> None:
    injector = FaultInjector()
    spec = injector.wrap(scribe_spec([]))
    injector.arm("scribe", CrashInStart())
    injector.arm("scribe", Delay(seconds=1))
    injector.arm("scribe", Crash())
    before = injector.armed("scribe")

    async with run_actor(spec) as scribe:
        first = await scribe.ask(Write(), timeout_s=5)
        left = injector.armed("scribe")
        with pytest.raises(ActorFailedError):
            await scribe.ask(Write(), timeout_s=5)

    assert before == (CrashInStart(), Delay(seconds=1), Crash())
    assert first == 2
    assert left == (Crash(),)
    assert injector.armed("scribe") == ()


@virtual_time
async def test_disarming_takes_back_what_has_not_struck() -> None:
    injector = FaultInjector()
    spec = injector.wrap(scribe_spec([]))

    async with run_actor(spec) as scribe:
        injector.arm("scribe", Crash(), times=3)
        injector.arm("scribe", CrashInStart())
        injector.disarm()
        number = await scribe.ask(Write(), timeout_s=1)

    assert number == 1
    assert injector.armed("scribe") == ()


@virtual_time
async def test_a_group_is_wrapped_with_all_its_children() -> None:
    paper: list[str] = []
    injector = FaultInjector()
    inner = SupervisorSpec(name="inner", children=(scribe_spec(paper),))
    spec = injector.wrap(SupervisorSpec(name="outer", children=(inner,)))
    system = ActorSystem(intensity=RestartIntensity(restarts=100))

    async with system.running([spec]):
        injector.arm("scribe", Crash())
        with pytest.raises(ActorFailedError, match="InjectedCrashError"):
            await system.address("scribe").ask(Write(), timeout_s=1)
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)

    assert injector.names == ("scribe",)
    assert [actor.name for actor in statistics.actors] == ["outer", "inner", "scribe"]


def test_arming_an_actor_that_was_not_wrapped_names_those_that_were() -> None:
    injector = FaultInjector()
    injector.wrap(scribe_spec([]))

    with pytest.raises(ValueError, match="no wrapped spec has the name press; wrapped are: scribe"):
        injector.arm("press", Crash())
