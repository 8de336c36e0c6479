"""Messages that are sent later, put aside, or handled by nobody."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import assert_never

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorSystem,
    Address,
    AsyncioActor,
    ChildSpec,
    DeadLetter,
    InjectFault,
    MailboxFullError,
    Message,
    Query,
    SubscribeDeadLetters,
    UnsubscribeDeadLetters,
    reply_to,
)
from actors.testing import ManualClock, Probe, run_actor, virtual_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Message):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTicking(Message):
    pass


class Ticker(AsyncioActor[StopTicking]):
    def __init__(self, to: Address[Tick], *, every_s: float, once_s: float) -> None:
        super().__init__()
        self._to = to
        self._every_s = every_s
        self._once_s = once_s

    @override
    async def on_start(self) -> None:
        self._ticking = self.send_every(self._every_s, Tick(), to=self._to)
        self.send_after(self._once_s, StopTicking())

    @override
    async def on_receive(self, message: StopTicking) -> None:
        self._ticking.cancel()


async def test_a_message_is_sent_again_and_again_by_the_actors_clock_until_it_is_taken_back() -> (
    None
):
    clock, probe = ManualClock(), Probe()

    async with run_actor(Ticker(probe.address, every_s=10, once_s=25), clock=clock):
        await clock.advance(9)
        probe.expect_no_message()
        await clock.advance(1)
        await probe.expect(Tick)
        await clock.advance(10)
        await probe.expect(Tick)
        await clock.advance(60)
        probe.expect_no_message()


@virtual_time
async def test_nothing_is_sent_after_the_end_of_an_incarnation() -> None:
    system, probe = ActorSystem(), Probe()
    spec = ChildSpec(
        name="ticker",
        start=lambda: Ticker(probe.address, every_s=10, once_s=60),
        restart="temporary",
    )

    async with system.running([spec]):
        await asyncio.sleep(5)
        await system.supervisor.ask(InjectFault(name="ticker", fault="crash"), timeout_s=1)
        await probe.expect_silence(60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Message):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter(Query[int]):
    number: int


class Door(AsyncioActor[Open | Enter]):
    """Lets nobody in before it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self._is_open = False
        self._seen: list[int] = []

    @override
    async def on_receive(self, message: Open | Enter) -> int | None:
        match message:
            case Open():
                self._is_open = True
                self.unstash()
                return None
            case Enter() if not self._is_open:
                self.stash()
                return None
            case Enter(number=number):
                self._seen.append(number)
                return reply_to(message, len(self._seen))
            case _:
                assert_never(message)


DOOR = ChildSpec(name="door", start=Door, mailbox_size=3)


@virtual_time
async def test_what_is_put_aside_is_answered_later_in_its_order() -> None:
    async with run_actor(DOOR) as door, asyncio.TaskGroup() as group:
        asked = [group.create_task(door.ask(Enter(number=n), timeout_s=9)) for n in (1, 2, 3)]
        await asyncio.sleep(1)
        door.tell(Open())
        places = [await each for each in asked]

    assert places == [1, 2, 3]


@virtual_time
async def test_one_more_than_can_be_put_aside_is_refused() -> None:
    async with run_actor(DOOR) as door:
        asked = [asyncio.create_task(door.ask(Enter(number=n), timeout_s=9)) for n in (1, 2, 3)]
        await asyncio.sleep(1)
        with pytest.raises(MailboxFullError):
            await door.ask(Enter(number=4), timeout_s=9)
        for each in asked:
            each.cancel()


@virtual_time
async def test_what_was_put_aside_waits_for_the_next_incarnation() -> None:
    system = ActorSystem()
    door = system.address(DOOR)

    async with system.running([DOOR]):
        asked = asyncio.create_task(door.ask(Enter(number=1), timeout_s=9))
        await asyncio.sleep(1)
        await system.supervisor.ask(InjectFault(name="door", fault="crash"), timeout_s=1)
        await asyncio.sleep(1)
        door.tell(Open())
        place = await asked

    assert place == 1


@virtual_time
async def test_what_was_put_aside_is_skipped_when_its_asker_has_left() -> None:
    async with run_actor(DOOR) as door:
        left = asyncio.create_task(door.ask(Enter(number=1), timeout_s=9))
        await asyncio.sleep(1)
        left.cancel()
        door.tell(Open())
        place = await door.ask(Enter(number=2), timeout_s=9)

    assert place == 1


@virtual_time
async def test_dead_letters_are_told_to_subscribers_until_they_leave() -> None:
    system, probe = ActorSystem(), Probe()
    stranger = system.address("door")

    async with system.running([DOOR]):
        await system.supervisor.ask(SubscribeDeadLetters(subscriber=probe.address), timeout_s=1)
        stranger.tell(Tick())
        letter = await probe.expect(DeadLetter)
        await system.supervisor.ask(UnsubscribeDeadLetters(subscriber=probe.address), timeout_s=1)
        stranger.tell(Tick())
        await probe.expect_silence(1)

    assert (letter.name, letter.message, letter.reason) == ("door", Tick(), "unknown")


@virtual_time
async def test_a_subscriber_that_handles_no_dead_letters_brings_no_more_of_them() -> None:
    system = ActorSystem()
    door = system.address("door")

    async with system.running([DOOR]):
        await system.supervisor.ask(SubscribeDeadLetters(subscriber=door), timeout_s=1)
        door.tell(Tick())
        await asyncio.sleep(1)
        place = asyncio.create_task(door.ask(Enter(number=1), timeout_s=9))
        door.tell(Open())
        answered = await place

    assert answered == 1
