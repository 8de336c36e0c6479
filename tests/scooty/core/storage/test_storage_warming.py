"""The cache is filled before people ask, so that look-ups are quick and outlive the database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from scooty.core.cached import Cached
from scooty.core.cached.stale import Warmth
from scooty.core.storage.player_card import PlayerCard
from scooty.errors import StorageUnavailable
from scooty.features.reports.warming import CacheWarmer
from tests.scooty.core.storage.cached_rig import AWAY, Rig, cached_rig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from actors.kernel import Address
    from tests.scooty.core.storage.conftest import Team


@pytest.fixture
async def rig(sql_repository: Address[Any]) -> AsyncIterator[Rig]:
    async with cached_rig(sql_repository) as running:
        yield running


@pytest.fixture
async def reported(rig: Rig) -> Team:
    """A guild with three reports, written past the cache."""
    team, _ = rig.process()
    team.storage = rig.beneath
    await team.open()
    for name in ("Jane Doe", "John Roe", "Zoe Poe"):
        await team.must_report(name)
    return team


def process(rig: Rig) -> tuple[Team, CacheWarmer]:
    team, _ = rig.process()
    assert isinstance(team.storage.road, Cached)
    return team, CacheWarmer(team.storage.road, rig.clock)


async def test_a_first_look_up_after_it_asks_the_database_nothing(rig: Rig, reported: Team) -> None:
    desk, storage = process(rig)
    await storage.warm_up((reported.guild_id,))
    rig.database.calls.clear()

    card = await desk.storage.check_player(guild_id=desk.guild_id, name="zoe poe")
    names = await desk.names("jo")

    assert isinstance(card, PlayerCard)
    assert names == ["John Roe"]
    assert rig.database.calls.total() == 0


async def test_another_process_shows_what_was_kept_while_the_database_is_away(
    rig: Rig, reported: Team
) -> None:
    _, before = process(rig)
    warmth = await before.warm_up((reported.guild_id,))
    desk, _storage = process(rig)
    rig.database.error = AWAY

    card = await desk.storage.check_player(guild_id=desk.guild_id, name="john roe")
    names = await desk.names("jo")

    assert warmth == Warmth(guilds=1, cards=3)
    assert isinstance(card, PlayerCard)
    assert card.name == "John Roe"
    assert names == ["John Roe"]


async def test_one_call_follows_the_other(rig: Rig, reported: Team) -> None:
    _, storage = process(rig)

    await storage.warm_up((reported.guild_id, reported.other().guild_id))

    assert rig.database.calls["suggestion_index"] == 2
    assert rig.database.calls["check_player"] == 3
    assert rig.database.most_at_once == 1


async def test_it_ends_when_it_has_taken_its_time(rig: Rig, reported: Team) -> None:
    _, storage = process(rig)
    gate = rig.database.hold_before("check_player")
    warming = asyncio.create_task(storage.warm_up((reported.guild_id,)))

    await gate.reached.wait()
    await rig.clock.advance(31.0)
    gate.opened.set()

    assert await warming == Warmth(guilds=0, cards=1)


async def test_an_outage_ends_it(rig: Rig, reported: Team) -> None:
    _, storage = process(rig)
    rig.database.error = AWAY

    with pytest.raises(StorageUnavailable):
        await storage.warm_up((reported.guild_id,))
