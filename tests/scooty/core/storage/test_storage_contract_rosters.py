"""What every storage offers of those who are on the roster and not reported yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scooty.core.storage.conftest import Team


async def test_who_is_on_the_roster_is_offered_after_who_was_reported(team: Team) -> None:
    await team.list_on_roster("Jane Zimmer", "Bo Janssen", "Jane Abel", "Rick Roe")
    for name in ("Dora Janssen", "Jane Doe"):
        await team.must_report(name)

    assert await team.names("jan") == [
        "Jane Doe",
        "Dora Janssen",
        "Jane Abel",
        "Jane Zimmer",
        "Bo Janssen",
    ]


async def test_no_text_offers_reported_players_then_the_roster_by_name(team: Team) -> None:
    await team.list_on_roster("Zoe Zimmer", "Abe Abel", "Rick Roe")
    await team.must_report("Rick Roe")

    assert await team.names("") == ["Rick Roe", "Abe Abel", "Zoe Zimmer"]


async def test_a_slip_finds_who_is_on_the_roster(team: Team) -> None:
    await team.list_on_roster("Wilhelmina Roe")

    assert await team.names("Wilhelmnia") == ["Wilhelmina Roe"]


async def test_at_most_25_of_a_roster_are_offered(team: Team) -> None:
    await team.list_on_roster(*(f"Player {number:02}" for number in range(40)))
    await team.must_report("Player 39")

    assert await team.names("") == await team.names("player")
    assert (await team.names(""))[:2] == ["Player 39", "Player 00"]
    assert len(await team.names("")) == 25


async def test_of_who_is_only_on_the_roster_nothing_is_said(team: Team) -> None:
    await team.list_on_roster("Jane Doe")

    [offered] = await team.storage.suggest_opponents(guild_id=team.guild_id, text="jane")

    assert offered.is_only_listed
    assert (offered.archetype, offered.reporter_id, offered.report_count) == ("", 0, 0)


async def test_the_first_report_takes_a_player_out_of_the_rest_and_an_undo_puts_them_back(
    team: Team,
) -> None:
    await team.list_on_roster("Abe Abel", "Jane Doe")
    before = await team.names("")
    recorded = await team.must_report("Jane Doe")
    reported = await team.storage.suggest_opponents(guild_id=team.guild_id, text="")
    await team.undo(recorded.report_id)

    assert before == await team.names("") == ["Abe Abel", "Jane Doe"]
    assert [(each.name, each.is_only_listed) for each in reported] == [
        ("Jane Doe", False),
        ("Abe Abel", True),
    ]


async def test_a_roster_is_another_guilds_and_another_events_nothing(team: Team) -> None:
    await team.list_on_roster("Jane Doe")
    elsewhere = team.other()
    await elsewhere.open()

    assert await elsewhere.names("jane") == []
    await team.open("Second")
    assert await team.names("jane") == []
