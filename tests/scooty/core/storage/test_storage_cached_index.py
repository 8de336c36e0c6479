"""The suggestion index, and that a held copy of it suggests exactly what the database does."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.testing import run_actor
from scooty.core.cached import Cached
from scooty.core.calls import Sql
from scooty.core.shapes import shape_of
from scooty.features.reports.calls.recording import ArchetypeUnknown, ReportRecorded
from tests.asked import Asked
from tests.scooty.core.storage.conftest import SAM, Team

if TYPE_CHECKING:
    from scooty.core.suggestions import Index, IndexChange
    from scooty.domain.ids import ReportId

FIRST = ("Jane", "jané", "Jan", "Ana-Maria", "O'Brien", "Zoë", "J_n", "100%", "Łukasz")
LAST = ("Doe", "Dœ", "Martin", "Jansen", "de Vries", "Anders", "%", "_x")
ARCHETYPES = ("Burn", "Living End", "Boros Energy", "Amulet Titan")
TYPED = (
    *("", "j", "ja", "jan", "jane d", "d j", "doe", "martin jane", "o", "obrien", "%", "_", "100%"),
    *("z", "de v", "vries de", "ł", "xq", "jnae", "an", "anders jan"),
)
TYPED_ARCHETYPES = ("", "b", "bu", "bo en", "ur", "wr", "end", "titan", "tiitan", "control")

# The other roads end in this one.
pytestmark = pytest.mark.parametrize("database", ["sql"], indirect=True)


async def read_index(team: Team) -> Index:
    return await team.storage.read_suggestion_index(guild_id=team.guild_id)


async def recorded(team: Team, opponent: str, archetype: str = "Burn") -> IndexChange:
    outcome = await team.must_report(opponent, archetype)
    assert outcome.index_change is not None
    return outcome.index_change


async def test_the_index_has_everybody_reported_and_every_archetype(team: Team) -> None:
    first = await team.must_report("Doe, Jané", "Burn")
    second = await team.must_report("Jane Doe", "Living End")
    undone = await team.must_report("Gone")
    await team.undo(undone.report_id)

    index = await read_index(team)

    [jane] = index.opponents
    assert index.event_id == first.card.event.id
    assert (jane.suggestion,) == await team.storage.suggest_opponents(
        guild_id=team.guild_id, text=""
    )
    assert jane.name_keys == ("jane doe",)
    assert jane.report_id == second.report_id
    counts = {each.suggestion.name: each.suggestion.report_count for each in index.archetypes}
    assert (counts["Burn"], counts["Living End"], counts["Amulet Titan"]) == (1, 1, 0)
    assert [each.suggestion.name for each in index.archetypes] == sorted(counts)


async def test_the_index_of_a_guild_without_an_event_has_archetypes_only(idle_team: Team) -> None:
    index = await read_index(idle_team)

    assert (index.event_id, index.opponents) == (None, ())
    assert index.archetypes


async def test_the_index_of_another_guild_has_nobody_of_this_one(team: Team) -> None:
    await team.must_report("Jane Doe")
    other = team.other()
    await other.open()

    assert (await read_index(other)).opponents == ()


async def test_a_report_says_what_it_changes_in_the_index(team: Team) -> None:
    await team.must_report("Jane Doe", "Burn")
    change = await recorded(team, "Jane Doe", "Burn")

    index = await read_index(team)

    assert change.event_id == index.event_id
    assert change.opponent == index.opponents[0]
    counts = {each.suggestion.id: each.suggestion.report_count for each in index.archetypes}
    assert change.archetype_report_count == counts[change.archetype_id] == 2


async def test_a_draft_that_is_stored_says_what_it_changes_too(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy", by=SAM)
    assert isinstance(draft, ArchetypeUnknown)
    stored = await team.storage.record_draft(
        guild_id=team.guild_id,
        request_id=team.next_request(),
        draft_id=draft.draft_id,
        archetype_id=draft.nearest[0].id,
        reporter_id=SAM,
    )

    assert isinstance(stored, ReportRecorded)
    assert stored.index_change is not None
    assert stored.index_change.opponent == (await read_index(team)).opponents[0]


async def test_a_repeated_request_does_not_say_what_it_changed(team: Team) -> None:
    request_id = team.next_request()
    await team.report("Jane Doe", request_id=request_id)

    again = await team.report("Jane Doe", request_id=request_id)

    assert isinstance(again, ReportRecorded)
    assert again.index_change is None


async def test_index_and_changes_survive_being_written_and_read(team: Team) -> None:
    change = await recorded(team, "Jane Doe")
    index = await read_index(team)

    for each in (index, change):
        shape = shape_of(type(each))
        assert shape.read(shape.write(each)) == each


async def test_a_held_index_suggests_what_the_database_does_through_a_whole_event(
    team: Team,
) -> None:
    randomness = random.Random(7)  # noqa: S311 - a scenario, the same in every run
    database = team.storage
    assert isinstance(database.road, Sql)
    async with run_actor(InMemoryCache(Shelf())) as cache:
        cached = Asked(Cached(database.road, cache=cache))
        people = Team(cached, team.guild_id, team.request_ids)
        stored: list[ReportId] = []
        for step in range(60):
            await _suggests_the_same(cached, database, team, TYPED[step % len(TYPED)])
            name = f"{randomness.choice(FIRST)} {randomness.choice(LAST)}"
            if stored and randomness.random() < 0.1:
                await people.undo(stored.pop(randomness.randrange(len(stored))))
            else:
                archetype = randomness.choice(ARCHETYPES)
                stored.append((await people.must_report(name, archetype)).report_id)
        for text in (*TYPED, *TYPED_ARCHETYPES):
            await _suggests_the_same(cached, database, team, text)


async def _suggests_the_same(cached: Asked, database: Asked, team: Team, text: str) -> None:
    guild_id = team.guild_id
    opponents = await database.suggest_opponents(guild_id=guild_id, text=text)
    archetypes = await database.suggest_archetypes(guild_id=guild_id, text=text)
    assert await cached.suggest_opponents(guild_id=guild_id, text=text) == opponents
    assert await cached.suggest_archetypes(guild_id=guild_id, text=text) == archetypes
