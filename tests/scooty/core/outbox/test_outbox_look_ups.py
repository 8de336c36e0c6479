"""What look-ups show of queued reports, with the database away and with it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.core.storage.player_card import PlayerCard
from scooty.core.suggestions import OpponentSuggestion
from scooty.domain.ids import GuildId
from scooty.errors import StorageUnavailable
from scooty.features.reports.calls.looking_up import NobodyFound, OnlyQueued
from scooty.features.reports.calls.recording import ReportQueued, ReportRecorded
from tests.scooty.core.outbox.conftest import ROBIN

if TYPE_CHECKING:
    from tests.scooty.core.outbox.conftest import House


async def must_be_recorded(house: House, opponent: str) -> ReportRecorded:
    outcome = await house.report(opponent)
    assert isinstance(outcome, ReportRecorded)
    return outcome


async def card(house: House, name: str) -> PlayerCard:
    found = await house.check(name)
    assert isinstance(found, PlayerCard)
    return found


async def test_what_is_queued_is_found_while_the_database_is_away(house: House) -> None:
    house.database.is_away = True
    queued = await house.report("Jane Doe", "Burn")
    assert isinstance(queued, ReportQueued)

    for name in ("jane doe", "DOE, Jané", "doe jane", "jan"):
        assert await house.check(name) == OnlyQueued(reports=(queued.report,), database_away=True)  # type: ignore[arg-type]


async def test_who_is_not_queued_is_out_of_reach_while_the_database_is_away(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")

    with pytest.raises(StorageUnavailable):
        await house.check("Richard Roe")


async def test_a_queued_player_is_offered_while_typing_and_marked(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe", "Burn")
    await house.report("Jane Doe", "Jund", by=ROBIN)

    offered = await house.storage.suggest_opponents(guild_id=house.guild_id, text="do")

    assert offered == (
        OpponentSuggestion(
            player_id=None,
            name="Jane Doe",
            archetype="Jund",
            reporter_id=ROBIN,
            reporter_name="Robin",
            report_count=2,
            queued=True,
        ),
    )


async def test_typing_finds_nobody_rather_than_failing_while_others_are_queued(
    house: House,
) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")

    assert await house.storage.suggest_opponents(guild_id=house.guild_id, text="zzz") == ()


async def test_who_types_is_not_kept_waiting_for_a_database_that_hangs(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    house.database.is_away = False
    house.database.gate.clear()

    offered = await house.storage.suggest_opponents(guild_id=house.guild_id, text="jane")

    house.database.gate.set()
    assert [each.name for each in offered] == ["Jane Doe"]


async def test_without_anything_queued_look_ups_fail_as_they_did(house: House) -> None:
    house.database.is_away = True

    with pytest.raises(StorageUnavailable):
        await house.storage.suggest_opponents(guild_id=house.guild_id, text="")
    with pytest.raises(StorageUnavailable):
        await house.check("Jane Doe")


async def test_another_guild_sees_nothing_of_what_is_queued(house: House) -> None:
    house.database.is_away = True
    await house.report("Jane Doe")
    other = GuildId(house.guild_id + 1)

    with pytest.raises(StorageUnavailable):
        await house.storage.check_player(guild_id=other, name="Jane Doe")


async def test_a_card_shows_queued_reports_beside_what_the_database_knows(house: House) -> None:
    stored = await must_be_recorded(house, "Jane Doe")
    house.database.is_away = True
    queued = await house.report("doe, jane", "Burn", by=ROBIN)
    assert isinstance(queued, ReportQueued)
    house.database.is_away = False

    found = await card(house, "Jane Doe")
    by_id = await house.storage.check_player_by_id(
        guild_id=house.guild_id, player_id=stored.card.player_id
    )
    (offered,) = await house.storage.suggest_opponents(guild_id=house.guild_id, text="jane")

    assert found.queued == (queued.report,)
    assert (found.archetype, found.report_count) == ("Boros Energy", 1)
    assert by_id == found
    assert (offered.player_id, offered.archetype) == (stored.card.player_id, "Burn")
    assert (offered.report_count, offered.queued) == (2, True)


async def test_a_player_who_is_only_queued_is_found_while_the_database_knows_others(
    house: House,
) -> None:
    await must_be_recorded(house, "Jane Dole")
    house.database.is_away = True
    queued = await house.report("Jane Doe")
    assert isinstance(queued, ReportQueued)
    house.database.is_away = False

    assert await house.check("jane doe") == OnlyQueued(
        reports=(queued.report,),  # type: ignore[arg-type]
        database_away=False,
    )
    assert isinstance(await house.check("Nobody At All"), NobodyFound)
