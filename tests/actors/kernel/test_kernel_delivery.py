from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import Any, ClassVar, assert_never

import pytest
import structlog
from structlog.testing import capture_logs
from typing_extensions import override

from actors.kernel import (
    ActorKitError,
    ActorStoppedError,
    ActorSystem,
    AskTimeoutError,
    AsyncioActor,
    ChildSpec,
    GetStatistics,
    MailboxFullError,
    Message,
    Overflow,
    Query,
    UnknownMessageError,
    correlation,
    current_correlation_id,
)
from actors.testing import Probe, virtual_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Double(Query[int]):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Query[int]):
    seconds: float
    number: int = 0
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetNotes(Query[tuple[int, ...]]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCorrelation(Query[str]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger(Query[int]):
    pass


class Desk(AsyncioActor[Double | Work | Note | GetNotes | GetCorrelation]):
    def __init__(self) -> None:
        super().__init__()
        self.notes: list[int] = []
        self.running: set[str | None] = set()
        self.overlaps = 0

    @override
    async def on_receive(self, message: Double | Work | Note | GetNotes | GetCorrelation) -> object:
        match message:
            case Double(number=number):
                return 2 * number
            case Work():
                return await self._work(message)
            case Note(number=number):
                self.notes.append(number)
                return None
            case GetNotes():
                return tuple(self.notes)
            case GetCorrelation():
                return current_correlation_id()
            case _:
                assert_never(message)

    async def _work(self, work: Work) -> int:
        assert work.key is None or work.key not in self.running
        self.running.add(work.key)
        await self.clock.sleep(work.seconds)
        self.running.discard(work.key)
        self.notes.append(work.number)
        return work.number


def desk_spec(
    *,
    mailbox_size: int = 100,
    overflow: Overflow = "reject",
    concurrency: int = 1,
    ordered: bool = False,
) -> ChildSpec:
    return ChildSpec(
        name="desk",
        start=Desk,
        mailbox_size=mailbox_size,
        overflow=overflow,
        concurrency=concurrency,
        order_by=(lambda message: getattr(message, "key", None)) if ordered else None,
    )


async def dropped_by(system: ActorSystem) -> int:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    return statistics.actors[0].dropped


@virtual_time
async def test_ask_returns_what_the_handler_returns() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        reply = await desk.ask(Double(number=21), timeout_s=1)

    assert reply == 42


async def test_ask_works_from_another_thread_with_its_own_loop() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()], own_thread=True):

        def elsewhere() -> int:
            return asyncio.run(ask_once())

        async def ask_once() -> int:
            return await desk.ask(Double(number=4), timeout_s=5)

        reply = await asyncio.to_thread(elsewhere)

    assert reply == 8


async def test_ask_blocking_works_from_a_thread_without_a_loop() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        reply = await asyncio.to_thread(desk.ask_blocking, Double(number=5), timeout_s=5)

    assert reply == 10


@virtual_time
async def test_ask_blocking_is_refused_on_a_loops_own_thread() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        with pytest.raises(ActorKitError, match="would stop this thread's event loop"):
            desk.ask_blocking(Double(number=1), timeout_s=1)


@pytest.mark.parametrize("timeout_s", [0, -1, float("nan"), float("inf"), None, "1"])
def test_ask_without_a_real_deadline_is_refused_when_it_is_built(timeout_s: Any) -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(ValueError, match=r"ask of desk with timeout_s=.* above 0 is needed"):
        _ = desk.ask(Double(number=1), timeout_s=timeout_s)


def test_ask_without_any_deadline_is_refused_when_it_is_built() -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(TypeError, match="timeout_s"):
        _ = desk.ask(Double(number=1))  # type: ignore[call-arg]


def test_asking_a_message_that_has_no_reply_is_refused() -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(TypeError, match="Note is no Query"):
        _ = desk.ask(Note(number=1), timeout_s=1)  # type: ignore[arg-type]


@virtual_time
async def test_ask_before_the_system_runs_says_that_the_actor_is_not_there() -> None:
    desk = ActorSystem().address("desk")

    with pytest.raises(ActorStoppedError, match="desk takes no messages"):
        await desk.ask(Double(number=1), timeout_s=1)

    assert desk.tell(Note(number=1)) is False


@virtual_time
async def test_ask_times_out_at_its_deadline_and_a_late_reply_is_ignored() -> None:
    system = ActorSystem()
    desk = system.address("desk")
    loop = asyncio.get_running_loop()

    async with system.running([desk_spec()]):
        with pytest.raises(AskTimeoutError, match=r"desk did not answer Work within 0\.25 s"):
            await desk.ask(Work(seconds=1), timeout_s=0.25)
        timed_out_at = loop.time()
        notes = await desk.ask(GetNotes(), timeout_s=5)

    assert timed_out_at == pytest.approx(0.25)
    assert notes == (0,)  # the handler was not disturbed


@virtual_time
async def test_a_long_deadline_is_at_most_twenty_milliseconds_late() -> None:
    probe = Probe()
    loop = asyncio.get_running_loop()

    with pytest.raises(AskTimeoutError):
        await probe.address.ask(Double(number=1), timeout_s=3.333)

    assert 3.333 <= loop.time() <= 3.354


@virtual_time
async def test_work_whose_deadline_passed_in_the_mailbox_is_skipped_and_counted() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        slow = asyncio.create_task(desk.ask(Work(seconds=2, number=1), timeout_s=5))
        await asyncio.sleep(0)
        with pytest.raises(AskTimeoutError):
            await desk.ask(Work(seconds=1, number=2), timeout_s=1)
        await slow
        notes = await desk.ask(GetNotes(), timeout_s=1)
        dropped = await dropped_by(system)

    assert notes == (1,)
    assert dropped == 1


@virtual_time
async def test_cancelling_the_asker_reaches_the_handler_and_spares_the_actor() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        asking = asyncio.create_task(desk.ask(Work(seconds=100), timeout_s=200))
        await asyncio.sleep(1)
        asking.cancel()
        await asyncio.wait([asking])
        reply = await desk.ask(Double(number=1), timeout_s=1)
        (statistics,) = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors

    assert asking.cancelled()
    assert reply == 2
    assert statistics.incarnation == 1
    assert asyncio.get_running_loop().time() < 10


@virtual_time
async def test_cancelling_the_asker_of_a_waiting_query_takes_it_out() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        first = asyncio.create_task(desk.ask(Work(seconds=5, number=1), timeout_s=20))
        second = asyncio.create_task(desk.ask(Work(seconds=5, number=2), timeout_s=20))
        await asyncio.sleep(1)
        second.cancel()
        await first
        notes = await desk.ask(GetNotes(), timeout_s=1)

    assert notes == (1,)


@virtual_time
async def test_a_full_mailbox_rejects_asks_and_tells() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(mailbox_size=2)]):
        accepted = [desk.tell(Note(number=number)) for number in range(3)]
        with pytest.raises(MailboxFullError, match=r"the mailbox of desk is full \(2 messages\)"):
            await desk.ask(Double(number=1), timeout_s=1)
        notes = await ask_when_idle(desk)
        dropped = await dropped_by(system)

    assert accepted == [True, True, False]
    assert notes == (0, 1)
    assert dropped == 2


async def ask_when_idle(desk: object) -> tuple[int, ...]:
    assert hasattr(desk, "ask")
    await asyncio.sleep(1)
    notes: tuple[int, ...] = await desk.ask(GetNotes(), timeout_s=1)
    return notes


@virtual_time
async def test_drop_new_swallows_the_newest() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(mailbox_size=2, overflow="drop_new")]):
        accepted = [desk.tell(Note(number=number)) for number in range(4)]
        notes = await ask_when_idle(desk)

    assert accepted == [True, True, False, False]
    assert notes == (0, 1)


@virtual_time
async def test_drop_old_displaces_the_oldest_and_fails_its_asker() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(mailbox_size=2, overflow="drop_old")]):
        busy = asyncio.create_task(desk.ask(Work(seconds=1, number=9), timeout_s=5))
        await asyncio.sleep(0.1)
        oldest = asyncio.create_task(desk.ask(Double(number=1), timeout_s=5))
        await asyncio.sleep(0.1)
        accepted = [desk.tell(Note(number=number)) for number in range(2)]
        with pytest.raises(MailboxFullError):
            await oldest
        await busy
        notes = await ask_when_idle(desk)

    assert accepted == [True, True]
    assert notes == (9, 0, 1)


@virtual_time
async def test_block_lets_asks_wait_for_room_in_their_order() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(mailbox_size=1, overflow="block")]):
        asks = [
            asyncio.create_task(desk.ask(Work(seconds=1, number=number), timeout_s=30))
            for number in range(6)
        ]
        replies = await asyncio.gather(*asks)
        notes = await desk.ask(GetNotes(), timeout_s=1)

    assert replies == [0, 1, 2, 3, 4, 5]
    assert sorted(notes) == [0, 1, 2, 3, 4, 5]


@virtual_time
async def test_block_ends_at_the_deadline_and_lets_the_next_one_in() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(mailbox_size=1, overflow="block")]):
        busy = [
            asyncio.create_task(desk.ask(Work(seconds=2, number=number), timeout_s=30))
            for number in range(2)
        ]
        await asyncio.sleep(0.1)
        with pytest.raises(AskTimeoutError):
            await desk.ask(Double(number=1), timeout_s=0.2)
        reply = await desk.ask(Double(number=2), timeout_s=30)
        await asyncio.gather(*busy)

    assert reply == 4


async def test_block_lets_a_thread_wait_for_room() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(mailbox_size=1, overflow="block")]):
        replies = await asyncio.gather(
            *(
                asyncio.to_thread(
                    desk.ask_blocking, Work(seconds=0.01, number=number), timeout_s=10
                )
                for number in range(4)
            )
        )

    assert replies == [0, 1, 2, 3]


@virtual_time
async def test_concurrency_handles_that_many_at_once_and_no_more() -> None:
    system = ActorSystem()
    desk = system.address("desk")
    loop = asyncio.get_running_loop()

    async with system.running([desk_spec(concurrency=3)]):
        await asyncio.gather(*(desk.ask(Work(seconds=1), timeout_s=30) for _ in range(7)))
        took_s = loop.time()

    assert took_s == pytest.approx(3.0, abs=0.01)


@virtual_time
async def test_messages_of_one_key_never_overtake_each_other_while_others_go_on() -> None:
    system = ActorSystem()
    desk = system.address("desk")
    loop = asyncio.get_running_loop()

    async with system.running([desk_spec(concurrency=4, ordered=True)]):
        asks = [
            desk.ask(Work(seconds=1, number=number, key="abc"[number % 3]), timeout_s=30)
            for number in range(9)
        ]
        await asyncio.gather(*asks)
        took_s = loop.time()
        notes = await desk.ask(GetNotes(), timeout_s=1)

    for remainder in range(3):
        assert [n for n in notes if n % 3 == remainder] == [remainder, remainder + 3, remainder + 6]
    assert took_s == pytest.approx(3.0, abs=0.01)


@virtual_time
async def test_messages_held_back_behind_their_key_still_count_against_the_mailbox() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(concurrency=4, ordered=True, mailbox_size=3)]):
        first = asyncio.create_task(desk.ask(Work(seconds=1, key="a"), timeout_s=30))
        await asyncio.sleep(0.1)
        others = []
        for number in range(3):
            ask = desk.ask(Work(seconds=1, key="a", number=number), timeout_s=30)
            others.append(asyncio.create_task(ask))
            await asyncio.sleep(0.1)
        with pytest.raises(MailboxFullError):
            await desk.ask(Work(seconds=1, key="a"), timeout_s=30)
        await asyncio.gather(first, *others)


@virtual_time
async def test_an_unknown_message_is_a_dead_letter_with_the_senders_correlation_id() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        with capture_logs() as lines, correlation("from-outside"):
            with pytest.raises(UnknownMessageError, match="desk does not handle Stranger"):
                await desk.ask(Stranger(), timeout_s=1)
            desk.tell(Stranger())
        (statistics,) = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors

    (line,) = [line for line in lines if line["event"] == "actor.dead_letter"]
    assert line["correlation_id"] == "from-outside"
    assert line["reason"] == "unknown"
    assert statistics.incarnation == 1


@virtual_time
async def test_dead_letters_are_all_counted_and_logged_once_for_each_kind() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    with capture_logs() as lines:
        async with system.running([desk_spec(mailbox_size=1)]):
            for number in range(10):
                desk.tell(Note(number=number))
            dropped = await dropped_by(system)

    assert dropped == 9
    assert len([line for line in lines if line["event"] == "actor.dead_letter"]) == 1


@virtual_time
async def test_the_correlation_id_flows_through_ask_and_tell() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        with correlation("abc"):
            inside = await desk.ask(GetCorrelation(), timeout_s=1)
        outside = await desk.ask(GetCorrelation(), timeout_s=1)

    assert inside == "abc"
    assert outside
    assert outside != "abc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Query[dict[str, object]]):
    value: str


class Forgetful(AsyncioActor[Leave]):
    @override
    async def on_receive(self, message: Leave) -> object:
        before = structlog.contextvars.get_contextvars()
        structlog.contextvars.bind_contextvars(guild=message.value)
        return before


@virtual_time
async def test_what_a_handler_binds_to_its_context_does_not_reach_the_next_message() -> None:
    system = ActorSystem()
    address = system.address("forgetful")

    async with system.running([ChildSpec(name="forgetful", start=Forgetful)]):
        await address.ask(Leave(value="one"), timeout_s=1)
        before = await address.ask(Leave(value="two"), timeout_s=1)

    assert "guild" not in before


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn(Message):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Query[None]):
    pass


class Busy(AsyncioActor[Burn | Done]):
    turns: ClassVar[list[str]] = []

    @override
    async def on_receive(self, message: Burn | Done) -> None:
        if isinstance(message, Done):
            return
        until = asyncio.get_running_loop().time() + 0.003
        while asyncio.get_running_loop().time() < until:
            pass
        self.turns.append("busy")


async def test_a_backlog_lets_the_loops_other_work_run_after_its_time_slice() -> None:
    system = ActorSystem()
    address = system.address("busy")
    Busy.turns.clear()

    async with system.running([ChildSpec(name="busy", start=Busy)]):
        for _ in range(5):
            address.tell(Burn())
        for _ in range(5):
            await asyncio.sleep(0)
            Busy.turns.append("other")
        await address.ask(Done(), timeout_s=5)

    assert "busy,busy,busy" not in ",".join(Busy.turns[:6])


async def test_tells_from_many_threads_all_arrive() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec(mailbox_size=10_000)]):

        def send() -> None:
            for number in range(500):
                assert desk.tell(Note(number=number))

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        await asyncio.gather(*(asyncio.to_thread(thread.join) for thread in threads))
        notes = await desk.ask(GetNotes(), timeout_s=10)

    assert len(notes) == 2000
