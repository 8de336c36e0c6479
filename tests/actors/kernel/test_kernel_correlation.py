"""One id for everything that follows from one event, over every kind of hop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, assert_never, get_args

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from actors.kernel import (
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    InjectFault,
    Message,
    Query,
    RestartIntensity,
    ThreadActor,
    correlation,
    current_correlation_id,
)

OUTSIDE = "from-outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive(Query[str]):
    """Answered with the id under which it arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetTrail(Query[tuple[str, ...]]):
    """Ask for the ids under which messages arrived; comes after those that were told before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveTwice(Message):
    """Hangs the first time it is handled."""

    idempotent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Meet(Query[tuple[str, str]]):
    """Answered, when two of them have come, with the id before and after the wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger(Message):
    """Handled by nobody."""


Way: TypeAlias = Literal["tell", "ask", "gather", "spawn", "isolate", "executor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Go(Query[None]):
    """Ask to go on to a last actor, one way or another."""

    way: Way
    to: str = "last"
    what: Arrive | Stranger = Arrive()


class Trail:
    """What one test's actors share."""

    def __init__(self, system: ActorSystem) -> None:
        self.system = system
        self.ids: list[str] = []
        self.hangs = asyncio.Event()
        self.barrier = asyncio.Barrier(2)

    def specs(self) -> list[ChildSpec]:
        return [
            ChildSpec(name="last", start=lambda: Last(self), concurrency=2),
            ChildSpec(name="last thread", start=lambda: LastThread(self)),
            ChildSpec(name="hop", start=lambda: Hop(self)),
            ChildSpec(name="thread hop", start=lambda: ThreadHop(self)),
        ]


class Last(AsyncioActor[Arrive | GetTrail | ArriveTwice | Meet]):
    def __init__(self, trail: Trail) -> None:
        super().__init__()
        self._trail = trail

    @override
    async def on_receive(self, message: Arrive | GetTrail | ArriveTwice | Meet) -> object:
        match message:
            case Arrive():
                self._trail.ids.append(current_correlation_id())
                return self._trail.ids[-1]
            case GetTrail():
                return tuple(self._trail.ids)
            case ArriveTwice():
                self._trail.ids.append(current_correlation_id())
                self._trail.hangs.set()
                return await asyncio.Event().wait() if len(self._trail.ids) == 1 else None
            case Meet():
                before = current_correlation_id()
                await self._trail.barrier.wait()
                return before, current_correlation_id()
            case _:
                assert_never(message)


class LastThread(ThreadActor[Arrive | GetTrail]):
    def __init__(self, trail: Trail) -> None:
        super().__init__()
        self._trail = trail

    @override
    def on_receive(self, message: Arrive | GetTrail) -> object:
        match message:
            case Arrive():
                self._trail.ids.append(current_correlation_id())
                return self._trail.ids[-1]
            case GetTrail():
                return tuple(self._trail.ids)
            case _:
                assert_never(message)


class Hop(AsyncioActor[Go]):
    def __init__(self, trail: Trail) -> None:
        super().__init__()
        self._system = trail.system

    @override
    async def on_receive(self, message: Go) -> None:
        to = self._system.address(message.to)
        match message.way:
            case "tell":
                to.tell(message.what)  # type: ignore[arg-type]
            case "ask":
                await to.ask(Arrive(), timeout_s=5)
            case "gather":
                await asyncio.gather(to.ask(Arrive(), timeout_s=5))
            case "spawn":
                await self.spawn(to.ask(Arrive(), timeout_s=5), name="asking")
            case "isolate":
                await self.isolate(to.ask(Arrive(), timeout_s=5))
            case "executor":
                await asyncio.to_thread(to.tell, Arrive())  # type: ignore[arg-type]
            case _:
                assert_never(message.way)


class ThreadHop(ThreadActor[Go]):
    def __init__(self, trail: Trail) -> None:
        super().__init__()
        self._last = trail.system.address("last")

    @override
    def on_receive(self, message: Go) -> object:
        if message.way == "tell":
            return self._last.tell(message.what)  # type: ignore[arg-type]
        return self._last.ask_blocking(Arrive(), timeout_s=5)


@pytest.fixture
async def trail() -> Trail:
    return Trail(ActorSystem(intensity=RestartIntensity(restarts=100)))


@pytest.mark.parametrize(
    ("first", "way", "last"),
    [
        *[("hop", way, "last") for way in get_args(Way)],
        ("hop", "tell", "last thread"),
        ("hop", "ask", "last thread"),
        ("thread hop", "tell", "last"),
        ("thread hop", "ask", "last"),
    ],
)
async def test_the_id_arrives_over_two_hops(trail: Trail, first: str, way: Way, last: str) -> None:
    async with trail.system.running(trail.specs()):
        with correlation(OUTSIDE):
            await trail.system.address(first).ask(Go(way=way, to=last), timeout_s=5)
        arrived = await trail.system.address(last).ask(GetTrail(), timeout_s=5)

    assert arrived == (OUTSIDE,)


async def test_the_id_comes_along_when_pykkas_own_reference_is_used(trail: Trail) -> None:
    actor = Last(trail)

    async with trail.system.running(
        [ChildSpec(name="last", start=lambda: actor), *trail.specs()[1:]]
    ):
        with correlation(OUTSIDE):
            arrived = await actor.actor_ref.ask(Arrive(), block=False)

    assert arrived == OUTSIDE


async def test_a_message_that_is_redelivered_keeps_its_id(trail: Trail) -> None:
    last = trail.system.address("last")

    async with trail.system.running(trail.specs()):
        with correlation(OUTSIDE):
            last.tell(ArriveTwice())
        async with asyncio.timeout(5):
            await trail.hangs.wait()
        fault = InjectFault(name="last", fault="crash")
        await trail.system.supervisor.ask(fault, timeout_s=1)
        arrived = await last.ask(GetTrail(), timeout_s=5)

    assert arrived == (OUTSIDE, OUTSIDE)


async def test_messages_handled_at_the_same_time_keep_their_ids_apart(trail: Trail) -> None:
    last = trail.system.address("last")

    async def meet(name: str) -> tuple[str, str]:
        with correlation(name):
            return await last.ask(Meet(), timeout_s=5)

    async with trail.system.running(trail.specs()):
        met = await asyncio.gather(meet("one"), meet("two"))

    assert tuple(met) == (("one", "one"), ("two", "two"))


async def test_messages_that_follow_from_nothing_get_an_id_each(trail: Trail) -> None:
    last = trail.system.address("last")

    async with trail.system.running(trail.specs()):
        arrived = [await last.ask(Arrive(), timeout_s=5) for _ in range(2)]

    assert all(arrived)
    assert arrived[0] != arrived[1]


@pytest.mark.parametrize("name", ["last", "last thread"])
async def test_an_unknown_message_is_a_dead_letter_with_the_senders_id(
    trail: Trail, name: str
) -> None:
    go = Go(way="tell", to=name, what=Stranger())

    with capture_logs() as lines:
        async with trail.system.running(trail.specs()):
            with correlation(OUTSIDE):
                for _ in range(3):
                    await trail.system.address("hop").ask(go, timeout_s=5)
            await trail.system.address(name).ask(GetTrail(), timeout_s=5)

    (line,) = [line for line in lines if line["event"] == "actor.dead_letter"]
    assert (line["actor"], line["message"], line["reason"]) == (name, "Stranger", "unknown")
    assert line["correlation_id"] == OUTSIDE
