"""Who reads while somebody writes spoils nothing, and joins no call from before the write."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from actors.cache import AppendChange, ReadChanges
from scooty.core.storage.player_card import PlayerCard
from tests.scooty.core.storage.races.conftest import JANE, forget_cards, seen

if TYPE_CHECKING:
    from tests.scooty.core.storage.cached_rig import CacheRoad, Rig
    from tests.scooty.core.storage.conftest import Team


async def test_a_read_that_began_before_a_write_and_ends_after_it_spoils_nothing(
    rig: Rig, team: Team
) -> None:
    await forget_cards(rig, team)
    gate = rig.database.hold_after("check_player")
    reading = asyncio.create_task(team.storage.check_player(guild_id=team.guild_id, name=JANE))
    await gate.reached.wait()  # the database has answered from before the write

    await team.must_report(JANE, "Living End")
    gate.opened.set()
    old = await reading  # and is kept after the write was told of

    assert isinstance(old, PlayerCard)
    assert old.archetype == "Burn"
    assert await seen(team) == ("Living End", 2)


async def test_an_index_that_was_read_before_a_write_and_arrives_after_it_follows_the_write(
    rig: Rig,
) -> None:
    others, _ = rig.process()
    await others.open()
    await others.must_report(JANE, "Burn")
    team, _ = rig.process()
    gate = rig.database.hold_after("suggestion_index")
    typing = asyncio.create_task(team.names("jane"))
    await gate.reached.wait()

    await team.must_report(JANE, "Living End")
    await team.storage.check_player(guild_id=team.guild_id, name=JANE)  # follows the log
    gate.opened.set()
    await typing

    assert await seen(team) == ("Living End", 2)
    assert rig.database.calls["suggestion_index"] == 1


async def test_an_index_that_was_read_before_an_undoing_and_arrives_after_it_is_not_held(
    rig: Rig,
) -> None:
    others, _ = rig.process()
    await others.open()
    await others.must_report(JANE, "Burn")
    recorded = await others.must_report(JANE, "Living End")
    team, _ = rig.process()
    gate = rig.database.hold_after("suggestion_index")
    typing = asyncio.create_task(team.names("jane"))
    await gate.reached.wait()

    await team.undo(recorded.report_id)
    await team.storage.check_player(guild_id=team.guild_id, name=JANE)  # follows the log
    gate.opened.set()
    await typing

    assert await seen(team) == ("Burn", 1)


async def test_who_reads_after_another_process_wrote_does_not_join_a_call_from_before_it(
    rig: Rig, team: Team
) -> None:
    elsewhere, _ = rig.process()
    await seen(elsewhere)
    await team.names("")
    await forget_cards(rig, team)
    gate = rig.database.hold_after("check_player")
    early = asyncio.create_task(team.storage.check_player(guild_id=team.guild_id, name=JANE))
    await gate.reached.wait()

    recorded = await elsewhere.must_report(JANE, "Living End")
    await forget_cards(rig, team)
    late = await team.storage.check_player(guild_id=team.guild_id, name=JANE)
    gate.opened.set()
    await early

    assert late == recorded.card


async def test_equal_questions_of_two_guilds_at_once_are_two_calls(rig: Rig, team: Team) -> None:
    other = team.other()
    await other.open()
    await other.must_report(JANE, "Amulet Titan")
    rig.shelf.go_away()
    for _ in range(2):  # as many turns as the first guild has had, so that only the guild differs
        await other.open()
    gate = rig.database.hold_before("check_player")

    asking = [
        asyncio.create_task(each.storage.check_player(guild_id=each.guild_id, name=JANE))
        for each in (team, other)
    ]
    await gate.reached.wait()
    gate.opened.set()
    mine, _ = await asyncio.gather(*asking)

    assert isinstance(mine, PlayerCard)
    assert rig.database.calls["check_player"] == 3


async def test_who_reads_after_a_write_does_not_join_a_call_from_before_it(
    rig: Rig, team: Team
) -> None:
    await forget_cards(rig, team)
    gate = rig.database.hold_after("check_player")
    early = asyncio.create_task(team.storage.check_player(guild_id=team.guild_id, name=JANE))
    await gate.reached.wait()

    recorded = await team.must_report(JANE, "Living End")
    late = await team.storage.check_player(guild_id=team.guild_id, name=JANE)
    gate.opened.set()
    await early

    assert late == recorded.card


async def test_who_reads_after_a_write_does_not_join_a_call_from_before_it_without_redis(
    rig: Rig, team: Team
) -> None:
    rig.shelf.go_away()
    gate = rig.database.hold_after("check_player")
    early = asyncio.create_task(team.storage.check_player(guild_id=team.guild_id, name=JANE))
    await gate.reached.wait()

    recorded = await team.must_report(JANE, "Living End")
    late = await team.storage.check_player(guild_id=team.guild_id, name=JANE)
    gate.opened.set()
    await early

    assert late == recorded.card


async def test_who_gives_up_a_beginning_does_not_take_it_from_the_others(rig: Rig) -> None:
    others, _ = rig.process()
    await others.open()
    await others.must_report(JANE, "Burn")
    team, road = rig.process()
    gate = road.hold(AppendChange)
    first, second = asyncio.create_task(team.names("j")), asyncio.create_task(team.names("ja"))
    await gate.reached.wait()

    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    gate.opened.set()

    assert await second == [JANE]


async def test_a_report_that_is_told_of_while_somebody_reads_makes_nobody_begin_anew(
    rig: Rig, team: Team, road: CacheRoad
) -> None:
    gate = road.hold_back(ReadChanges)
    reading = asyncio.create_task(team.names("jane"))
    await gate.reached.wait()  # the log was read before the report was told of
    rig.database.calls.clear()

    await team.must_report("Jack Newcomer")
    gate.opened.set()
    await reading

    assert await seen(team) == ("Burn", 1)
    assert rig.database.calls == {"record_report": 1}
