"""Who reads after a write was acknowledged sees it, whatever overtakes what or is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from actors.cache import AppendChange, GetCacheHealth, PutValue, ReadChanges
from scooty.errors import StorageUnavailable
from scooty.storage.cached_logs import cache_key
from scooty.storage.port import PlayerCard
from tests.scooty.storage.cached_rig import LOST, CacheRoad, Rig, cached_rig
from tests.scooty.storage.conftest import Team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

JANE = "Jane Doe"


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with cached_rig() as rig:
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
    rig.shelf.drop([cache_key(team.guild_id, "check:jane doe")])


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
    gate = rig.database.hold_after("read_suggestion_index")
    typing = asyncio.create_task(team.names("jane"))
    await gate.reached.wait()

    await team.must_report(JANE, "Living End")
    await team.storage.check_player(guild_id=team.guild_id, name=JANE)  # follows the log
    gate.opened.set()
    await typing

    assert await seen(team) == ("Living End", 2)
    assert rig.database.calls["read_suggestion_index"] == 1


async def test_an_index_that_was_read_before_an_undoing_and_arrives_after_it_is_not_held(
    rig: Rig,
) -> None:
    others, _ = rig.process()
    await others.open()
    await others.must_report(JANE, "Burn")
    recorded = await others.must_report(JANE, "Living End")
    team, _ = rig.process()
    gate = rig.database.hold_after("read_suggestion_index")
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

    late = Team(rig.database.inner, request_ids=team.request_ids)
    await late.must_report(JANE, "Living End")  # what the database does after it was given up

    assert await seen(team) == ("Living End", 2)
    await rig.clock.advance(10)
    assert await seen(team) == ("Living End", 2)
    rig.database.calls.clear()
    assert await seen(team) == ("Living End", 2)
    assert not rig.database.calls  # nothing is in doubt any more


async def test_a_write_that_surely_failed_costs_the_others_nothing(rig: Rig, team: Team) -> None:
    rig.database.error = StorageUnavailable("refused", may_have_been_saved=False)
    with pytest.raises(StorageUnavailable):
        await team.must_report(JANE, "Living End")
    rig.database.error = None
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert not rig.database.calls


async def test_nothing_of_before_is_used_when_redis_was_emptied(rig: Rig, team: Team) -> None:
    rig.shelf.forget_everything()
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert rig.database.calls == {"check_player": 1, "read_suggestion_index": 1}


async def test_nothing_is_used_of_a_redis_that_lost_its_newest_changes(
    rig: Rig, team: Team
) -> None:
    before = rig.shelf.copy()
    await team.must_report(JANE, "Living End")

    rig.shelf.become(before)  # a replica took over that had not heard of it

    assert await seen(team) == ("Living End", 2)


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


async def test_two_reports_of_one_player_told_of_in_the_other_order_leave_the_later_one(
    rig: Rig, team: Team
) -> None:
    elsewhere, slow_road = rig.process()
    await seen(elsewhere)
    gate = slow_road.hold(AppendChange)
    first = asyncio.create_task(elsewhere.must_report(JANE, "Living End"))
    await gate.reached.wait()

    await team.must_report(JANE, "Amulet Titan")
    gate.opened.set()
    await first

    assert await seen(team) == ("Amulet Titan", 3)
    assert await seen(elsewhere) == ("Amulet Titan", 3)


async def test_reports_of_two_players_told_of_in_the_other_order_are_offered_by_time(
    rig: Rig, team: Team
) -> None:
    elsewhere, slow_road = rig.process()
    await seen(elsewhere)
    await team.names("")
    gate = slow_road.hold(AppendChange)
    first = asyncio.create_task(elsewhere.must_report("Jack First"))
    await gate.reached.wait()
    await team.must_report("Jack Second")
    gate.opened.set()
    await first

    for process in (team, elsewhere):
        for text in ("", "ja"):
            assert await process.names(text) == ["Jack Second", "Jack First", JANE]


async def test_reports_of_one_archetype_told_of_in_the_other_order_are_all_counted(
    rig: Rig, team: Team
) -> None:
    elsewhere, slow_road = rig.process()
    await seen(elsewhere)
    await team.names("")
    gate = slow_road.hold(AppendChange)
    first = asyncio.create_task(elsewhere.must_report("Jack First", "Living End"))
    await gate.reached.wait()
    await team.must_report("Jack Second", "Living End")
    gate.opened.set()
    await first

    found = await team.storage.suggest_archetypes(guild_id=team.guild_id, text="living end")

    assert found[0].report_count == 2


async def test_a_request_that_had_been_carried_out_unheard_is_seen_by_all(
    rig: Rig, team: Team
) -> None:
    elsewhere, _ = rig.process()
    await seen(elsewhere)
    await seen(team)
    request_id = team.next_request()
    unheard = Team(rig.database.inner, request_ids=team.request_ids)
    await unheard.report(JANE, "Living End", request_id=request_id)

    await team.report(JANE, "Living End", request_id=request_id)

    assert await seen(team) == ("Living End", 2)
    assert await seen(elsewhere) == ("Living End", 2)


async def test_a_report_of_the_last_event_told_of_late_is_not_in_the_new_one(
    rig: Rig, team: Team
) -> None:
    elsewhere, slow_road = rig.process()
    await seen(elsewhere)
    gate = slow_road.hold(AppendChange)
    late = asyncio.create_task(elsewhere.must_report("Jack Late"))
    await gate.reached.wait()
    await team.open("Next")
    await team.must_report(JANE, "Burn")
    await team.names("")
    gate.opened.set()
    await late

    assert await team.names("") == [JANE]
    assert await seen(team) == ("Burn", 1)


async def test_the_card_kept_with_a_report_is_not_older_than_what_was_told_before_it(
    rig: Rig, team: Team
) -> None:
    elsewhere, slow_road = rig.process()
    await seen(elsewhere)
    await seen(team)
    gate = slow_road.hold(AppendChange)
    early = asyncio.create_task(elsewhere.must_report(JANE, "Living End"))
    await gate.reached.wait()
    await team.must_report(JANE, "Amulet Titan")
    gate.opened.set()  # the earlier card is kept after the later one
    await early
    await rig.cache.ask(GetCacheHealth(), timeout_s=1)

    assert await seen(team) == ("Amulet Titan", 3)


async def test_a_process_that_slept_through_more_than_the_log_holds_begins_anew(
    rig: Rig, team: Team
) -> None:
    for number in range(600):
        rig.shelf.append(cache_key(team.guild_id, "log"), b"of a later version %d" % number)
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert rig.database.calls == {"check_player": 1, "read_suggestion_index": 1}


async def test_a_change_of_a_later_version_may_have_changed_anything(rig: Rig, team: Team) -> None:
    rig.shelf.append(cache_key(team.guild_id, "log"), b'{"v":2,"d":"news"}')
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert rig.database.calls == {"check_player": 1, "read_suggestion_index": 1}


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
