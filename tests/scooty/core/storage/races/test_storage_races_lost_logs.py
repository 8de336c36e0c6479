"""Nothing kept is used when the log of changes was lost or cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.cached.logs import cache_key
from tests.scooty.core.storage.races.conftest import JANE, seen

if TYPE_CHECKING:
    from tests.scooty.core.storage.cached_rig import Rig
    from tests.scooty.core.storage.conftest import Team


async def test_nothing_of_before_is_used_when_redis_was_emptied(rig: Rig, team: Team) -> None:
    rig.shelf.forget_everything()
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert rig.database.calls == {"check_player": 1, "suggestion_index": 1}


async def test_nothing_is_used_of_a_redis_that_lost_its_newest_changes(
    rig: Rig, team: Team
) -> None:
    before = rig.shelf.copy()
    await team.must_report(JANE, "Living End")

    rig.shelf.become(before)  # a replica took over that had not heard of it

    assert await seen(team) == ("Living End", 2)


async def test_a_process_that_slept_through_more_than_the_log_holds_begins_anew(
    rig: Rig, team: Team
) -> None:
    for number in range(600):
        rig.shelf.append(cache_key(team.guild_id, "log"), b"of a later version %d" % number)
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert rig.database.calls == {"check_player": 1, "suggestion_index": 1}


async def test_a_change_of_a_later_version_may_have_changed_anything(rig: Rig, team: Team) -> None:
    rig.shelf.append(cache_key(team.guild_id, "log"), b'{"v":2,"d":"news"}')
    rig.database.calls.clear()

    assert await seen(team) == ("Burn", 1)
    assert rig.database.calls == {"check_player": 1, "suggestion_index": 1}
