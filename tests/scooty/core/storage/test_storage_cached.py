"""The cache in front of storage while all is well: how many calls it spares, and whose they are."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.cache import GetCacheHealth, PutValue
from scooty.core.cached.answers import FRESH_S, slot_of
from scooty.core.cached.logs import cache_key
from scooty.core.storage.player_card import PlayerCard
from scooty.domain.ids import GuildId
from scooty.errors import StorageUnavailable
from scooty.features.reports.calls.looking_up import CheckPlayer, NobodyFound, SeveralPlayers
from scooty.features.reports.calls.recording import ReportRecorded
from tests.scooty.core.storage.cached_rig import AWAY, Rig, cached_rig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from actors.kernel import Address
    from tests.scooty.core.storage.conftest import Team

JANE, JON = "Jane Doe", "Jon Doe"


@pytest.fixture
async def rig(sql_repository: Address[Any]) -> AsyncIterator[Rig]:
    async with cached_rig(sql_repository) as rig:
        yield rig


@pytest.fixture
async def team(rig: Rig) -> Team:
    """A guild with an event and two players, whose process has asked nothing yet."""
    others, _ = rig.process()
    await others.open()
    await others.must_report(JANE, "Burn")
    await others.must_report(JON, "Amulet Titan")
    rig.database.calls.clear()
    team, _ = rig.process()
    return team


async def check(team: Team, name: str = JANE) -> object:
    return await team.storage.check_player(guild_id=team.guild_id, name=name)


async def archetypes(team: Team, text: str) -> list[tuple[str, int]]:
    found = await team.storage.suggest_archetypes(guild_id=team.guild_id, text=text)
    return [(each.name, each.report_count) for each in found]


async def test_all_that_somebody_types_costs_one_call_together(rig: Rig, team: Team) -> None:
    for _ in range(2):
        for text in ("", "j", "ja", "jan", "doe j"):
            assert JANE in await team.names(text)
        for text in ("", "b", "bu", "wr"):
            assert await archetypes(team, text)

    assert rig.database.calls == {"suggestion_index": 1}


async def test_a_look_up_costs_one_call_and_then_none(rig: Rig, team: Team) -> None:
    cold = await check(team)

    warm = [await check(team, name) for name in (JANE, "jané  DOE", "doe, jane")]

    assert isinstance(cold, PlayerCard)
    assert warm == [cold] * 3
    assert rig.database.calls == {"check_player": 1}


@pytest.mark.parametrize(
    ("name", "kind"), [("doe", SeveralPlayers), ("Nobody", NobodyFound), ("doe jane", PlayerCard)]
)
async def test_a_look_up_by_less_than_the_name_costs_one_call_until_anything_changes(
    rig: Rig, team: Team, name: str, kind: type[object]
) -> None:
    cold, warm = await check(team, name), await check(team, name)
    calls = rig.database.calls["check_player"]
    await team.must_report("Somebody Else")
    await check(team, name)

    assert isinstance(cold, kind)
    assert (warm, calls) == (cold, 1)
    assert rig.database.calls["check_player"] == 2


async def test_a_player_chosen_from_a_list_costs_one_call_and_then_none(
    rig: Rig, team: Team
) -> None:
    found = await check(team)
    assert isinstance(found, PlayerCard)
    for _ in range(2):
        chosen = await team.storage.check_player_by_id(
            guild_id=team.guild_id, player_id=found.player_id
        )
        assert chosen == found

    assert rig.database.calls["check_player_by_id"] == 1


async def test_a_report_costs_one_call_and_spares_the_next_look_up(rig: Rig, team: Team) -> None:
    await team.names("")  # so that the process follows the guild
    rig.database.calls.clear()

    recorded = await team.must_report(JANE, "Living End")
    found = await check(team)

    assert found == recorded.card
    assert rig.database.calls == {"record_report": 1}


async def test_a_report_is_completed_at_once_and_without_a_call(rig: Rig, team: Team) -> None:
    await team.names("")
    rig.database.calls.clear()

    await team.must_report("Jack Newcomer", "Burn")

    assert await team.names("ja") == ["Jack Newcomer", JANE]
    assert (await archetypes(team, "burn"))[0] == ("Burn", 2)
    assert rig.database.calls == {"record_report": 1}


async def test_a_look_up_of_others_is_not_asked_again_after_a_report(rig: Rig, team: Team) -> None:
    await check(team, JON)
    await team.must_report(JANE, "Living End")
    rig.database.calls.clear()

    await check(team, JON)

    assert not rig.database.calls


async def test_everything_is_asked_anew_after_an_undoing(rig: Rig, team: Team) -> None:
    recorded = await team.must_report(JANE, "Living End")
    await check(team)
    await team.names("")
    await team.undo(recorded.report_id)
    rig.database.calls.clear()

    found = await check(team)
    suggested = await archetypes(team, "living end")

    assert isinstance(found, PlayerCard)
    assert (found.archetype, found.report_count) == ("Burn", 1)
    assert suggested[0] == ("Living End", 0)
    assert rig.database.calls == {"check_player": 1, "suggestion_index": 1}


async def test_a_new_event_begins_with_nobody(team: Team) -> None:
    await check(team)
    await team.names("")

    await team.open("Next")

    assert await check(team) == NobodyFound()
    assert await team.names("") == []


async def test_a_repeated_request_does_not_bring_back_what_was_undone(team: Team) -> None:
    await team.names("")
    request_id = team.next_request()
    first = await team.report("Jack Newcomer", "Burn", request_id=request_id)
    assert isinstance(first, ReportRecorded)
    await team.undo(first.report_id)

    again = await team.report("Jack Newcomer", "Burn", request_id=request_id)

    assert again == first
    assert await check(team, "Jack Newcomer") == NobodyFound()
    assert "Jack Newcomer" not in await team.names("")


async def test_names_that_are_merely_alike_are_asked_for_once(rig: Rig, team: Team) -> None:
    await team.must_report("Zacharias")
    rig.database.calls.clear()
    for _ in range(2):
        assert await team.names("zacharios") == ["Zacharias"]
        assert (await archetypes(team, "amulet titen"))[0][0] == "Amulet Titan"

    assert rig.database.calls == {
        "suggestion_index": 1,
        "suggest_opponents": 1,
        "suggest_archetypes": 1,
    }


async def test_equal_look_ups_at_once_make_one_call(rig: Rig, team: Team) -> None:
    await team.names("")
    rig.database.calls.clear()
    gate = rig.database.hold_after("check_player")

    asking = [asyncio.create_task(check(team)) for _ in range(10)]
    await gate.reached.wait()
    gate.opened.set()
    found = await asyncio.gather(*asking)

    assert found == [found[0]] * 10
    assert isinstance(found[0], PlayerCard)
    assert rig.database.calls == {"check_player": 1}


async def test_people_who_type_at_once_make_one_call(rig: Rig, team: Team) -> None:
    gate = rig.database.hold_after("suggestion_index")

    asking = [asyncio.create_task(team.names(text)) for text in ("", "j", "ja", "d", "doe")]
    await gate.reached.wait()
    gate.opened.set()
    found = await asyncio.gather(*asking)

    assert all(JANE in names for names in found)
    assert rig.database.calls == {"suggestion_index": 1}


async def test_who_gives_up_does_not_take_the_call_from_the_others(rig: Rig, team: Team) -> None:
    gate = rig.database.hold_after("check_player")
    first = asyncio.create_task(check(team))
    await gate.reached.wait()
    second = asyncio.create_task(check(team))

    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    gate.opened.set()

    assert isinstance(await second, PlayerCard)
    assert rig.database.calls == {"check_player": 1}


async def test_an_answer_that_nobody_waits_for_any_more_is_kept_for_the_next(
    rig: Rig, team: Team
) -> None:
    gate = rig.database.hold_after("check_player")
    asking = asyncio.create_task(check(team))
    await gate.reached.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    gate.opened.set()
    await rig.cache.ask(GetCacheHealth(), timeout_s=1)  # so that it is kept before it is asked for

    assert isinstance(await check(team), PlayerCard)
    assert rig.database.calls == {"check_player": 1}


async def test_errors_are_not_kept(rig: Rig, team: Team) -> None:
    rig.database.error = AWAY
    for asking in (check(team), team.names(""), archetypes(team, "")):
        with pytest.raises(StorageUnavailable):
            await asking

    rig.database.error = None

    assert isinstance(await check(team), PlayerCard)
    assert await team.names("ja") == [JANE]


async def test_an_error_at_once_is_everybodys(rig: Rig, team: Team) -> None:
    gate = rig.database.hold_before("check_player")
    asking = [asyncio.create_task(check(team)) for _ in range(3)]
    await gate.reached.wait()
    rig.database.error = AWAY
    gate.opened.set()

    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(each) for each in answers] == [StorageUnavailable] * 3


async def test_two_guilds_never_see_each_other(team: Team) -> None:
    other = team.other()
    await other.open()
    await other.must_report(JANE, "Amulet Titan")
    await other.must_report("Jacqueline", "Living End")

    for _ in range(2):  # cold, then warm
        mine, theirs = await check(team), await check(other)
        assert isinstance(mine, PlayerCard)
        assert isinstance(theirs, PlayerCard)
        assert (mine.archetype, theirs.archetype) == ("Burn", "Amulet Titan")
        assert await check(team, "Jacqueline") == NobodyFound()
        assert await team.names("ja") == [JANE]
        assert await other.names("ja") == ["Jacqueline", JANE]


async def test_a_value_of_another_guild_is_a_miss_even_under_ones_own_key(
    rig: Rig, team: Team
) -> None:
    await team.names("")  # what is kept from here on is not too old for the team
    other = replace(team, guild_id=GuildId(team.guild_id + 1))
    await other.open()
    await other.must_report(JANE, "Living End")
    await check(other)
    stolen = rig.shelf.find(cache_key(other.guild_id, slot_of(CheckPlayer(name=JANE))), now_s=0)
    assert stolen is not None
    key = cache_key(team.guild_id, slot_of(CheckPlayer(name=JANE)))
    rig.cache.tell(PutValue(key=key, value=stolen.value, ttl_s=60))

    found = await check(team)

    assert isinstance(found, PlayerCard)
    assert found.archetype == "Burn"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"\xff not JSON",
        lambda value: value.partition(b"\n")[2],
        lambda value: value.replace(b"5 ", b"4 ", 1),
        lambda value: value.replace(b"\n", b"", 1),
        lambda value: value.partition(b"\n")[0],
        lambda value: value.partition(b"\n")[0] + b'\n{"outcome": "recorded"}',
        lambda value: value.partition(b"\n")[0] + b'\n{"outcome": "found", "card": {}}',
        # what the version before kept
        lambda _: b'{"v": 4, "g": 1, "p": 1, "d": {"outcome": "nobody_found"}}',
    ],
)
async def test_a_value_that_does_not_parse_is_a_miss(rig: Rig, team: Team, spoil: object) -> None:
    first = await check(team)
    key = cache_key(team.guild_id, slot_of(CheckPlayer(name=JANE)))
    kept = rig.shelf.find(key, now_s=0)
    assert kept is not None
    assert callable(spoil)
    value = spoil(kept.value)
    rig.cache.tell(PutValue(key=key, value=value, ttl_s=60))

    assert await check(team) == first
    assert rig.database.calls == {"check_player": 2}


async def test_what_is_kept_is_asked_anew_after_a_while(rig: Rig, team: Team) -> None:
    await check(team)
    await team.names("")
    await rig.clock.advance(FRESH_S * 0.8)
    await check(team)
    await team.names("")
    assert rig.database.calls == {"check_player": 1, "suggestion_index": 1}

    await rig.clock.advance(FRESH_S * 0.3)
    await check(team)
    await team.names("")

    assert rig.database.calls == {"check_player": 2, "suggestion_index": 2}


async def test_a_report_through_another_process_is_seen_at_once(rig: Rig, team: Team) -> None:
    elsewhere, _ = rig.process()
    for process in (elsewhere, team, elsewhere):  # who begins lets the others ask anew
        await check(process)
        await process.names("")
    rig.database.calls.clear()

    recorded = await elsewhere.must_report(JANE, "Living End")

    assert await check(team) == recorded.card
    assert (await archetypes(team, "living end"))[0] == ("Living End", 1)
    assert rig.database.calls == {"record_report": 1}


async def test_an_undoing_through_another_process_is_seen_at_once(rig: Rig, team: Team) -> None:
    elsewhere, _ = rig.process()
    recorded = await team.must_report(JANE, "Living End")
    await check(team)

    await elsewhere.undo(recorded.report_id)

    found = await check(team)
    assert isinstance(found, PlayerCard)
    assert found.archetype == "Burn"


async def test_the_cache_hears_how_many_reads_it_served(rig: Rig, team: Team) -> None:
    for _ in range(4):
        await check(team)  # one miss, three hits
    for text in ("j", "ja", "jan"):
        await team.names(text)  # one miss, two hits
    await team.names("jame doe")  # a miss
    await team.names("")  # a hit, which tells of those before

    health = await rig.cache.ask(GetCacheHealth(), timeout_s=1)

    assert (health.hits, health.misses) == (5, 3)
