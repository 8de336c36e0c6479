"""Captains read in their channel who turns out to play something else, over a real database."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
import pytest
import structlog
from structlog.testing import capture_logs

from actors.discord_gateway.channel_message import NotPosted
from actors.testing import ManualClock
from scooty.core.calls import Sql
from scooty.features.alerts.last_told import LastTold
from scooty.features.alerts.turn_watch import TurnWatch
from tests.desk_fixture.desk import CAPTAIN, ROBIN
from tests.desk_fixture.reading import as_text
from tests.desk_fixture.refusing import Refusing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from structlog.typing import FilteringBoundLogger

    from scooty.core.calls import Calls
    from tests.desk_fixture.board import BoardDesk

T = TypeVar("T")

ADMIN = 77


@dataclass
class Owner:
    """What the watch needs of its actor."""

    log: FilteringBoundLogger
    clock: ManualClock = field(default_factory=ManualClock)
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    def spawn(self, coroutine: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        task = asyncio.create_task(coroutine, name=name)
        self.tasks.append(task)
        return task

    async def settle(self) -> None:
        """Wait until everybody sleeps or is done: the database takes its own time."""
        while any(not task.done() for task in self.tasks) and not self._all_sleep:  # noqa: ASYNC110 - the clock tells nobody
            await asyncio.sleep(0.001)

    @property
    def _all_sleep(self) -> bool:
        return self.clock.sleeper_count == sum(not task.done() for task in self.tasks)


@dataclass
class Watched:
    """A watch, and the team that it watches."""

    desk: BoardDesk
    owner: Owner
    watch: TurnWatch

    async def a_minute(self) -> None:
        """Let everybody know that something changed, and a minute pass."""
        self.watch.look_later(self.desk.team.guild_id)
        await self.owner.settle()
        await self.owner.clock.advance(60)
        await self.owner.settle()

    @property
    def told(self) -> list[str]:
        return [as_text(each.reply) for each in self.desk.messages.values()]

    def choose(self, **columns: int | str | None) -> None:
        """Do what ``/setup`` does."""
        with psycopg.connect(self.desk.team.dsn, autocommit=True) as connection:
            names = ", ".join(columns)
            places = ", ".join("%s" for _ in columns)
            connection.execute(
                f"insert into scooty_private.guild_settings (guild_id, updated_by, {names})"  # noqa: S608 - a test's own columns
                f" values (%s, 1, {places})".encode(),
                (self.desk.team.guild_id, *columns.values()),
            )


@asynccontextmanager
async def watching(
    desk: BoardDesk,
    *,
    last_told: LastTold | None = None,
    channel_id: int | None = None,
    calls: Calls | None = None,
) -> AsyncIterator[Watched]:
    owner = Owner(log=structlog.get_logger("test"))
    watch = TurnWatch(
        owner,
        calls=calls or Sql(desk.repository, is_strict=True),
        gateway=desk.gateway,
        repository=desk.repository,
        channel_id=channel_id,
        last_told=last_told or LastTold(),
    )
    watch.begin()
    await owner.settle()
    yield Watched(desk, owner, watch)
    for task in owner.tasks:
        task.cancel()
    await asyncio.gather(*owner.tasks, return_exceptions=True)


@pytest.fixture
async def watched(board_desk: BoardDesk) -> AsyncIterator[Watched]:
    async with watching(board_desk) as watched:
        watched.choose(admin_channel_id=ADMIN)
        yield watched


async def turn(desk: BoardDesk, player: str) -> None:
    """Let two others say that somebody plays something else."""
    for person in (ROBIN, CAPTAIN):
        await desk.team.scouted(player, "Jeskai Control", by=person)


async def test_the_first_report_of_a_player_is_not_told(watched: Watched) -> None:
    await watched.desk.team.scouted("Jane Doe", "Burn")

    await watched.a_minute()

    assert watched.told == []


async def test_all_who_turned_within_a_minute_are_told_in_one_message(watched: Watched) -> None:
    for player in ("Jane Doe", "Jack Roe"):
        await watched.desk.team.scouted(player, "Burn")
    await watched.a_minute()
    for player in ("Jane Doe", "Jack Roe"):
        await turn(watched.desk, player)

    await watched.a_minute()
    await watched.a_minute()

    (told,) = watched.told
    assert "2 players turn out to play something else" in told
    assert "• **Jane Doe** · Burn 🔴 → **Jeskai Control ⚪🔵🔴** · likely" in told
    assert "Jack Roe" in told
    assert "`/check`" in told


async def test_a_contradiction_that_turns_nothing_is_not_told(watched: Watched) -> None:
    for person in (ROBIN, CAPTAIN):
        await watched.desk.team.scouted("Jane Doe", "Burn", by=person)
    await watched.a_minute()
    await watched.desk.team.scouted("Jane Doe", "Jeskai Control", confidence="guess")

    await watched.a_minute()

    assert watched.told == []


async def test_where_everybody_reads_players_are_numbers(watched: Watched) -> None:
    watched.desk.stage.channels.open_to_everyone.add(ADMIN)
    await watched.desk.team.scouted("Jane Doe", "Burn")
    await watched.a_minute()
    await turn(watched.desk, "Jane Doe")

    await watched.a_minute()

    (told,) = watched.told
    assert "Jane" not in told
    assert "**player " in told


@pytest.mark.parametrize(("chosen", "of_server"), [("fr", "en-US"), (None, "fr")])
async def test_a_team_is_told_in_the_language_it_chose_or_else_in_its_servers(
    board_desk: BoardDesk, chosen: str | None, of_server: str
) -> None:
    board_desk.stage.channels.locale = of_server
    async with watching(board_desk) as watched:
        watched.choose(admin_channel_id=ADMIN, language=chosen)
        await board_desk.team.scouted("Jane Doe", "Burn")
        await watched.a_minute()
        await turn(board_desk, "Jane Doe")
        await watched.a_minute()

        assert "joue finalement autre chose" in watched.told[0]


@pytest.mark.parametrize(("same_server", "messages"), [(True, 1), (False, 0)])
async def test_the_operators_channel_is_used_in_its_own_server_only(
    board_desk: BoardDesk, *, same_server: bool, messages: int
) -> None:
    async with watching(board_desk, channel_id=ADMIN) as watched:
        if not same_server:
            board_desk.stage.channels.guild_id = 99
        await board_desk.team.scouted("Jane Doe", "Burn")
        await watched.a_minute()
        await turn(board_desk, "Jane Doe")
        await watched.a_minute()

        assert len(watched.told) == messages


async def test_what_could_not_be_told_is_told_later_and_once(watched: Watched) -> None:
    await watched.desk.team.scouted("Jane Doe", "Burn")
    await watched.a_minute()
    await turn(watched.desk, "Jane Doe")
    watched.desk.stage.channels.refuse_next(NotPosted(reason="not_connected", detail="away"))

    await watched.a_minute()
    before = list(watched.told)
    await watched.owner.clock.advance(30)
    await watched.owner.settle()
    await watched.a_minute()

    assert (before, len(watched.told)) == ([], 1)


async def test_a_guild_whose_beliefs_are_refused_is_asked_again_at_its_next_change_only(
    board_desk: BoardDesk,
) -> None:
    refusing = Refusing(board_desk.team.guild_id, Sql(board_desk.repository))
    with capture_logs() as lines:
        async with watching(board_desk, calls=refusing) as watched:
            await watched.owner.clock.advance(600)
            await watched.owner.settle()
            at_first = refusing.asked
            await watched.a_minute()
            await watched.owner.clock.advance(600)
            await watched.owner.settle()

    assert (at_first, refusing.asked) == (1, 2)
    assert [line["guild"] for line in lines if line["event"] == "turns.not_read"] == [
        board_desk.team.guild_id
    ] * 2


async def test_a_herald_that_restarts_tells_what_turned_meanwhile(board_desk: BoardDesk) -> None:
    last_told = LastTold()
    async with watching(board_desk, last_told=last_told) as watched:
        watched.choose(admin_channel_id=ADMIN)
        await board_desk.team.scouted("Jane Doe", "Burn")
        await watched.a_minute()
    await turn(board_desk, "Jane Doe")
    async with watching(board_desk, last_told=last_told) as watched:
        await watched.owner.clock.advance(60)
        await watched.owner.settle()

        assert len(watched.told) == 1
