"""Two actors of one process, each with a storage of its own: what one could not tell, it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.core.cached import Cached
from scooty.core.storage.player_card import PlayerCard
from scooty.errors import StorageUnavailable
from scooty.features.reports.calls.looking_up import NobodyFound
from tests.scooty.core.storage.cached_rig import LOST, Rig, cached_rig
from tests.scooty.core.storage.conftest import SAM, Team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from actors.kernel import Address
    from scooty.domain.ids import GuildId

JANE = "Jane Doe"


@pytest.fixture
async def rig(sql_repository: Address[Any]) -> AsyncIterator[Rig]:
    async with cached_rig(sql_repository) as rig:
        yield rig


@pytest.fixture
async def desk(rig: Rig) -> Team:
    """The people at the desk, who know of one report."""
    team, _ = rig.process()
    await team.open()
    await team.must_report(JANE, "Burn")
    assert await archetype_seen_by(team) == "Burn"
    return team


def storage_of(team: Team) -> Cached:
    assert isinstance(team.storage.road, Cached)
    return team.storage.road


async def archetype_seen_by(team: Team) -> str | None:
    found = await team.storage.check_player(guild_id=team.guild_id, name=JANE)
    assert isinstance(found, PlayerCard | NobodyFound)
    return found.archetype if isinstance(found, PlayerCard) else None


async def test_what_one_actor_told_in_the_log_another_one_sees_without_a_word(
    rig: Rig, desk: Team
) -> None:
    words: list[GuildId] = []
    outbox, _ = rig.process(untold=words.append)

    await outbox.must_report(JANE, "Living End")

    assert await archetype_seen_by(desk) == "Living End"
    assert words == []


async def test_what_one_actor_could_not_tell_in_the_log_another_one_sees_by_its_word(
    rig: Rig, desk: Team
) -> None:
    outbox, _ = rig.process(untold=storage_of(desk).doubt)
    rig.shelf.go_away()

    await outbox.must_report(JANE, "Living End")
    rig.shelf.come_back()  # with the card of before

    assert await archetype_seen_by(desk) == "Living End"
    await rig.clock.advance(60)
    assert await archetype_seen_by(desk) == "Living End"


async def test_a_write_of_unknown_end_is_said_too(rig: Rig, desk: Team) -> None:
    words: list[GuildId] = []
    outbox, _ = rig.process(untold=words.append)
    rig.database.error = LOST

    with pytest.raises(StorageUnavailable):
        await outbox.report(JANE, "Living End")

    assert words == [desk.guild_id]


async def test_a_word_of_all_guilds_makes_everything_kept_begin_anew(rig: Rig, desk: Team) -> None:
    await rig.beneath.create_event(  # past the cache, as a job does it
        guild_id=desk.guild_id,
        request_id=desk.next_request(),
        name="Next Open",
        member_id=SAM,
    )
    before = await archetype_seen_by(desk)

    storage_of(desk).doubt(None)

    assert before == "Burn"
    assert await archetype_seen_by(desk) is None


async def test_everything_that_is_written_is_said_to_those_who_show_it_and_nothing_else_is(
    rig: Rig,
) -> None:
    words: list[GuildId] = []
    team, _ = rig.process(changed=words.append)

    await team.report(JANE, "Burn")  # without an event
    before = list(words)
    await team.open()
    await team.must_report(JANE, "Burn")
    await team.report(JANE, "No Such Archetype")
    await archetype_seen_by(team)

    assert (before, words) == ([], [team.guild_id] * 2)


async def test_a_write_that_failed_is_not_said_to_those_who_show_it(rig: Rig) -> None:
    words: list[GuildId] = []
    team, _ = rig.process(changed=words.append)
    rig.database.error = LOST

    with pytest.raises(StorageUnavailable):
        await team.report(JANE, "Living End")

    assert words == []
