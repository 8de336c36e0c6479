"""An event in figures, of every storage, and what it costs behind the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.core.storage.stats import ScoutCount
from scooty.domain.ids import MemberId
from scooty.domain.metagame import PlayerCount
from scooty.features.stats.calls import EventStats
from tests.scooty.core.storage.cached_rig import AWAY, cached_rig

if TYPE_CHECKING:
    from typing import Any

    from actors.kernel import Address
    from tests.scooty.core.storage.conftest import Team

SAM, ROBIN = MemberId(1_300_000_000_000_000_002), MemberId(1_300_000_000_000_000_003)


async def read(team: Team) -> EventStats:
    found = await team.storage.read_stats(guild_id=team.guild_id)
    assert isinstance(found, EventStats)
    return found


async def test_without_an_event_there_is_nothing_to_count(idle_team: Team) -> None:
    found = await idle_team.storage.read_stats(guild_id=idle_team.guild_id)

    assert found == NoActiveEvent()


async def test_each_player_counts_once_on_what_their_card_says(team: Team) -> None:
    await team.must_report("Jane Doe", "Burn")
    await team.must_report("Jane Doe", "Amulet Titan", by=ROBIN)
    await team.must_report("Jon Doe", "Burn")
    withdrawn = await team.must_report("Rick Roe", "Burn", by=ROBIN)
    await team.undo(withdrawn.report_id, by=ROBIN)

    found = await read(team)

    card = await team.storage.check_player(guild_id=team.guild_id, name="Jane Doe")
    assert isinstance(card, PlayerCard)
    assert card.archetype == "Amulet Titan"
    assert (found.event.name, found.seen, found.known, found.queued) == ("Open", 3, 2, 0)
    assert [(each.name, each.players) for each in found.archetypes] == [
        ("Amulet Titan", 1),
        ("Burn", 1),
    ]
    assert found.archetypes[1] == PlayerCount(name="Burn", colours="R", players=1)
    assert found.scouts == (
        ScoutCount(member_id=SAM, reports=2, players=2),
        ScoutCount(member_id=ROBIN, reports=1, players=1),
    )


async def test_what_is_played_most_comes_first_and_other_guilds_and_events_do_not_count(
    team: Team,
) -> None:
    other = team.other()
    await other.open()
    await other.must_report("Jane Doe", "Amulet Titan")
    await team.must_report("Zoe Zed", "Amulet Titan")
    await team.open("Another")
    for name, archetype in (("A A", "Boros Energy"), ("B B", "Burn"), ("C C", "Burn")):
        await team.must_report(name, archetype)

    found = await read(team)

    assert [(each.name, each.players) for each in found.archetypes] == [
        ("Burn", 2),
        ("Boros Energy", 1),
    ]
    assert found.seen == 3


async def test_figures_cost_one_call_and_then_none_until_something_is_reported(
    sql_repository: Address[Any],
) -> None:
    async with cached_rig(sql_repository) as rig:
        team, _ = rig.process()
        await team.open()
        await team.must_report("Jane Doe", "Burn")

        first, second = await read(team), await read(team)
        assert rig.database.calls["event_stats"] == 1
        await team.must_report("Jon Doe", "Burn")
        third = await read(team)

        assert first == second
        assert (first.known, third.known) == (1, 2)
        assert rig.database.calls["event_stats"] == 2


async def test_figures_of_earlier_are_shown_with_their_time_while_the_database_is_away(
    sql_repository: Address[Any],
) -> None:
    async with cached_rig(sql_repository) as rig:
        team, _ = rig.process()
        await team.open()
        await team.must_report("Jane Doe", "Burn")
        await read(team)
        kept_at = rig.clock.now()
        await rig.clock.advance(200)
        rig.database.error = AWAY

        found = await read(team)

        assert (found.known, found.as_of) == (1, kept_at)
