from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from croniter import croniter  # type: ignore[import-untyped] # its stubs are one more package
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, Message, Query
from actors.testing import (
    EverybodyWaitsError,
    ManualClock,
    Probe,
    VirtualTimeLoop,
    run_virtual,
    virtual_time,
)

YEAR_S = 365 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired(Message):
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GetFireCount(Query[int]):
    pass


class Cron(AsyncioActor[GetFireCount]):
    """Notes the moments of a cron expression, by its own clock."""

    def __init__(self, expression: str) -> None:
        super().__init__()
        self._moments = expression
        self.fired: list[datetime] = []

    @override
    async def on_start(self) -> None:
        self.spawn(self._fire(), name="cron")

    async def _fire(self) -> None:
        moments = croniter(self._moments, self.clock.now(), ret_type=datetime)
        for moment in moments:
            await self.clock.sleep((moment - self.clock.now()).total_seconds())
            self.fired.append(self.clock.now())

    @override
    async def on_receive(self, message: GetFireCount) -> int:
        del message
        return len(self.fired)


def test_a_year_of_cron_passes_in_virtual_time() -> None:
    cron = Cron("0 1 * * *")
    spec = ChildSpec(name="cron", start=lambda: cron)

    async def pass_a_year() -> int:
        system = ActorSystem()
        async with system.running([spec]):
            await asyncio.sleep(YEAR_S + 1)
            return await system.address("cron").ask(GetFireCount(), timeout_s=1)

    fire_count = run_virtual(pass_a_year())

    assert fire_count == 365
    assert cron.fired[0] == datetime(2026, 1, 1, 1, tzinfo=UTC)
    assert cron.fired[-1] == datetime(2026, 12, 31, 1, tzinfo=UTC)


@virtual_time
async def test_nobody_waits_for_a_timer() -> None:
    real_before = time.monotonic()

    await asyncio.sleep(10 * YEAR_S)

    assert asyncio.get_running_loop().time() == pytest.approx(10 * YEAR_S)
    assert time.monotonic() - real_before < YEAR_S


@virtual_time
async def test_timers_ring_in_order_each_at_its_own_moment() -> None:
    loop = asyncio.get_running_loop()
    rung: list[tuple[str, float]] = []

    def ring(name: str) -> None:
        rung.append((name, loop.time()))

    for name, seconds in (("c", 3.0), ("a", 1.0), ("b", 2.0)):
        loop.call_later(seconds, ring, name)
    await asyncio.sleep(4)

    assert rung == [("a", 1.0), ("b", 2.0), ("c", 3.0)]


@virtual_time
async def test_an_actor_without_a_clock_of_its_own_sees_virtual_time() -> None:
    cron = Cron("0 20 * * 5")
    system = ActorSystem()

    async with system.running([ChildSpec(name="cron", start=lambda: cron)]):
        await asyncio.sleep(3 * 7 * 86_400)

    assert cron.fired == [datetime(2026, 1, day, 20, tzinfo=UTC) for day in (2, 9, 16)]


@virtual_time
async def test_a_clock_that_the_system_was_given_is_left_to_it() -> None:
    clock = ManualClock(datetime(2030, 1, 1, tzinfo=UTC))
    cron = Cron("0 * * * *")
    system = ActorSystem(clock=clock)

    async with system.running([ChildSpec(name="cron", start=lambda: cron)]):
        await asyncio.sleep(YEAR_S)
        fired_by_the_loop = list(cron.fired)
        await clock.advance(3600)

    assert fired_by_the_loop == []
    assert cron.fired == [datetime(2030, 1, 1, 1, tzinfo=UTC)]


def test_everybody_waiting_without_a_timer_is_an_error_that_says_who_and_where() -> None:
    async def wait_for_ever() -> None:
        await asyncio.Event().wait()

    async def start_two() -> None:
        await asyncio.gather(
            asyncio.create_task(wait_for_ever(), name="north"),
            asyncio.create_task(wait_for_ever(), name="south"),
        )

    with pytest.raises(EverybodyWaitsError) as caught:
        run_virtual(start_two())

    sentence, *waiting = str(caught.value).splitlines()
    assert sentence == "everybody waits and no timer is set; waiting are:"
    named = [line.strip().split(" at ")[0] for line in waiting]
    assert {"north", "south"} < set(named)
    assert all(__file__ in line for line in waiting if "north" in line or "south" in line)


def test_a_question_that_nobody_will_answer_is_found_at_once() -> None:
    async def expect_without_a_deadline() -> None:
        probe = Probe()
        await probe.expect(Fired, timeout_s=YEAR_S)

    async def wait_for_a_reply() -> None:
        reply: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        await reply

    with pytest.raises(AssertionError, match="got no Fired within"):
        run_virtual(expect_without_a_deadline())
    with pytest.raises(EverybodyWaitsError):
        run_virtual(wait_for_a_reply())


@virtual_time
async def test_a_thread_of_the_loops_executor_is_waited_for_in_real_time() -> None:
    loop = asyncio.get_running_loop()

    value = await loop.run_in_executor(None, lambda: sum(range(1000)))

    assert value == 499_500
    assert loop.time() < 1


def test_the_end_of_a_run_waits_for_the_executors_threads() -> None:
    async def use_a_thread() -> int:
        return await asyncio.to_thread(len, "Ponder")

    lengths = [run_virtual(use_a_thread()) for _ in range(20)]

    assert lengths == [6] * 20


@virtual_time
async def test_sockets_work_in_virtual_time() -> None:
    async def shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write((await reader.readline()).upper())
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"ponder\n")
        answer = await reader.readline()
        writer.close()
        await writer.wait_closed()

    assert answer == b"PONDER\n"


def test_run_virtual_returns_what_the_coroutine_returns_and_raises_what_it_raises() -> None:
    async def seven() -> int:
        await asyncio.sleep(3600)
        return 7

    async def fail() -> None:
        await asyncio.sleep(3600)
        raise LookupError

    assert run_virtual(seven()) == 7
    with pytest.raises(LookupError):
        run_virtual(fail())


def test_two_virtual_loops_have_time_of_their_own() -> None:
    first, second = VirtualTimeLoop(), VirtualTimeLoop()

    first.run_until_complete(asyncio.sleep(100))
    seconds = first.time() - second.time()
    difference = first.clock.now() - second.clock.now()
    first.close()
    second.close()

    assert seconds == pytest.approx(100)
    assert difference.total_seconds() == pytest.approx(100)
