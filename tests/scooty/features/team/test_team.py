"""Who of a team is which player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.interactions import CommandInvoked, Option
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

LINKS = """
    select l.member_id, l.member_name, p.name, l.is_notified from scooty_private.team_links l
    join scooty_private.players p on p.guild_id = l.guild_id and p.id = l.player_id
    where l.guild_id = %s order by l.member_name
"""
DEEDS = "select action from scooty_private.audit where guild_id = %s order by id"


async def link_of_another(desk: TeamDesk, player: str, shown_as: str | None) -> Conclusion:
    """Link Robin, by a captain; Discord tells how Robin is called."""
    options = (
        Option(name="player", value=player),
        Option(name="member", value=ROBIN.user_id, display_name=shown_as),
    )
    return await desk.act(CommandInvoked(path="team link", options=options), by=CAPTAIN)


async def test_a_scout_says_which_known_player_they_are(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")

    linked = await desk_at_event.command("team link", player="Doe, Jane")

    assert linked.verdict == "ok"
    assert desk_at_event.rows(LINKS) == [(SAM.user_id, "Sam", "Jane Doe", False)]


async def test_a_player_whom_nobody_knows_yet_is_made(team_desk: TeamDesk) -> None:
    linked = await team_desk.command("team link", player="Jane Doe")

    assert "Nobody was known by that name yet" in as_text(linked.response)
    assert desk_names(team_desk) == ["Jane Doe"]


def desk_names(desk: TeamDesk) -> list[str]:
    return [name for _, _, name, _ in desk.rows(LINKS)]


async def test_a_name_that_resembles_others_makes_nobody(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")

    refused = await desk_at_event.command("team link", player="Jane Do")

    assert refused.verdict == "refused"
    assert "Jane Doe" in as_text(refused.response)
    assert desk_at_event.rows(LINKS) == []


async def test_an_id_that_is_nobodys_makes_nobody(desk_at_event: TeamDesk) -> None:
    refused = await desk_at_event.command("team link", player="999999999")

    assert refused.verdict == "refused"
    assert desk_at_event.rows("select 1 from scooty_private.players where guild_id = %s") == []


async def test_a_captain_links_others_by_the_name_that_discord_tells(team_desk: TeamDesk) -> None:
    linked = await link_of_another(team_desk, "Rick Roe", "Robin R.")

    assert linked.verdict == "ok"
    assert team_desk.rows(LINKS) == [(ROBIN.user_id, "Robin R.", "Rick Roe", False)]


async def test_a_member_of_whom_discord_tells_no_name_has_their_number_for_one(
    team_desk: TeamDesk,
) -> None:
    await link_of_another(team_desk, "Rick Roe", None)

    assert team_desk.rows(LINKS)[0][1] == str(ROBIN.user_id)


async def test_a_scout_links_and_unlinks_nobody_else(team_desk: TeamDesk) -> None:
    await link_of_another(team_desk, "Rick Roe", "Robin")

    linked = await team_desk.command("team link", player="Jane Doe", member=ROBIN.user_id)
    unlinked = await team_desk.command("team unlink", member=ROBIN.user_id)

    assert (linked.verdict, unlinked.verdict) == ("refused", "refused")
    assert desk_names(team_desk) == ["Rick Roe"]


async def test_one_player_is_one_member(team_desk: TeamDesk) -> None:
    await link_of_another(team_desk, "Rick Roe", "Robin")

    taken = await team_desk.command("team link", player="rick roe")

    assert taken.verdict == "refused"
    assert f"<@{ROBIN.user_id}>" in as_text(taken.response)
    assert team_desk.rows(LINKS) == [(ROBIN.user_id, "Robin", "Rick Roe", False)]


async def test_who_is_another_player_now_is_told_who_they_were(team_desk: TeamDesk) -> None:
    await team_desk.command("team link", player="Jane Doe")
    await team_desk.command("team notify on")

    linked = await team_desk.command("team link", player="Rick Roe")
    again = await team_desk.command("team link", player="Rick Roe")

    assert "it was **Jane Doe**" in as_text(linked.response)
    assert "already" in as_text(again.response)
    assert team_desk.rows(LINKS) == [(SAM.user_id, "Sam", "Rick Roe", True)]


async def test_a_merged_player_is_nobody_to_be(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.scouted("J. Doe")
    desk_at_event.execute(
        "update scooty_private.players p set merged_into = (select min(id) from"
        " scooty_private.players o where o.guild_id = p.guild_id)"
        " where p.guild_id = %s and p.name = 'J. Doe'"
    )

    refused = await desk_at_event.command("team link", player="J. Doe")

    assert refused.verdict == "refused"
    assert desk_at_event.rows(LINKS) == []


async def test_a_repeated_request_links_once(team_desk: TeamDesk) -> None:
    first = await team_desk.command("team link", player="Jane Doe", request_id=77)
    await team_desk.command("team unlink")

    again = await team_desk.command("team link", player="Jane Doe", request_id=77)

    assert (first.verdict, again.verdict) == ("ok", "ok")
    assert team_desk.rows(LINKS) == []
    assert team_desk.rows(DEEDS) == [("link",), ("unlink",)]


async def test_what_a_member_wants_told_is_their_own_choice(team_desk: TeamDesk) -> None:
    unlinked = await team_desk.command("team notify on")
    await team_desk.command("team link", player="Jane Doe")

    said = [
        as_text((await team_desk.command(f"team notify {each}")).response)
        for each in ("on", "on", "off")
    ]

    assert unlinked.verdict == "refused"
    assert ["so already" in each for each in said] == [False, True, False]
    assert team_desk.rows(LINKS) == [(SAM.user_id, "Sam", "Jane Doe", False)]
    assert team_desk.rows(DEEDS) == [("link",), ("notify on",), ("notify off",)]


async def test_the_list_has_the_guilds_own_people_alone(team_desk: TeamDesk) -> None:
    await team_desk.command("team link", player="Jane Doe")
    await team_desk.command("team notify on")

    here = await team_desk.says("team list", by=ROBIN)
    elsewhere = await team_desk.other_guild().says("team list")

    assert f"• <@{SAM.user_id}> · **Jane Doe** · 🔔" in here
    assert "Nobody is linked" in elsewhere


async def test_a_list_of_very_many_is_cut_with_a_count(team_desk: TeamDesk) -> None:
    team_desk.execute(
        "with made as (insert into scooty_private.players (guild_id, name)"
        " select %s, repeat('_', 90) || n from generate_series(1, 60) n returning guild_id, id)"
        " insert into scooty_private.team_links"
        " (guild_id, member_id, member_name, player_id, linked_by)"
        " select guild_id, id, 'x', id, 1 from made"
    )

    assert "more" in await team_desk.says("team list")


async def test_who_is_linked_is_in_the_audit_without_a_name(team_desk: TeamDesk) -> None:
    await team_desk.command("team link", player="Jane Doe")
    await team_desk.command("team unlink")

    said = await team_desk.says("audit", by=CAPTAIN)

    assert "said which member player #" in said
    assert "Jane" not in said
