"""Values and changes of an older version in Redis: each is a miss, and nothing is believed."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.cache.messages import Hit
from actors.testing import ManualClock, run_actor
from scooty.core.cached import Cached
from scooty.core.cached.answers import slot_of
from scooty.core.cached.logs import cache_key
from scooty.core.calls import Sql
from scooty.core.storage.settings import GuildSettings, SettingsAsked
from scooty.core.suggestions import SuggestArchetypes, SuggestOpponents
from scooty.domain.ids import GuildId, PlayerId
from scooty.errors import StorageUnavailable
from scooty.features.events.calls import NameEvents, ShowEvent
from scooty.features.reports.calls.looking_up import CheckPlayer, CheckPlayerById
from scooty.features.stats.calls import CountEvent
from tests.repository_road import AWAY, RepositoryRoad

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from scooty.core.call import Read

_KEPT: Final = Path(__file__).parent / "redis_0369c7e.json"
OLD: Final[dict[str, Any]] = json.loads(_KEPT.read_text(encoding="utf-8"))
GUILD: Final = GuildId(77)
"""Whose event, players, reports and settings are in it; in the tests' database it has none."""
READ: Final[tuple[Read[Any], ...]] = (
    CheckPlayer(name="jane doe"),
    CheckPlayer(name="doe"),
    CheckPlayerById(player_id=PlayerId(2)),
    CountEvent(),
    ShowEvent(),
    NameEvents(text_key="", at_most=200),
    SuggestOpponents(text="ja"),
    SuggestOpponents(text="jhon"),
    SuggestArchetypes(text="enregy"),
)


@asynccontextmanager
async def process_after_the_older_one(
    repository: Address[RepositoryMessage],
) -> AsyncIterator[tuple[Cached, RepositoryRoad, Shelf]]:
    shelf, clock, road = Shelf(), ManualClock(), RepositoryRoad(repository)
    for key, value in OLD["values"].items():
        shelf.keep(key, Hit(value=value.encode(), stored_at=clock.now()), until_s=1e6)
    for call in READ:  # as if the slots had kept their names, too
        hit = Hit(value=OLD["values"]["{77}:stats"].encode(), stored_at=clock.now())
        shelf.keep(cache_key(GUILD, slot_of(call)), hit, until_s=1e6)
    for change in OLD["logs"]["{77}:log"]:
        shelf.append(cache_key(GUILD, "log"), change.encode())
    async with run_actor(InMemoryCache(shelf), clock=clock) as cache:
        sql = Sql(road.address, is_strict=True)
        yield Cached(sql, cache=cache, clock=clock, settings=SettingsAsked(sql)), road, shelf


async def test_no_value_of_an_older_version_is_believed(
    desk_repository: Address[RepositoryMessage],
) -> None:
    async with process_after_the_older_one(desk_repository) as (cached, road, _):
        known = {call: await Sql(road.address).read(GUILD, call) for call in READ}
        answers = {call: await cached.read(GUILD, call) for call in READ}
        settings = await cached.settings.read(guild_id=GUILD)

    assert answers == known
    assert settings == GuildSettings()


async def test_no_value_of_an_older_version_is_shown_while_the_database_is_away(
    desk_repository: Address[RepositoryMessage],
) -> None:
    async with process_after_the_older_one(desk_repository) as (cached, road, _):
        road.error = AWAY
        for call in READ:
            with pytest.raises(StorageUnavailable):
                await cached.read(GUILD, call)
        with pytest.raises(StorageUnavailable):
            await cached.settings.read(guild_id=GUILD)


@pytest.mark.parametrize("change", OLD["logs"]["{77}:log"])
async def test_after_a_change_of_an_older_version_all_is_read_anew(
    desk_repository: Address[RepositoryMessage], change: str
) -> None:
    async with process_after_the_older_one(desk_repository) as (cached, road, shelf):

        async def read_all() -> int:
            before = road.calls.total()
            await cached.read(GUILD, CountEvent())
            await cached.read(GUILD, SuggestOpponents(text=""))
            await cached.settings.read(guild_id=GUILD)
            return road.calls.total() - before

        await read_all()
        warm = await read_all()
        shelf.append(cache_key(GUILD, "log"), change.encode())
        cold = await read_all()

    assert (warm, cold) == (0, 3)
