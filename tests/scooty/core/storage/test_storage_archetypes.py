"""Archetypes of two guilds that change theirs, in figures and in what is suggested."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.testing import run_actor
from scooty.core.cached import Cached
from scooty.core.calls import Sql
from scooty.core.storage.starter_archetypes import STARTER_ARCHETYPES
from scooty.features.archetypes.calls import (
    ArchetypeChanges,
    ArchetypeEdited,
    ArchetypeRetired,
    ArchetypesMerged,
    EditArchetype,
    MergeArchetypes,
    MergePreview,
    PreviewArchetypeMerge,
    RetireArchetype,
)
from scooty.features.reports.calls.recording import ReportRecorded
from scooty.features.stats.calls import EventStats
from tests.asked import Asked
from tests.scooty.core.storage.conftest import ROBIN, SAM, Team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scooty.core.calls import Calls

pytestmark = pytest.mark.parametrize("database", ["sql"], indirect=True)

DECKS = ("Burn", "Mono-Red Aggro", "Mill", "Yawgmoth", "Merfolk")
TYPED = ("", "b", "burn", "boros b", "ur", "lava", "mill", "merf", "tiitan", "ondins", "wr")

RECOUNTED = """
    select event_id, archetype_id, count(*)::integer from scooty_private.reports
    where guild_id = %s and undone_at is null group by event_id, archetype_id
"""
COUNTED = """
    select event_id, archetype_id, report_count from scooty_private.event_archetypes
    where guild_id = %s and report_count > 0
"""
KEPT = """
    select event_id, player_id, report_count, consensus_report_id, consensus_confidence,
      is_contested
    from scooty_private.event_players where guild_id = %s
"""
DERIVED = """
    select p.event_id, p.player_id, coalesce(c.report_count, 0), c.report_id, c.confidence,
      coalesce(c.is_contested, false)
    from scooty_private.event_players p
    left join scooty_private.consensus_of(p.guild_id, p.event_id, p.player_id) c on true
    where p.guild_id = %s
"""


@dataclass(frozen=True)
class Desk:
    """A guild's team behind a cache."""

    team: Team
    database: Asked
    cached: Asked

    @property
    def road(self) -> Calls:
        return self.cached.road

    def other(self) -> Desk:
        return Desk(self.team.other(), self.database, self.cached)

    async def edit(self, archetype: str, **changes: Any) -> ArchetypeEdited:
        outcome = await self.road.write(
            self.team.captain(),
            EditArchetype(archetype=archetype, changes=ArchetypeChanges(**changes)),
        )
        assert isinstance(outcome, ArchetypeEdited)
        return outcome

    async def merge(self, archetype: str, into: str) -> ArchetypesMerged:
        guild_id = self.team.guild_id
        shown = await self.road.read(
            guild_id, PreviewArchetypeMerge(archetype=archetype, into=into)
        )
        assert isinstance(shown, MergePreview)
        merged = await self.road.write(
            self.team.captain(),
            MergeArchetypes(archetype_id=shown.merged.id, into_id=shown.kept.id),
        )
        assert isinstance(merged, ArchetypesMerged)
        return merged

    async def suggests_the_same(self) -> None:
        guild_id = self.team.guild_id
        for text in TYPED:
            held = await self.cached.suggest_archetypes(guild_id=guild_id, text=text)
            assert held == await self.database.suggest_archetypes(guild_id=guild_id, text=text)


@asynccontextmanager
async def desk_of(team: Team) -> AsyncIterator[Desk]:
    database = team.storage
    assert isinstance(database, Asked)
    assert isinstance(database.road, Sql)
    async with run_actor(InMemoryCache(Shelf())) as cache:
        cached = Asked(Cached(database.road, cache=cache))
        behind = Team(cached, team.guild_id, team.request_ids)
        yield Desk(behind, database, cached)


def rows(dsn: str, sql: str, guild_id: int) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn) as connection:
        connection.execute("set search_path = scooty_private, extensions")
        return sorted(connection.execute(sql.encode(), (guild_id,)).fetchall())


def assert_figures_are_right(dsn: str, guild_id: int) -> None:
    assert rows(dsn, COUNTED, guild_id) == rows(dsn, RECOUNTED, guild_id)
    assert rows(dsn, KEPT, guild_id) == rows(dsn, DERIVED, guild_id)


async def scenario(desk: Desk, *, reports: int) -> None:
    """Reports of up to 60 people in two events, a tenth of them withdrawn."""
    randomness = random.Random(11)  # noqa: S311 - a scenario, the same in every run
    for event in range(2):
        await desk.team.open(f"Open {event}")
        for _ in range(reports // 2):
            name = f"Player {randomness.randrange(60)}"
            by = randomness.choice((SAM, ROBIN))
            stored = await desk.team.must_report(name, randomness.choice(DECKS), by=by)
            if randomness.random() < 0.1:
                await desk.team.undo(stored.report_id, by=by)


async def test_every_figure_after_a_merge_of_200_reports_equals_a_recount(
    idle_team: Team, scooty_database: str
) -> None:
    async with desk_of(idle_team) as desk:
        await scenario(desk, reports=200)
        guild_id = desk.team.guild_id

        shown = await desk.road.read(
            guild_id, PreviewArchetypeMerge(archetype="Burn", into="Mono-Red Aggro")
        )
        merged = await desk.merge("Burn", "Mono-Red Aggro")
        await desk.merge("Mono-Red Aggro", "Mill")

        assert isinstance(shown, MergePreview)
        assert merged.reports > 20
        figures = merged.reports, merged.players, merged.events
        assert figures == (shown.reports, shown.players, shown.events)
        assert_figures_are_right(scooty_database, guild_id)
        stats = await desk.database.read_stats(guild_id=guild_id)
        assert isinstance(stats, EventStats)
        recounted = rows(
            scooty_database,
            "select a.name, count(*)::integer from event_players p"
            " join events e on e.guild_id = p.guild_id and e.id = p.event_id"
            "  and e.status = 'active'"
            " join reports r on r.guild_id = p.guild_id and r.id = p.consensus_report_id"
            " join archetypes a on a.id = r.archetype_id"
            " where p.guild_id = %s group by a.name",
            guild_id,
        )
        assert sorted((each.name, each.players) for each in stats.archetypes) == recounted
        assert {name for name, _ in recounted} <= {"Mill", "Yawgmoth", "Merfolk"}
        assert await desk.cached.read_stats(guild_id=guild_id) == stats
        await desk.suggests_the_same()


async def test_what_one_guild_changes_never_changes_another(
    idle_team: Team, scooty_database: str
) -> None:
    async with desk_of(idle_team) as desk:
        other = desk.other()
        await scenario(desk, reports=40)
        await scenario(other, reports=40)
        tables = ("reports", "event_archetypes", "event_players", "archetypes", "archetype_names")
        everything = [f"select * from {table} where guild_id = %s" for table in tables]  # noqa: S608 - names of tables
        before = [rows(scooty_database, sql, other.team.guild_id) for sql in everything]

        await desk.edit("Burn", name="Lava Spikes", emoji="🔥")
        await desk.suggests_the_same()
        await desk.merge("Burn", "Mill")
        await other.suggests_the_same()
        retired = await desk.road.write(desk.team.captain(), RetireArchetype(archetype="Ondins"))

        assert isinstance(retired, ArchetypeRetired)
        assert [rows(scooty_database, sql, other.team.guild_id) for sql in everything] == before
        assert_figures_are_right(scooty_database, desk.team.guild_id)
        for each in (desk, other):
            await each.suggests_the_same()
        burn = await other.cached.suggest_archetypes(guild_id=other.team.guild_id, text="burn")
        assert "Burn" in [each.name for each in burn]


async def test_reports_that_come_while_an_archetype_is_merged_are_all_with_the_one_that_stays(
    team: Team, scooty_database: str
) -> None:
    async with desk_of(team) as desk:
        await desk.team.must_report("Player 0", "Burn")

        async def report(number: int) -> None:
            outcome = await desk.team.report(f"Player {number % 7}", "Burn")
            assert isinstance(outcome, ReportRecorded)

        await asyncio.gather(
            *(report(number) for number in range(20)),
            desk.merge("Burn", "Mill"),
            *(report(number) for number in range(20)),
        )

        assert_figures_are_right(scooty_database, desk.team.guild_id)
        names = "select distinct a.name from reports r join archetypes a on a.id = r.archetype_id"
        assert rows(scooty_database, f"{names} where r.guild_id = %s", desk.team.guild_id) == [
            ("Mill",)
        ]


async def test_a_copy_has_all_names_of_its_starter(team: Team) -> None:
    async with desk_of(team) as desk:
        for starter in STARTER_ARCHETYPES[:5]:
            edited = await desk.edit(starter.name, emoji="🔥")

            assert sorted(edited.archetype.name_keys) == sorted(starter.name_keys())
            assert edited.archetype.colours == starter.colours
            assert edited.archetype.formats == starter.formats
