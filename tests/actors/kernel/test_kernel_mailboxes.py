"""A mailbox: what happens when it is full, and that nothing is lost before."""

from __future__ import annotations

import asyncio
import threading

import pytest

from actors.kernel import ActorSystem, AskTimeoutError, MailboxFullError
from actors.testing import virtual_time
from tests.actors.kernel.kernel_desk import (
    Double,
    GetNotes,
    Note,
    Work,
    ask_when_idle,
    desk_spec,
    dropped_by,
)


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
