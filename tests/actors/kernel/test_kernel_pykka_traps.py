"""Each trap of plain Pykka, shown on a plain actor first, then closed by the kernel."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pykka
import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorStoppedError,
    ActorSystem,
    AsyncioActor,
    Backoff,
    ChildSpec,
    Message,
    Query,
    RestartIntensity,
)
from actors.testing import virtual_time

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = Backoff(first_s=0.001)


@pytest.fixture(autouse=True)
def no_actor_is_left() -> Iterator[None]:
    logging.getLogger("pykka").setLevel(logging.CRITICAL)
    yield
    pykka.ActorRegistry.stop_all()
    logging.getLogger("pykka").setLevel(logging.NOTSET)


@dataclass(frozen=True)
class Say(Query[Any]):
    """A message of two words, for both kinds of actors."""

    word: str


class PlainActor(pykka.ThreadingActor):
    use_daemon_thread = True

    def __init__(self, gate: threading.Event | None = None, *, broken: bool = False) -> None:
        super().__init__()
        self.gate = gate
        self.broken = broken
        self.heard: list[str] = []
        self.hooks: list[str] = []

    @override
    def on_start(self) -> None:
        if self.broken:
            raise ConnectionError

    @override
    def on_stop(self) -> None:
        self.hooks.append("on_stop")

    @override
    def on_failure(self, *_arguments: Any) -> None:
        self.hooks.append("on_failure")

    @override
    def on_receive(self, message: Any) -> Any:
        match message.word:
            case "wait":
                assert self.gate is not None
                self.gate.wait(10)
            case "crash":
                raise ZeroDivisionError
            case "exit":
                raise SystemExit
            case "cancel":
                raise asyncio.CancelledError
            case _:
                pass
        self.heard.append(message.word)
        return message.word


class KernelActor(AsyncioActor[Any]):
    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self.heard = heard

    @override
    async def on_receive(self, message: Say) -> object:
        match message.word:
            case "wait":
                await asyncio.sleep(1)
            case "crash":
                raise ZeroDivisionError
            case "exit":
                raise SystemExit
            case "cancel":
                raise asyncio.CancelledError
            case _:
                pass
        self.heard.append(message.word)
        return message.word


def kernel_spec(heard: list[str], name: str = "actor", **settings: Any) -> ChildSpec:
    return ChildSpec(name=name, start=lambda: KernelActor(heard), backoff=QUICK, **settings)


def patient_system() -> ActorSystem:
    return ActorSystem(intensity=RestartIntensity(restarts=100))


# --- Awaiting a future blocks the loop ------------------------------------------------------------


def test_plain_awaiting_a_future_stops_the_loop() -> None:
    gate = threading.Event()
    ref = PlainActor.start(gate)

    async def main() -> list[str]:
        order: list[str] = []

        async def other() -> None:
            order.append("other")

        task = asyncio.create_task(other())
        threading.Timer(0.1, gate.set).start()
        await ref.ask(Say("wait"), block=False)
        order.append("reply")
        await task
        return order

    # One bare yield lets what is ready run; then the whole loop stands still for the reply.
    async def ticks() -> int:
        gate.clear()
        count = 0

        async def tick() -> None:
            nonlocal count
            while True:
                count += 1
                await asyncio.sleep(0.01)

        ticking = asyncio.create_task(tick())
        threading.Timer(0.2, gate.set).start()
        await ref.ask(Say("wait"), block=False)
        ticking.cancel()
        return count

    assert asyncio.run(main()) == ["other", "reply"]
    assert asyncio.run(ticks()) <= 1


async def test_kernel_awaiting_a_future_or_an_ask_lets_the_loop_go_on() -> None:
    system = patient_system()
    heard: list[str] = []
    count = 0

    async def tick() -> None:
        nonlocal count
        while True:
            count += 1
            await asyncio.sleep(0.01)

    async with system.running([kernel_spec(heard)]):
        ticking = asyncio.create_task(tick())
        await system.address("actor").ask(Say("wait"), timeout_s=5)
        ref = pykka.ActorRegistry.get_by_class_name("KernelActor")[0]
        await ref.ask(Say("wait"), block=False)
        ticking.cancel()

    assert count > 20


# --- An exception in an ask leaves the actor running; in a tell it kills it -----------------------


def test_plain_an_exception_in_an_ask_leaves_the_actor_as_it_is() -> None:
    ref = PlainActor.start()

    with pytest.raises(ZeroDivisionError):
        ref.ask(Say("crash"))

    assert ref.is_alive()


def test_plain_an_exception_in_a_tell_kills_the_actor_for_good() -> None:
    ref = PlainActor.start()

    ref.tell(Say("crash"))

    assert ref.actor_stopped.wait(5)


@virtual_time
async def test_kernel_an_exception_ends_the_incarnation_either_way_and_the_actor_lives_on() -> None:
    system = patient_system()
    heard: list[str] = []
    actor = system.address("actor")

    async with system.running([kernel_spec(heard)]):
        with pytest.raises(ActorFailedError):
            await actor.ask(Say("crash"), timeout_s=1)
        actor.tell(Say("crash"))  # type: ignore[arg-type]
        reply = await actor.ask(Say("still here"), timeout_s=5)

    assert reply == "still here"


# --- A failing on_start kills it and calls no hook ------------------------------------------------


def test_plain_a_failing_start_kills_the_actor_and_calls_no_hook() -> None:
    ref = PlainActor.start(broken=True)
    actor = ref._actor_weakref()

    assert ref.actor_stopped.wait(5)
    assert actor is None or actor.hooks == []


@virtual_time
async def test_kernel_a_failing_start_calls_on_stop_and_is_tried_again() -> None:
    hooks: list[str] = []

    class Late(AsyncioActor[Any]):
        attempts = 0

        @override
        async def on_start(self) -> None:
            Late.attempts += 1
            if Late.attempts < 3:
                raise ConnectionError

        @override
        async def on_stop(self) -> None:
            hooks.append("on_stop")

    async with patient_system().running([ChildSpec(name="late", start=Late, backoff=QUICK)]):
        pass

    assert Late.attempts == 3
    assert hooks == ["on_stop"] * 3


# --- Queued tells vanish at death -----------------------------------------------------------------


def test_plain_queued_tells_vanish_when_the_actor_dies() -> None:
    gate = threading.Event()
    ref = PlainActor.start(gate)
    actor = ref._actor_weakref()
    assert actor is not None

    for word in ("wait", "crash", "one", "two"):
        ref.tell(Say(word))
    gate.set()

    assert ref.actor_stopped.wait(5)
    assert actor.heard == ["wait"]


@virtual_time
async def test_kernel_queued_tells_are_handled_by_the_next_incarnation() -> None:
    system = patient_system()
    heard: list[str] = []

    async with system.running([kernel_spec(heard)]):
        for word in ("wait", "crash", "one", "two"):
            system.address("actor").tell(Say(word))  # type: ignore[arg-type]
        await asyncio.sleep(5)

    assert heard == ["wait", "one", "two"]


# --- An ask that races with death never completes -------------------------------------------------


def test_plain_an_ask_that_races_with_death_never_completes() -> None:
    ref = PlainActor.start()
    ref.stop()
    ref.actor_stopped.clear()  # the state in which the racing caller found it a moment before

    future = ref.ask(Say("hello"), block=False)

    with pytest.raises(pykka.Timeout):
        future.get(timeout=0.3)


@virtual_time
async def test_kernel_every_ask_around_a_death_completes() -> None:
    system = patient_system()
    heard: list[str] = []
    actor = system.address("actor")

    async with system.running([kernel_spec(heard, restart="temporary")]):
        asks = [asyncio.create_task(actor.ask(Say("wait"), timeout_s=3600)) for _ in range(5)]
        asks.append(asyncio.create_task(actor.ask(Say("crash"), timeout_s=3600)))
        asks += [asyncio.create_task(actor.ask(Say("late"), timeout_s=3600)) for _ in range(5)]
        outcomes = await asyncio.gather(*asks, return_exceptions=True)
        with pytest.raises(ActorStoppedError):
            await actor.ask(Say("afterwards"), timeout_s=3600)
        took_s = asyncio.get_running_loop().time()

    assert outcomes[:5] == ["wait"] * 5
    assert isinstance(outcomes[5], ActorFailedError)
    assert all(isinstance(outcome, ActorStoppedError) for outcome in outcomes[6:])
    assert took_s < 10


# --- SystemExit or CancelledError in a handler stops all actors -----------------------------------


@pytest.mark.parametrize("word", ["exit", "cancel"])
def test_plain_a_base_exception_in_one_actor_stops_all(word: str) -> None:
    bystander = PlainActor.start()
    ref = PlainActor.start()

    ref.tell(Say(word))

    assert bystander.actor_stopped.wait(5)


@pytest.mark.parametrize("word", ["exit", "cancel"])
@virtual_time
async def test_kernel_a_base_exception_ends_one_incarnation_only(word: str) -> None:
    system = patient_system()
    heard: list[str] = []

    async with system.running([kernel_spec(heard), kernel_spec(heard, "bystander")]):
        system.address("actor").tell(Say(word))  # type: ignore[arg-type]
        replies = [
            await system.address(name).ask(Say(name), timeout_s=5)
            for name in ("actor", "bystander")
        ]

    assert replies == ["actor", "bystander"]


# --- A reply set twice kills the thread and leaves the actor "alive" ------------------------------


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_plain_a_reply_set_twice_kills_the_thread_of_an_actor_that_seems_alive() -> None:
    gate = threading.Event()
    ref = PlainActor.start(gate)

    future = ref.ask(Say("wait"), block=False)
    future.set("somebody else was faster")
    gate.set()

    later = ref.ask(Say("hello"), block=False)
    with pytest.raises(pykka.Timeout):
        later.get(timeout=0.3)
    assert ref.is_alive()
    pykka.ActorRegistry.unregister(ref)  # its thread is gone; stopping it would wait for ever


async def test_kernel_the_first_completion_of_a_reply_wins_and_harms_nobody() -> None:
    system = patient_system()
    heard: list[str] = []

    async with system.running([kernel_spec(heard)]):
        ref = pykka.ActorRegistry.get_by_class_name("KernelActor")[0]
        future = ref.ask(Say("wait"), block=False)
        future.set("somebody else was faster")
        later = await ref.ask(Say("hello"), block=False)
        first = await future

    assert first == "somebody else was faster"
    assert later == "hello"


# --- Pykka's own ways still work ------------------------------------------------------------------


async def test_pykkas_ask_tell_and_stop_work_on_an_actor_without_a_supervisor() -> None:
    class Alone(AsyncioActor[Any]):
        @override
        async def on_receive(self, message: Message) -> object:
            return type(message).__name__

    ref = Alone.start()

    reply = await asyncio.to_thread(ref.ask, Say("hello"), timeout=5)
    await asyncio.to_thread(ref.stop)

    assert reply == "Say"
    assert await asyncio.to_thread(ref.actor_stopped.wait, 5)
    with pytest.raises(pykka.ActorDeadError):
        ref.tell(Say("afterwards"))
