"""Settings are held in the process: warm they cost nothing, and are right after any change."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest

from actors.cache.messages import AppendChange, GetValue, ReadChanges
from actors.repository.messages import CallFunction, DatabaseUnavailable, FunctionReturned
from scooty.core.cached import Cached
from scooty.core.cached.answers import FRESH_S, KEPT_S
from scooty.core.cached.settings import UNFOLLOWED_S
from scooty.core.call import Caller, Write
from scooty.core.calls import Sql
from scooty.core.shapes import shape_of
from scooty.core.storage.settings import GuildSettings, SettingsChanged
from scooty.core.suggestions import SuggestArchetypes
from scooty.domain.ids import EventId, GuildId, MemberId, RequestId
from scooty.errors import StorageUnavailable
from scooty.features.events.calls import CloseEvent
from scooty.features.reports.warming import CacheWarmer
from scooty.features.settings.calls import ChangeSettings
from tests.scooty.core.storage.cached_rig import CacheRoad, Gate, Rig, cached_rig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

GUILD = GuildId(7)
EMPTY = GuildSettings()
UNHEARD = StorageUnavailable("no answer", may_have_been_saved=True)
UNREACHED = StorageUnavailable("away", may_have_been_saved=False)
CALLER = Caller(guild_id=GUILD, member_id=MemberId(1), request_id=RequestId(1))
CHANGE = ChangeSettings(changes={"language": "fr"})
SET = GuildSettings(scout_role_ids=frozenset({5}), language="fr")


@dataclass
class Table:
    """The settings as the database has them, counted, or away."""

    settings: GuildSettings = EMPTY
    reads: int = 0
    error: StorageUnavailable | None = None
    answering: Gate | None = None
    """Holds the next answer back."""

    async def read(self, *, guild_id: GuildId) -> GuildSettings:
        assert guild_id == GUILD
        self.reads += 1
        if self.error is not None:
            raise self.error
        settings, gate, self.answering = self.settings, self.answering, None
        if gate is not None:
            await gate.pass_through()
        return settings

    async def ask(self, query: Any, *, timeout_s: float) -> Any:
        """Stand where the repository's address does."""
        assert isinstance(query, CallFunction), timeout_s
        if query.name == "change_settings":
            self.settings = SET
        if query.name == "suggestion_index":
            return FunctionReturned.of({"event_id": None, "opponents": [], "archetypes": []})
        if query.name == "suggest_archetypes":
            return FunctionReturned.of([])
        if self.error is not None:
            return DatabaseUnavailable(
                detail="away", may_have_been_saved=self.error.may_have_been_saved
            )
        if query.name == "close_event":
            return FunctionReturned.of({"outcome": "event_unknown"})
        return FunctionReturned(
            json=shape_of(SettingsChanged).write(SettingsChanged(settings=self.settings))
        )


@dataclass
class Process:
    """One process's way to the settings."""

    table: Table
    road: CacheRoad
    cached: Cached

    async def read(self) -> GuildSettings:
        return await self.cached.settings.read(guild_id=GUILD)

    async def write(self, call: Write[Any] = CHANGE) -> None:
        await self.cached.write(CALLER, call)

    async def read_anything_else(self) -> None:
        await self.cached.read(GUILD, SuggestArchetypes(text=""))


@pytest.fixture
async def rig(sql_repository: Address[Any]) -> AsyncIterator[Rig]:
    async with cached_rig(sql_repository) as running:
        yield running


@pytest.fixture
def table() -> Table:
    return Table()


def process(rig: Rig, table: Table) -> Process:
    road = CacheRoad(rig.cache)
    cached = Cached(
        Sql(cast("Address[Any]", table)),
        cache=cast("Address[Any]", road),
        clock=rig.clock,
        settings=table,
    )
    return Process(table, road, cached)


async def test_warm_settings_ask_neither_the_database_nor_the_cache(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await desk.read()
    desk.road.unheard = {ReadChanges, AppendChange, GetValue}  # what is asked now gets no answer

    for _ in range(3):
        assert await desk.read() == EMPTY

    assert table.reads == 1


async def test_one_reads_ones_own_change_at_once(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await desk.read()

    await desk.write()

    assert await desk.read() == SET


async def test_what_other_books_write_leaves_settings_warm(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await desk.read()

    await desk.write(CloseEvent(event_id=EventId(1)))
    await desk.read_anything_else()
    await desk.read()

    assert table.reads == 1


async def test_another_processs_change_is_seen_once_the_log_was_read(
    rig: Rig, table: Table
) -> None:
    desk, other = process(rig, table), process(rig, table)
    await desk.read()
    await other.write()

    await desk.read_anything_else()

    assert await desk.read() == SET


async def test_settings_end_even_when_nobody_tells_of_a_change(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await desk.read()
    table.settings = SET

    await rig.clock.advance(FRESH_S)

    assert await desk.read() == SET


async def test_without_a_cache_they_end_soon(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    desk.road.unheard = {ReadChanges, AppendChange, GetValue}
    await desk.read()
    table.settings = SET

    assert await desk.read() == EMPTY
    await rig.clock.advance(UNFOLLOWED_S)
    assert await desk.read() == SET


async def test_without_a_cache_ones_own_change_is_seen_at_once(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    desk.road.unheard = {ReadChanges, AppendChange, GetValue}
    await desk.read()

    await desk.write()

    assert await desk.read() == SET


async def test_a_change_of_unknown_end_is_read_from_the_database(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await desk.read()
    table.error = UNHEARD
    with pytest.raises(StorageUnavailable):
        await desk.write()
    table.error = None

    assert await desk.read() == SET


async def test_settings_read_before_a_change_are_not_held_after_it(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    table.answering = gate = Gate()
    reading = asyncio.create_task(desk.read())
    await gate.reached.wait()
    await desk.write()
    gate.opened.set()

    assert await reading == EMPTY
    assert await desk.read() == SET


async def test_while_the_database_is_away_those_held_last_are_used(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    table.settings = SET
    await desk.read()
    table.error = UNREACHED

    await rig.clock.advance(FRESH_S)

    assert await desk.read() == SET


async def test_a_change_that_was_answered_is_what_an_outage_shows(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await desk.read()
    await desk.write()

    table.error = UNREACHED

    assert await desk.read() == SET
    assert await process(rig, table).read() == SET


async def test_a_new_process_uses_those_of_the_one_before_it_in_an_outage(
    rig: Rig, table: Table
) -> None:
    table.settings = SET
    await process(rig, table).read()
    table.error = UNREACHED

    assert await process(rig, table).read() == SET


async def test_in_an_outage_settings_that_nobody_knows_are_unknown(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    table.error = UNREACHED

    with pytest.raises(StorageUnavailable):
        await desk.read()


async def test_in_an_outage_settings_of_long_ago_are_of_no_use(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await desk.read()
    table.error = UNREACHED

    await rig.clock.advance(KEPT_S)
    with pytest.raises(StorageUnavailable):
        await desk.read()


async def test_warming_up_asks_for_them(rig: Rig, table: Table) -> None:
    desk = process(rig, table)
    await CacheWarmer(desk.cached, rig.clock).warm_up((GUILD,))

    await desk.read()

    assert table.reads == 1
