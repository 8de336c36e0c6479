"""Actors by key: started at the first message, stopped when nobody needs them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorSystem,
    AsyncioActor,
    GetStatistics,
    InjectFault,
    MailboxFullError,
    Message,
    Query,
    by_key,
    reply_to,
)
from actors.testing import virtual_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Message):
    guild: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetPoints(Query[tuple[int, ...]]):
    guild: int
    after_s: float = 0.0


class Guild(AsyncioActor[Score | GetPoints]):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._points: list[int] = []

    @override
    async def on_receive(self, message: Score | GetPoints) -> tuple[int, ...] | None:
        assert message.guild == self._number
        match message:
            case Score(points=points):
                if points < 0:
                    raise ValueError(points)
                self._points.append(points)
                return None
            case GetPoints():
                await self.clock.sleep(message.after_s)
                return reply_to(message, tuple(self._points))


GUILD, GUILDS = by_key(
    name="guild",
    key=lambda message: message.guild,
    start=Guild,
    idle_after_s=60,
    most=2,
)


async def running_names(system: ActorSystem) -> list[str]:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    return [actor.name for actor in statistics.actors]


@virtual_time
async def test_each_key_has_an_actor_of_its_own_from_the_first_message_on() -> None:
    system = ActorSystem()
    guild = system.address(GUILD)

    async with system.running([GUILDS]):
        before = await running_names(system)
        for points in (1, 2, 3):
            guild.tell(Score(guild=7, points=points))
        guild.tell(Score(guild=8, points=4))
        seven = await guild.ask(GetPoints(guild=7), timeout_s=1)
        eight = await guild.ask(GetPoints(guild=8), timeout_s=1)
        names = await running_names(system)

    assert before == ["guilds", "guild"]
    assert seven == (1, 2, 3)
    assert eight == (4,)
    assert names == ["guilds", "guild", "guild/7", "guild/8"]


@virtual_time
async def test_an_actor_that_nobody_needs_is_stopped_and_comes_back_fresh() -> None:
    system = ActorSystem()
    guild = system.address(GUILD)

    async with system.running([GUILDS]):
        guild.tell(Score(guild=7, points=1))
        await asyncio.sleep(59)
        guild.tell(Score(guild=7, points=2))
        await asyncio.sleep(59)
        kept = await guild.ask(GetPoints(guild=7), timeout_s=1)
        await asyncio.sleep(100)
        names = await running_names(system)
        fresh = await guild.ask(GetPoints(guild=7), timeout_s=1)

    assert kept == (1, 2)
    assert names == ["guilds", "guild"]
    assert fresh == ()


@virtual_time
async def test_one_who_is_idle_makes_room_and_one_who_is_busy_does_not() -> None:
    system = ActorSystem()
    guild = system.address(GUILD)

    async with system.running([GUILDS]):
        await guild.ask(GetPoints(guild=1), timeout_s=1)
        await guild.ask(GetPoints(guild=2), timeout_s=1)
        await guild.ask(GetPoints(guild=3), timeout_s=1)
        names = await running_names(system)
        async with asyncio.TaskGroup() as group:
            for number in (2, 3):
                group.create_task(guild.ask(GetPoints(guild=number, after_s=5), timeout_s=9))
            await asyncio.sleep(1)
            with pytest.raises(MailboxFullError):
                await guild.ask(GetPoints(guild=4), timeout_s=1)

    assert names == ["guilds", "guild", "guild/2", "guild/3"]


@virtual_time
async def test_a_failure_of_one_key_is_that_keys_alone_and_its_asker_is_told() -> None:
    system = ActorSystem()
    guild = system.address(GUILD)

    async with system.running([GUILDS]):
        guild.tell(Score(guild=8, points=4))
        asked = asyncio.create_task(guild.ask(GetPoints(guild=7, after_s=5), timeout_s=9))
        await asyncio.sleep(1)
        await system.supervisor.ask(InjectFault(name="guild/7", fault="crash"), timeout_s=1)
        with pytest.raises(ActorFailedError, match="guild/7"):
            await asked
        again = await guild.ask(GetPoints(guild=7), timeout_s=1)
        other = await guild.ask(GetPoints(guild=8), timeout_s=1)

    assert again == ()
    assert other == (4,)


@virtual_time
async def test_actors_of_keys_are_found_again_after_their_front_was_restarted() -> None:
    system = ActorSystem()
    guild = system.address(GUILD)

    async with system.running([GUILDS]):
        guild.tell(Score(guild=7, points=1))
        await guild.ask(GetPoints(guild=7), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="guild", fault="crash"), timeout_s=1)
        found = await guild.ask(GetPoints(guild=7), timeout_s=1)

    assert found == (1,)
