"""Writes that the cache is told of in another order count as the database had them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from actors.cache import AppendChange, GetCacheHealth
from tests.scooty.core.storage.races.conftest import JANE, seen

if TYPE_CHECKING:
    from tests.scooty.core.storage.cached_rig import Rig
    from tests.scooty.core.storage.conftest import Team


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
