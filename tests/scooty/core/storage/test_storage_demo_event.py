"""The actor that writes the demo event, over a database that is away at first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from actors.testing import ManualClock, run_actor
from scooty.core.calls import Sql
from scooty.domain.ids import GuildId
from scooty.runtime.wiring.demo_event import DemoEvent
from tests.asked import Asked
from tests.repository_road import AWAY, RepositoryRoad

if TYPE_CHECKING:
    from typing import Any

    from actors.kernel import Address

AZORIUS = GuildId(1_100_000_000_000_000_001)


async def test_the_demo_is_written_as_soon_as_the_database_is_there(
    sql_repository: Address[Any],
) -> None:
    road, clock = RepositoryRoad(sql_repository), ManualClock()
    road.error = AWAY
    calls = Sql(road.address, is_strict=True)
    asked = Asked(Sql(sql_repository))

    async with asyncio.timeout(10), run_actor(DemoEvent(calls), clock=clock):
        while not road.calls:
            await clock.advance(0.5)
        road.error = None
        while not await asked.suggest_opponents(guild_id=AZORIUS, text="zoe"):
            await clock.advance(0.5)

    assert len(await asked.suggest_opponents(guild_id=AZORIUS, text="")) == 25
