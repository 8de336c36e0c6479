"""In which order and how many at once messages are handled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

import pytest
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, MailboxFullError, Message, Query
from actors.testing import virtual_time
from tests.actors.kernel.kernel_desk import GetNotes, Work, desk_spec


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
