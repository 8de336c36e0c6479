"""What the cache answers while the database is away or slow, and while Redis is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.cache import Cache, GetCacheHealth
from actors.kernel import ActorSystem, ChildSpec
from scooty.core.cached import Cached
from scooty.core.cached.answers import FRESH_S, KEPT_S
from scooty.core.calls import Sql
from scooty.core.storage.player_card import PlayerCard
from scooty.core.suggestions import SuggestArchetypes, SuggestOpponents
from scooty.errors import StorageUnavailable
from scooty.features.reports.calls.looking_up import CheckPlayer, NobodyFound, SeveralPlayers
from tests.asked import Asked
from tests.repository_road import RepositoryRoad
from tests.scooty.core.storage.cached_rig import AWAY, Rig, cached_rig
from tests.scooty.core.storage.conftest import Team, new_guild

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from actors.kernel import Address
    from scooty.domain.ids import PlayerId
    from tests.redis_fixture.server import RealRedis

JANE = "Jane Doe"
MOST_S = 0.9
"""Above the 0.7 s that a dead or frozen Redis may cost, to leave a busy machine its share."""


@pytest.fixture
async def rig(sql_repository: Address[Any]) -> AsyncIterator[Rig]:
    async with cached_rig(sql_repository) as rig:
        yield rig


@pytest.fixture
async def team(rig: Rig) -> Team:
    """A guild with two players, about whom everything has been asked once."""
    team, _ = rig.process()
    await team.open()
    await team.must_report(JANE, "Burn")
    await team.must_report("Jon Doe", "Amulet Titan")
    for name in (JANE, "doe", "Nobody"):
        await check(team, name)
    await team.names("")
    return team


async def check(team: Team, name: str = JANE) -> Any:
    return await team.storage.check_player(guild_id=team.guild_id, name=name)


async def by_id(team: Team, player_id: PlayerId) -> Any:
    return await team.storage.check_player_by_id(guild_id=team.guild_id, player_id=player_id)


async def lose_the_database(rig: Rig, *, after_s: float = FRESH_S * 2) -> None:
    """Take it away after what is kept has become too old to be used unasked."""
    await rig.clock.advance(after_s)
    rig.database.error = AWAY


async def test_a_look_up_is_answered_from_earlier_and_dated_while_the_database_is_away(
    rig: Rig, team: Team
) -> None:
    kept_at = rig.clock.now()
    card, several, nobody = [await check(team, name) for name in (JANE, "doe", "Nobody")]
    await lose_the_database(rig)

    found = [await check(team, name) for name in (JANE, "doe", "Nobody")]

    assert isinstance(card, PlayerCard)
    assert isinstance(several, SeveralPlayers)
    assert isinstance(nobody, NobodyFound)
    assert found == [replace(each, as_of=kept_at) for each in (card, several, nobody)]


async def test_the_time_is_when_the_database_last_said_so(rig: Rig, team: Team) -> None:
    await rig.clock.advance(FRESH_S * 2)
    await check(team)  # asked anew
    said_at = rig.clock.now()
    await lose_the_database(rig)

    found = await check(team)

    assert isinstance(found, PlayerCard)
    assert found.as_of == said_at
    assert rig.clock.now() - said_at > timedelta(seconds=FRESH_S)


async def test_a_player_chosen_from_a_list_is_shown_as_of_earlier(rig: Rig, team: Team) -> None:
    now = await check(team)
    assert isinstance(now, PlayerCard)
    await by_id(team, now.player_id)
    await lose_the_database(rig)

    found = await by_id(team, now.player_id)

    assert isinstance(found, PlayerCard)
    assert found.as_of is not None


async def test_what_nobody_has_looked_up_is_an_outage(rig: Rig, team: Team) -> None:
    await lose_the_database(rig)

    with pytest.raises(StorageUnavailable):
        await check(team, "Somebody New")


async def test_what_was_kept_too_long_ago_is_an_outage(rig: Rig, team: Team) -> None:
    await lose_the_database(rig, after_s=KEPT_S)

    with pytest.raises(StorageUnavailable):
        await check(team)


async def test_that_there_was_no_event_is_nothing_to_show(rig: Rig, team: Team) -> None:
    other = team.other()
    await check(other)
    await lose_the_database(rig)

    with pytest.raises(StorageUnavailable):
        await check(other)


async def test_typing_is_completed_from_earlier_while_the_database_is_away(
    rig: Rig, team: Team
) -> None:
    await lose_the_database(rig)

    assert await team.names("") == ["Jon Doe", JANE]
    assert await team.names("ja") == [JANE]


async def test_typing_is_completed_by_a_new_process_from_what_the_last_one_kept(
    rig: Rig, team: Team
) -> None:
    rig.database.error = AWAY
    restarted, _ = rig.process()

    assert await restarted.names("ja") == [JANE]
    found = await check(restarted)
    assert isinstance(found, PlayerCard)
    assert found.as_of == rig.clock.now()
    assert await team.names("ja") == [JANE]


async def test_typing_a_name_that_is_merely_alike_is_an_outage(rig: Rig, team: Team) -> None:
    await lose_the_database(rig)

    with pytest.raises(StorageUnavailable):
        await team.names("jame")


async def test_a_report_that_is_refused_for_the_outage_leaves_what_is_kept(
    rig: Rig, team: Team
) -> None:
    rig.database.error = AWAY
    with pytest.raises(StorageUnavailable):
        await team.must_report(JANE, "Living End")

    found = await check(team)

    assert isinstance(found, PlayerCard)
    assert (found.archetype, found.as_of) == ("Burn", None)


async def test_what_the_database_says_when_it_is_back_is_not_dated(rig: Rig, team: Team) -> None:
    await lose_the_database(rig)
    await check(team)

    rig.database.error = None

    found = await check(team)
    assert isinstance(found, PlayerCard)
    assert found.as_of is None


async def test_a_slow_database_is_not_waited_for_when_there_is_something_of_earlier(
    rig: Rig, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CheckPlayer, "patience_s", 0.01)
    await rig.clock.advance(FRESH_S * 2)
    gate = rig.database.hold_before("check_player")

    found = await check(team)
    gate.opened.set()
    now = await check(team)  # joins the call that is on its way, or finds what it kept

    assert isinstance(found, PlayerCard)
    assert isinstance(now, PlayerCard)
    assert (found.as_of is None, now.as_of is None) == (False, True)


async def test_a_slow_database_is_waited_for_when_there_is_nothing_else(
    rig: Rig, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CheckPlayer, "patience_s", 0.01)
    gate = rig.database.hold_before("check_player")
    asking = asyncio.create_task(check(team, "doe jon"))
    await gate.reached.wait()
    await rig.cache.ask(GetCacheHealth(), timeout_s=1)

    gate.opened.set()

    assert isinstance(await asking, PlayerCard)


async def test_without_redis_every_read_asks_the_database(rig: Rig, team: Team) -> None:
    rig.shelf.go_away()
    rig.database.calls.clear()
    for _ in range(2):
        assert isinstance(await check(team), PlayerCard)
        assert await team.names("ja") == [JANE]

    assert rig.database.calls == {"check_player": 2, "suggest_opponents": 2}


async def test_without_redis_and_database_typing_is_completed_from_what_is_at_hand(
    rig: Rig, team: Team
) -> None:
    rig.shelf.go_away()
    rig.database.error = AWAY

    assert await team.names("ja") == [JANE]
    with pytest.raises(StorageUnavailable):
        await check(team)


async def test_what_is_at_hand_is_suggested_without_asking_anybody(rig: Rig, team: Team) -> None:
    assert isinstance(team.storage.road, Cached)
    at_hand, nowhere = team.storage.road.at_hand, team.other().guild_id
    rig.shelf.go_away()
    rig.database.calls.clear()

    opponents = at_hand(team.guild_id, SuggestOpponents(text="ja")) or ()
    archetypes = at_hand(team.guild_id, SuggestArchetypes(text="burn")) or ()
    alike = at_hand(team.guild_id, SuggestOpponents(text="jame"))
    nothing = [
        at_hand(nowhere, SuggestOpponents(text="")),
        at_hand(nowhere, SuggestArchetypes(text="")),
    ]

    assert [each.name for each in opponents] == [JANE]
    assert archetypes[0].name == "Burn"
    assert (alike, nothing) == (None, [None, None])
    assert not rig.database.calls


@pytest.fixture
def database(sql_repository: Address[Any]) -> RepositoryRoad:
    return RepositoryRoad(sql_repository)


@pytest.fixture
async def on_redis(redis_server: RealRedis, database: RepositoryRoad) -> AsyncIterator[Team]:
    """The same over a real Redis, which can be killed and frozen."""
    system = ActorSystem()
    spec = ChildSpec(
        name="cache", start=lambda: Cache(url=SecretStr(redis_server.url)), concurrency=32
    )
    async with system.running([spec]):
        sql = Sql(database.address, is_strict=True)
        team = Team(Asked(Cached(sql, cache=system.address("cache"))), new_guild())
        await team.open()
        await team.must_report(JANE, "Burn")
        await check(team)
        await team.names("")
        database.calls.clear()
        yield team


async def test_a_warm_read_over_a_real_redis_costs_no_call(on_redis: Team) -> None:
    recorded = await on_redis.must_report(JANE, "Living End")

    assert await check(on_redis) == recorded.card
    assert await on_redis.names("ja") == [JANE]


@pytest.mark.parametrize("fate", ["freeze", "kill"])
async def test_no_request_waits_long_for_a_redis_that_is_gone(
    on_redis: Team, redis_server: RealRedis, fate: str
) -> None:
    getattr(redis_server, fate)()

    async with asyncio.timeout(MOST_S):
        found = await asyncio.gather(*(check(on_redis) for _ in range(40)))
    async with asyncio.timeout(MOST_S):
        recorded = await on_redis.must_report(JANE, "Living End")
    async with asyncio.timeout(MOST_S):
        again, names = await check(on_redis), await on_redis.names("ja")

    assert found == [found[0]] * 40
    assert again == recorded.card
    assert names == [JANE]


async def test_no_request_waits_long_when_the_database_is_away_too(
    on_redis: Team, redis_server: RealRedis, database: RepositoryRoad
) -> None:
    redis_server.freeze()
    database.error = AWAY

    async with asyncio.timeout(MOST_S):
        with pytest.raises(StorageUnavailable):
            await check(on_redis)


async def test_a_report_during_a_freeze_is_seen_after_the_thaw(
    on_redis: Team, redis_server: RealRedis
) -> None:
    redis_server.freeze()
    recorded = await on_redis.must_report(JANE, "Living End")
    redis_server.thaw()

    for _ in range(20):  # while the cache reconnects, and after it
        assert await check(on_redis) == recorded.card
        await asyncio.to_thread(redis_server.command, "PING")
