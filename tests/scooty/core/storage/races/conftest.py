"""A process that knows a guild, and what it says of Jane while the cache loses and overtakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.core.cached.answers import slot_of
from scooty.core.cached.logs import cache_key
from scooty.core.storage.player_card import PlayerCard
from scooty.features.reports.calls.looking_up import CheckPlayer
from tests.scooty.core.storage.cached_rig import CacheRoad, Rig, cached_rig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from actors.kernel import Address
    from tests.scooty.core.storage.conftest import Team

JANE = "Jane Doe"


@pytest.fixture
async def rig(sql_repository: Address[Any]) -> AsyncIterator[Rig]:
    async with cached_rig(sql_repository) as rig:
        yield rig


@pytest.fixture
async def process(rig: Rig) -> tuple[Team, CacheRoad]:
    """A process that knows a guild in which Jane was seen on Burn, and its road to the cache."""
    team, road = rig.process()
    await team.open()
    await team.must_report(JANE, "Burn")
    await team.names("")
    assert await seen(team) == ("Burn", 1)
    return team, road


@pytest.fixture
def team(process: tuple[Team, CacheRoad]) -> Team:
    return process[0]


@pytest.fixture
def road(process: tuple[Team, CacheRoad]) -> CacheRoad:
    return process[1]


async def seen(team: Team) -> tuple[str, int]:
    """What a look-up and typing say of Jane, who must be the same in both."""
    found = await team.storage.check_player(guild_id=team.guild_id, name=JANE)
    typed = await team.storage.suggest_opponents(guild_id=team.guild_id, text="jane")
    assert isinstance(found, PlayerCard)
    assert found.as_of is None
    assert [(each.archetype, each.report_count) for each in typed] == [
        (found.archetype, found.report_count)
    ]
    return found.archetype, found.report_count


async def forget_cards(rig: Rig, team: Team) -> None:
    """Let the next look-up and the next typing ask the database."""
    rig.shelf.drop([cache_key(team.guild_id, slot_of(CheckPlayer(name=JANE)))])
