"""How often a command asks the database, its team's roles included."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.testing import run_actor
from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.planted import cached_desk_calls
from tests.desk_fixture.reading import as_text
from tests.desk_fixture.round_rows import link, pair
from tests.repository_road import RepositoryRoad

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import AsyncIterator

    from tests.desk_fixture.desk import TeamDesk

SCOUTS = 1_302
SCOUT = replace(SAM, role_ids=(SCOUTS,))


@dataclass(frozen=True)
class CountedDesk:
    desk: TeamDesk
    counts: Counter[str]


@pytest.fixture
async def counted(team_desk: TeamDesk) -> AsyncIterator[CountedDesk]:
    """A team with roles and an event, at a desk with a cache that has answered before."""
    road = RepositoryRoad(team_desk.repository)
    async with run_actor(InMemoryCache(Shelf())) as cache:
        cached = cached_desk_calls(road.address, cache)
        ports = replace(
            team_desk.ports,
            calls=cached,
            settings=cached.settings,
        )
        desk = replace(team_desk, ports=ports)
        await desk.command("admin create-event", by=CAPTAIN, name="Open")
        await desk.command("setup roles", by=CAPTAIN, scout=SCOUTS)
        await desk.scouted("Jane Doe", by=SCOUT)
        await desk.command("check", by=SCOUT, name="Jane Doe")
        road.calls.clear()
        yield CountedDesk(desk, road.calls)


async def test_a_report_is_one_call(counted: CountedDesk) -> None:
    for name in ("Jane Doe", "Jon Doe"):
        await counted.desk.scouted(name, by=SCOUT)

    assert counted.counts == {"record_report": 2}


async def test_a_warm_look_up_and_a_refusal_are_none(counted: CountedDesk) -> None:
    known = await counted.desk.command("check", by=SCOUT, name="Jane Doe")
    refused = await counted.desk.command("check", by=SAM, name="Jane Doe")

    assert (known.verdict, refused.verdict) == ("ok", "refused")
    assert counted.counts == {}


async def test_a_captain_who_closes_the_event_leaves_the_roles_warm(counted: CountedDesk) -> None:
    await counted.desk.command("event close", by=CAPTAIN)
    counted.counts.clear()

    await counted.desk.command("scout", by=SCOUT, opponent="Jane Doe", archetype="Burn")

    assert counted.counts == {"record_report": 1}


async def test_a_change_of_roles_is_read_once(counted: CountedDesk) -> None:
    await counted.desk.command("setup roles", by=CAPTAIN, reader=5)
    counted.counts.clear()

    for _ in range(3):
        await counted.desk.command("ping", by=SCOUT)

    assert counted.counts == {"guild_settings": 1}


async def test_an_opponent_is_one_call_and_none_until_something_changes(
    counted: CountedDesk,
) -> None:
    link(counted.desk, SCOUT, "Ann Nox")
    pair(counted.desk, 1, [("Ann Nox", "Jane Doe", 12)])

    for _ in range(2):
        await counted.desk.command("opponent", by=SCOUT)
    once = dict(counted.counts)
    await counted.desk.scouted("Jane Doe", "Burn", by=SCOUT)
    shown = await counted.desk.command("opponent", by=SCOUT)

    assert once == {"my_opponent": 1}
    assert counted.counts == {"my_opponent": 2, "record_report": 1}
    assert "**Burn**" in as_text(shown.response)
