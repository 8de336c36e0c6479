"""What programs do that mean no good, or mean well: nothing of it ends supervision."""

from __future__ import annotations

import asyncio
import os
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pytest
import structlog
from pykka import ActorRegistry
from typing_extensions import override

from actors.kernel import (
    ActorKitError,
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    GetStatistics,
    Link,
    Message,
    Query,
    StartChild,
    StopChild,
    Subscribe,
    ThreadActor,
    Unwatch,
    Watch,
)
from actors.kernel.envelope import Envelope, LoopReply
from actors.kernel.thread_run import ThreadRun
from actors.testing import Probe, run_actor, virtual_time
from tests.actors.kernel.clerks import crash
from tests.actors.kernel.patients import (
    NO_JITTER,
    PATIENT,
    Diary,
    Fail,
    Ping,
    Quit,
    statistics_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["loop", "thread"]
KINDS: tuple[Kind, ...] = ("loop", "thread")


# --- The log ----------------------------------------------------------------------------------


def refuse_failures(_logger: object, _method: str, event: Any) -> Any:
    if event["event"] == "actor.failed":
        raise BrokenPipeError
    return event


class Touchy(AsyncioActor[Any]):
    """Fails on whatever comes first, then answers."""

    calls = 0

    @override
    async def on_receive(self, message: Any) -> int:
        return fail_at_first(type(self))


class TouchyThread(ThreadActor[Any]):
    calls = 0

    @override
    def on_receive(self, message: Any) -> int:
        return fail_at_first(type(self))


def fail_at_first(kind: Any) -> int:
    kind.calls += 1
    if kind.calls == 1:
        raise ZeroDivisionError
    return 1


def touchy_spec(kind: Kind) -> ChildSpec:
    actor_class: Any = Touchy if kind == "loop" else TouchyThread
    actor_class.calls = 0
    return ChildSpec(name="touchy", start=actor_class, backoff=NO_JITTER)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_log_that_fails_does_not_keep_an_actor_from_being_restarted(kind: Kind) -> None:
    structlog.configure(processors=[refuse_failures, structlog.processors.KeyValueRenderer()])

    async with run_actor(touchy_spec(kind)) as touchy:
        with pytest.raises(ActorKitError, match="ZeroDivisionError"):
            await touchy.ask(Ping(), timeout_s=10)
        answer = await touchy.ask(Ping(), timeout_s=10)

    assert answer == 1


# --- Messages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_no_message_is_refused_in_the_hands_of_its_sender(kind: Kind) -> None:
    word: Any = "x"

    async with run_actor(touchy_spec(kind)) as touchy:
        with pytest.raises(TypeError, match="str is no Message"):
            touchy.tell(word)
        with pytest.raises(TypeError, match="str is no Query"):
            await touchy.ask(word, timeout_s=1)


@pytest.mark.parametrize("kind", KINDS)
async def test_an_actor_that_fails_on_what_pykka_sends_it_is_restarted(kind: Kind) -> None:
    async with run_actor(touchy_spec(kind)) as touchy:
        (ref,) = [
            one for one in ActorRegistry.get_all() if one.actor_class in (Touchy, TouchyThread)
        ]
        with pytest.raises(ActorKitError, match="ZeroDivisionError"):
            await ref.ask("x", block=False)
        answer = await touchy.ask(Ping(), timeout_s=10)

    assert answer == 1


# --- Cancellations ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelLater(Query[None]):
    """Answered at once; its task is cancelled a second later."""


class Rash(AsyncioActor[CancelLater | Ping]):
    @override
    async def on_receive(self, message: CancelLater | Ping) -> object:
        task = asyncio.current_task()
        if isinstance(message, CancelLater) and task is not None:
            asyncio.get_running_loop().call_later(1, task.cancel)
        return 1


@virtual_time
async def test_a_cancellation_that_comes_after_the_handler_returned_loses_no_message() -> None:
    async with run_actor(ChildSpec(name="rash", start=Rash)) as rash:
        await rash.ask(CancelLater(), timeout_s=1)
        await asyncio.sleep(2)
        answer = await rash.ask(Ping(), timeout_s=1)

    assert answer == 1


@virtual_time
@pytest.mark.parametrize("error", [asyncio.CancelledError, GeneratorExit, SystemExit])
async def test_a_factory_may_raise_anything_and_is_called_again(
    error: type[BaseException],
) -> None:
    diary, system, attempts = Diary(), ActorSystem(intensity=PATIENT), [error]
    spec = diary.spec("a")

    def build() -> Any:
        if attempts:
            raise attempts.pop()
        return spec.start()

    address = system.address("a")
    async with system.running([ChildSpec(name="a", start=build, backoff=NO_JITTER)]):
        answer = await address.ask(Ping(), timeout_s=5)
        seen = await statistics_of(system, "a")

    assert answer == 1
    assert (seen.restarts, seen.last_failure_kind) == (1, error.__name__)


class Stubborn(AsyncioActor[Ping]):
    """Has a child that takes two cancellations to end."""

    @override
    async def on_start(self) -> None:
        self.spawn(self._stay(), name="stay")

    async def _stay(self) -> None:
        for _ in range(2):
            try:
                await asyncio.sleep(1e6)
            except asyncio.CancelledError:
                continue

    @override
    async def on_receive(self, message: Ping) -> int:
        return 1


@virtual_time
async def test_work_that_swallows_its_cancellation_gets_no_more_than_the_budget() -> None:
    system = ActorSystem(drain_budget_s=3)
    names = ("a", "b")
    loop = asyncio.get_running_loop()

    async with system.running(
        [ChildSpec(name=name, start=Stubborn, stop_timeout_s=60) for name in names]
    ):
        began = loop.time()
        system.stop()
        await system.wait_stopped()
        took_s = loop.time() - began

    assert took_s <= 3 + 0.5 * len(names) + 0.01


# --- The context ------------------------------------------------------------------------------

LANGUAGE: ContextVar[str] = ContextVar("language")


class Linguist(AsyncioActor[Ping]):
    @override
    async def on_receive(self, message: Ping) -> Any:
        before = LANGUAGE.get()
        LANGUAGE.set("of the message")
        return before


@virtual_time
async def test_a_variable_set_before_the_system_started_is_as_it_was_for_each_message() -> None:
    LANGUAGE.set("of the program")

    async with run_actor(ChildSpec(name="linguist", start=Linguist)) as linguist:
        seen: list[Any] = [await linguist.ask(Ping(), timeout_s=1) for _ in range(3)]

    assert seen == ["of the program"] * 3


# --- The supervisor ---------------------------------------------------------------------------


@virtual_time
async def test_listeners_that_are_gone_for_good_are_forgotten() -> None:
    diary, system = Diary(), ActorSystem(intensity=PATIENT)
    ear, probe = system.address("ear"), Probe()

    async with system.running([diary.spec("ear", restart="transient"), diary.spec("a")]):
        for listener in (ear, probe.address):
            await system.supervisor.ask(Subscribe(subscriber=listener), timeout_s=1)
            await system.supervisor.ask(Watch(name="a", watcher=listener), timeout_s=1)
        ear.tell(Quit())
        await asyncio.sleep(1)
        await crash(system, "a")
        await asyncio.sleep(1)
        subscribers, watchers = system._state._subscribers, system._state._watchers["a"]

    assert subscribers == watchers == {probe.address}


@pytest.mark.parametrize(
    "build",
    [
        lambda word: Subscribe(subscriber=word),
        lambda word: Watch(name="a", watcher=word),
        lambda word: Watch(name=[word], watcher=Probe().address),  # type: ignore[arg-type]
    ],
)
async def test_a_listener_that_is_no_address_is_refused_in_the_callers_hands(
    build: Callable[[Any], Message],
) -> None:
    with pytest.raises(TypeError, match=r"is no (Address|str)"):
        build("ear")


@pytest.mark.parametrize(
    "build",
    [
        lambda word: StopChild(name=word),
        lambda word: StartChild(spec=word),
        lambda word: Link(one="a", other=word),
        lambda word: Unwatch(name=word, watcher=word),
    ],
)
@virtual_time
async def test_a_query_that_makes_no_sense_is_an_error_of_its_caller_alone(
    build: Callable[[Any], Any],
) -> None:
    diary, system = Diary(), ActorSystem()
    address, anything = system.address("a"), system.supervisor

    async with system.running([diary.spec("a")]):
        with pytest.raises((TypeError, AttributeError)):
            await anything.ask(build(["no", "word"]), timeout_s=1)
        answer = await address.ask(Ping(), timeout_s=1)
        seen = await statistics_of(system, "a")

    assert answer == 1
    assert seen.restarts == 0


@virtual_time
async def test_the_numbers_of_many_actors_are_put_together_in_several_turns() -> None:
    diary, system = Diary(), ActorSystem()
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with system.running([diary.spec(str(number)) for number in range(500)]):
        counting = asyncio.create_task(count_turns())
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=5)
        counting.cancel()

    assert len(statistics.actors) == 500
    assert turns >= 10


@virtual_time
async def test_a_system_that_has_run_says_so_when_it_is_run_again() -> None:
    diary, system = Diary(), ActorSystem()
    async with system.running([diary.spec("a")]):
        pass

    with pytest.raises(ActorKitError, match="runs once"):
        async with system.running([diary.spec("a")]):
            pass


async def test_run_off_the_main_thread_says_what_to_use_instead() -> None:
    with pytest.raises(ActorKitError, match="main thread"):
        await asyncio.to_thread(ActorSystem().run, [Diary().spec("a")])


# --- What should be impossible ----------------------------------------------------------------


def wait_until_asleep(run: object) -> None:
    while isinstance(run, ThreadRun) and not run._something._cond._waiters:  # type: ignore[attr-defined]  # of Python's own
        os.sched_yield()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_message_of_which_nobody_was_told_is_found_handled_and_counted(kind: Kind) -> None:
    system, loop = ActorSystem(intensity=PATIENT), asyncio.get_running_loop()
    address = system.address("touchy")
    reply: asyncio.Future[int] = loop.create_future()

    async with system.running([touchy_spec(kind)], own_thread=True):
        with pytest.raises(ActorKitError):
            await address.ask(Fail(), timeout_s=5)
        await address.ask(Ping(), timeout_s=5)
        wait_until_asleep(address._cell.run)
        # Put there without a word to the incarnation.
        address._cell.mailbox.offer(Envelope(Ping(), LoopReply(loop, reply), "id", None))
        answer = await asyncio.wait_for(reply, 5)
        seen = await statistics_of(system, "touchy")

    assert answer == 1
    assert seen.mended == 1
