"""A write is seen though the cache was not told of it, or its end was not heard."""

from __future__ import annotations

import asyncio

import pytest

from actors.cache import AppendChange, PutValue, ReadChanges
from scooty.errors import StorageUnavailable
from tests.scooty.core.storage.cached_rig import AWAY, LOST, CacheRoad, Rig
from tests.scooty.core.storage.conftest import Team
from tests.scooty.core.storage.races.conftest import JANE, forget_cards, seen


async def test_a_write_that_could_not_be_told_of_is_seen_when_redis_is_back(
    rig: Rig, team: Team
) -> None:
    rig.shelf.go_away()

    await team.must_report(JANE, "Living End")

    assert await seen(team) == ("Living End", 2)
    rig.shelf.come_back()  # with the card and the index of before
    assert await seen(team) == ("Living End", 2)
    assert await seen(team) == ("Living End", 2)


async def test_other_processes_see_a_write_that_could_not_be_told_of_once_its_own_has_read(
    rig: Rig, team: Team
) -> None:
    elsewhere, _ = rig.process()
    assert await seen(elsewhere) == ("Burn", 1)
    rig.shelf.go_away()
    await team.must_report(JANE, "Living End")
    rig.shelf.come_back()

    await seen(team)

    assert await seen(elsewhere) == ("Living End", 2)


@pytest.mark.parametrize("lost", ["unheard", "unanswered"])
async def test_a_write_of_which_the_telling_was_lost_is_seen(
    team: Team, road: CacheRoad, lost: str
) -> None:
    losing: set[type] = getattr(road, lost)
    losing.add(AppendChange)
    await team.must_report(JANE, "Living End")

    assert await seen(team) == ("Living End", 2)
    losing.clear()
    assert await seen(team) == ("Living End", 2)


async def test_a_read_from_before_a_lost_telling_that_is_kept_after_it_is_not_used(
    rig: Rig, team: Team, road: CacheRoad
) -> None:
    await forget_cards(rig, team)
    gate = rig.database.hold_after("check_player")
    reading = asyncio.create_task(team.storage.check_player(guild_id=team.guild_id, name=JANE))
    await gate.reached.wait()
    road.unheard.add(AppendChange)
    await team.must_report(JANE, "Living End")
    road.unheard.clear()

    gate.opened.set()
    await reading  # kept, though the log knows of nothing after it

    assert await seen(team) == ("Living End", 2)


async def test_a_beginning_that_overlaps_a_lost_telling_is_no_beginning(
    rig: Rig, team: Team
) -> None:
    fresh, fresh_road = rig.process()
    gate = fresh_road.hold_back(AppendChange)
    beginning = asyncio.create_task(fresh.names("jane"))
    await gate.reached.wait()  # the log tells of its beginning, which it does not know yet
    assert await seen(team) == ("Burn", 1)  # and what was read after that is kept
    fresh_road.unheard.add(AppendChange)
    await fresh.must_report(JANE, "Living End")
    fresh_road.unheard.clear()

    gate.opened.set()
    await beginning

    assert await seen(fresh) == ("Living End", 2)


async def test_a_cancelled_write_that_was_committed_is_seen(rig: Rig, team: Team) -> None:
    gate = rig.database.hold_after("record_report")
    writing = asyncio.create_task(team.must_report(JANE, "Living End"))
    await gate.reached.wait()

    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing

    assert await seen(team) == ("Living End", 2)


async def test_a_write_that_is_cancelled_while_it_is_told_of_is_seen(
    team: Team, road: CacheRoad
) -> None:
    gate = road.hold(AppendChange)
    road.unheard.add(AppendChange)
    writing = asyncio.create_task(team.must_report(JANE, "Living End"))
    await gate.reached.wait()

    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    road.unheard.clear()

    assert await seen(team) == ("Living End", 2)


async def test_a_write_of_unknown_end_that_is_committed_later_is_seen(rig: Rig, team: Team) -> None:
    rig.database.error = LOST
    with pytest.raises(StorageUnavailable):
        await team.must_report(JANE, "Living End")
    rig.database.error = None
    assert await seen(team) == ("Burn", 1)

    late = Team(rig.beneath, rig.guild_id, team.request_ids)
    await late.must_report(JANE, "Living End")  # what the database does after it was given up

    assert await seen(team) == ("Living End", 2)
    await rig.clock.advance(10)
    assert await seen(team) == ("Living End", 2)
    rig.database.calls.clear()
    assert await seen(team) == ("Living End", 2)
    assert not rig.database.calls  # nothing is in doubt any more


async def test_a_write_that_surely_failed_costs_the_others_nothing(rig: Rig, team: Team) -> None:
    rig.database.error = AWAY
    with pytest.raises(StorageUnavailable):
        await team.must_report(JANE, "Living End")
    rig.database.error = None
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert not rig.database.calls


async def test_a_request_that_had_been_carried_out_unheard_is_seen_by_all(
    rig: Rig, team: Team
) -> None:
    elsewhere, _ = rig.process()
    await seen(elsewhere)
    await seen(team)
    request_id = team.next_request()
    unheard = Team(rig.beneath, rig.guild_id, team.request_ids)
    await unheard.report(JANE, "Living End", request_id=request_id)

    await team.report(JANE, "Living End", request_id=request_id)

    assert await seen(team) == ("Living End", 2)
    assert await seen(elsewhere) == ("Living End", 2)


async def test_a_cache_that_does_not_answer_costs_nobody_the_truth(
    rig: Rig, team: Team, road: CacheRoad
) -> None:
    road.unanswered |= {AppendChange, ReadChanges}
    road.unheard.add(PutValue)
    await team.must_report(JANE, "Living End")

    assert await seen(team) == ("Living End", 2)
    road.unanswered.clear()
    road.unheard.clear()
    assert await seen(team) == ("Living End", 2)
    assert rig.database.calls["check_player"] >= 2
