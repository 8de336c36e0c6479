from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import assert_never

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorSystem,
    ChildSpec,
    GetStatistics,
    InjectFault,
    IntensityExceededError,
    Query,
    RestartIntensity,
    ThreadActor,
    UnknownMessageError,
    correlation,
    current_correlation_id,
)
from actors.testing import Probe

PATIENT = RestartIntensity(restarts=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class GetThread(Query[tuple[str, int]]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCorrelation(Query[str]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail(Query[None]):
    leave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor(Query[None]):
    gate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskProbe(Query[int]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Query[int]):
    pass


class Shared:
    """What one test shares with the threads of its actor."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.gates = [threading.Event(), threading.Event()]
        self.probe: Probe | None = None
        self.count = 0

    def spec(self, *, handle_timeout_s: float = 30.0) -> ChildSpec:
        return ChildSpec(
            name="renderer",
            start=lambda: Renderer(self),
            handle_timeout_s=handle_timeout_s,
            stop_timeout_s=0.2,
        )


RendererMessage = GetThread | GetCorrelation | Fail | WaitFor | AskProbe


class Renderer(ThreadActor[RendererMessage]):
    def __init__(self, shared: Shared) -> None:
        super().__init__()
        shared.count += 1
        self.number = shared.count
        self.shared = shared

    @override
    def on_start(self) -> None:
        self.shared.events.append(f"start {self.number}")

    @override
    def on_stop(self) -> None:
        self.shared.events.append(f"stop {self.number}")

    @override
    def on_receive(self, message: RendererMessage) -> object:
        match message:
            case GetThread():
                return threading.current_thread().name, self.number
            case GetCorrelation():
                return current_correlation_id()
            case Fail(leave=leave):
                raise SystemExit(1) if leave else ZeroDivisionError
            case WaitFor(gate=gate):
                self.shared.gates[gate].wait(20)
                return "late"
            case AskProbe():
                assert self.shared.probe is not None
                return self.shared.probe.address.ask_blocking(Number(), timeout_s=10)
            case _:
                assert_never(message)


async def test_a_thread_actor_handles_on_a_thread_of_its_own() -> None:
    shared = Shared()
    system = ActorSystem()

    async with system.running([shared.spec()]):
        thread, number = await system.address("renderer").ask(GetThread(), timeout_s=5)

    assert thread == "renderer#1"
    assert number == 1
    assert shared.events == ["start 1", "stop 1"]


@pytest.mark.parametrize("leave", [False, True])
async def test_an_exception_ends_the_incarnation_and_a_new_thread_takes_over(
    *, leave: bool
) -> None:
    shared = Shared()
    system = ActorSystem(intensity=PATIENT)
    renderer = system.address("renderer")

    async with system.running([shared.spec()]):
        with pytest.raises(ActorFailedError):
            await renderer.ask(Fail(leave=leave), timeout_s=5)
        thread, number = await renderer.ask(GetThread(), timeout_s=5)

    assert (thread, number) == ("renderer#2", 2)
    assert shared.events == ["start 1", "stop 1", "start 2", "stop 2"]


async def test_a_hung_thread_is_abandoned_and_replaced_and_its_late_reply_ignored() -> None:
    shared = Shared()
    system = ActorSystem(intensity=PATIENT)
    renderer = system.address("renderer")

    async with system.running([shared.spec(handle_timeout_s=0.2)]):
        with pytest.raises(ActorFailedError) as caught:
            await renderer.ask(WaitFor(gate=0), timeout_s=10)
        thread, number = await renderer.ask(GetThread(), timeout_s=10)
        shared.gates[0].set()
        again = await renderer.ask(GetThread(), timeout_s=10)

    assert caught.value.kind == "HandleTimeout"
    assert (thread, number) == ("renderer#2", 2)
    assert again == (thread, number)


async def test_time_spent_waiting_for_another_actor_does_not_count_as_hanging() -> None:
    shared = Shared()
    shared.probe = Probe()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([shared.spec(handle_timeout_s=0.1)]):
        asking = asyncio.create_task(system.address("renderer").ask(AskProbe(), timeout_s=10))
        query = await shared.probe.expect(Number, timeout_s=5)
        asyncio.get_running_loop().call_later(0.4, shared.probe.reply, query, 7)
        reply = await asking
        (statistics,) = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors

    assert reply == 7
    assert statistics.restarts == 0


async def test_a_message_that_waits_behind_a_hang_is_handled_by_the_next_incarnation() -> None:
    shared = Shared()
    system = ActorSystem(intensity=PATIENT)
    renderer = system.address("renderer")

    async with system.running([shared.spec(handle_timeout_s=0.2)]):
        await system.supervisor.ask(InjectFault(name="renderer", fault="hang"), timeout_s=1)
        _, number = await renderer.ask(GetThread(), timeout_s=10)

    assert number == 2


async def test_unknown_messages_and_correlation_are_as_for_every_actor() -> None:
    shared = Shared()
    system = ActorSystem()
    renderer = system.address("renderer")

    async with system.running([shared.spec()]):
        with correlation("from-outside"):
            seen = await renderer.ask(GetCorrelation(), timeout_s=5)
        with pytest.raises(UnknownMessageError):
            await renderer.ask(Number(), timeout_s=5)

    assert seen == "from-outside"


async def test_a_thread_actor_with_concurrency_is_refused() -> None:
    shared = Shared()
    spec = ChildSpec(name="renderer", start=lambda: Renderer(shared), concurrency=2)
    system = ActorSystem(intensity=RestartIntensity(restarts=0))

    with pytest.raises(IntensityExceededError) as caught:
        async with system.running([spec]):
            raise AssertionError("never ready")

    assert "renderer: a thread actor has a concurrency of 1" in str(caught.value.__cause__)


async def test_a_drain_lets_a_thread_finish_what_is_queued() -> None:
    shared = Shared()
    system = ActorSystem()
    renderer = system.address("renderer")

    async with system.running([shared.spec()], own_thread=True):
        first = asyncio.create_task(renderer.ask(WaitFor(gate=1), timeout_s=10))
        others = [asyncio.create_task(renderer.ask(GetThread(), timeout_s=10)) for _ in range(5)]
        await asyncio.sleep(0)
        system.stop()
        shared.gates[1].set()
        replies = await asyncio.gather(first, *others)
        code = await system.wait_stopped()

    assert len(replies) == 6
    assert code == 0
