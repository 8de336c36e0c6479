"""``/assign`` over a real database: whom a member is to watch, why not, and in whose place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.interactions import CommandInvoked, Option
from scooty.features.coverage.replies.assignments import HAND_OVER
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.importing import imported
from tests.desk_fixture.paired import id_of, linked, paired, watches_of
from tests.desk_fixture.reading import as_text, button

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

TABLES = [("Ann Able", "Bob Best", 1), ("Cleo Cross", "Dan Drew", 2)]
POINTS = {"Ann Able": 9, "Bob Best": 6, "Cleo Cross": 3}


@pytest.fixture
def at_round(desk_at_event: TeamDesk) -> TeamDesk:
    """A desk whose fourth round has two tables."""
    paired(desk_at_event, 4, TABLES, points=POINTS)
    return desk_at_event


async def test_a_captain_lets_a_member_watch_a_player(at_round: TeamDesk) -> None:
    said = await at_round.says("assign", by=CAPTAIN, member=SAM.user_id, player="bob best")

    assert f"<@{SAM.user_id}> watches **Bob Best** from now on, at table 1." in said
    assert f"<@{SAM.user_id}> watches 1 player." in said
    assert watches_of(at_round) == [("Bob Best", SAM.user_id, str(SAM.user_id), CAPTAIN.user_id)]
    assert "You watch**\n👁️ **Bob Best**" in await at_round.says("coverage")


async def test_who_is_handed_a_player_is_called_what_they_were_called_when_they_were_met(
    at_round: TeamDesk,
) -> None:
    await at_round.scouted("Zoe Zed", by=ROBIN)
    linked(at_round, {SAM: "Dan Drew"})

    ids = [id_of(at_round, name) for name in ("Ann Able", "Bob Best", "Cleo Cross")]

    for player_id, member in zip(ids, (SAM, ROBIN, CAPTAIN), strict=True):
        await at_round.press(HAND_OVER(player_id, member.user_id), by=CAPTAIN)

    assert [each[:3] for each in watches_of(at_round)] == [
        ("Ann Able", SAM.user_id, "Sam"),
        ("Bob Best", ROBIN.user_id, "Robin"),
        ("Cleo Cross", CAPTAIN.user_id, str(CAPTAIN.user_id)),
    ]


async def test_a_member_who_was_never_met_is_called_what_discord_calls_them(
    at_round: TeamDesk,
) -> None:
    named = Option(name="member", value=ROBIN.user_id, display_name="Rob *in*")

    await at_round.act(CommandInvoked(path="assign", options=(named,)), by=CAPTAIN)
    await at_round.command("assign", by=CAPTAIN, member=CAPTAIN.user_id)

    assert [each[1:3] for each in watches_of(at_round)] == [
        (ROBIN.user_id, "Rob *in*"),
        (CAPTAIN.user_id, "Max"),
    ]


async def test_without_a_player_whoever_is_worth_most_and_free_is_taken(
    at_round: TeamDesk,
) -> None:
    first = await at_round.says("assign", by=CAPTAIN, member=SAM.user_id)
    second = await at_round.says("assign", by=CAPTAIN, member=SAM.user_id)

    assert "watches **Ann Able**" in first
    assert "watches **Bob Best**" in second
    assert f"<@{SAM.user_id}> watches 2 players." in second


async def test_when_nobody_is_free_it_is_said(at_round: TeamDesk) -> None:
    await at_round.scouted("Ann Able")
    for _ in range(3):
        await at_round.command("assign", by=CAPTAIN, member=SAM.user_id)

    refused = await at_round.command("assign", by=CAPTAIN, member=ROBIN.user_id)

    assert refused.verdict == "refused"
    assert "Nobody is free: whoever plays is known, watched already, or of your team." in as_text(
        refused.response
    )
    assert len(watches_of(at_round)) == 3


async def test_each_reason_not_to_assign_has_a_sentence_of_its_own(team_desk: TeamDesk) -> None:
    no_event = await team_desk.command("assign", by=CAPTAIN, member=SAM.user_id)
    await team_desk.open_event()
    nobody_plays = await team_desk.command("assign", by=CAPTAIN, member=SAM.user_id)
    paired(team_desk, 1, TABLES)
    linked(team_desk, {ROBIN: "Dan Drew"})
    await team_desk.scouted("Cleo Cross")
    words = {
        "Cleo Cross": "**Cleo Cross** is known already: `/check` shows",
        "Dan Drew": "**Dan Drew** is one of your team",
        "Nobody Such": "Nobody Such",
    }

    for player, said in words.items():
        refused = await team_desk.command("assign", by=CAPTAIN, member=SAM.user_id, player=player)
        assert refused.verdict == "refused"
        assert said in as_text(refused.response)
    await team_desk.command("admin create-event", by=CAPTAIN, name="Next")
    elsewhere = await team_desk.command("assign", by=CAPTAIN, member=SAM.user_id, player="Ann Able")
    nameless = await team_desk.command("assign", by=CAPTAIN, player="Ann Able")

    assert "no active event" in as_text(no_event.response)
    assert "Nobody is free" in as_text(nobody_plays.response)
    assert "not in the active event" in as_text(elsewhere.response)
    assert nameless.verdict == "refused"
    assert watches_of(team_desk) == []


async def test_a_player_without_an_active_event_is_not_assigned(desk_at_event: TeamDesk) -> None:
    paired(desk_at_event, 1, TABLES)
    [(event_id,)] = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")
    await desk_at_event.command("event close", by=CAPTAIN, event=str(event_id))

    refused = await desk_at_event.command(
        "assign", by=CAPTAIN, member=SAM.user_id, player="Ann Able"
    )

    assert refused.verdict == "refused"
    assert "no active event" in as_text(refused.response)


async def test_who_is_watched_can_be_handed_over_or_let_go(at_round: TeamDesk) -> None:
    await at_round.command("assign", by=CAPTAIN, member=SAM.user_id, player="Ann Able")

    taken = await at_round.command("assign", by=CAPTAIN, member=ROBIN.user_id, player="Ann Able")
    handed = await at_round.press(button(taken, "Hand over"), by=CAPTAIN)
    once_more = await at_round.press(button(taken, "Hand over"), by=CAPTAIN)
    now = watches_of(at_round)
    released = await at_round.press(button(handed, "Release"), by=CAPTAIN)

    assert taken.verdict == "refused"
    assert f"<@{SAM.user_id}> watches **Ann Able** already" in as_text(taken.response)
    assert f"<@{SAM.user_id}> no longer does." in as_text(handed.response)
    assert "Nothing has changed." in as_text(once_more.response)
    assert [each[:2] for each in now] == [("Ann Able", ROBIN.user_id)]
    assert f"<@{ROBIN.user_id}> no longer watches **Ann Able**" in as_text(released.response)
    assert watches_of(at_round) == []


async def test_the_same_request_again_assigns_once(at_round: TeamDesk) -> None:
    for _ in range(2):
        said = await at_round.command("assign", by=CAPTAIN, request_id=78_001, member=SAM.user_id)
        assert "watches **Ann Able**" in as_text(said.response)

    assert len(watches_of(at_round)) == 1


async def test_the_last_who_was_free_is_told_again_when_the_request_comes_again(
    at_round: TeamDesk,
) -> None:
    for name in ("Ann Able", "Bob Best", "Cleo Cross"):
        await at_round.scouted(name)

    for _ in range(2):
        said = await at_round.command("assign", by=CAPTAIN, request_id=78_002, member=SAM.user_id)
        assert "watches **Dan Drew**" in as_text(said.response)


async def test_only_captains_assign_and_hand_over(at_round: TeamDesk) -> None:
    player_id = id_of(at_round, "Ann Able")

    assign = await at_round.command("assign", member=SAM.user_id)
    hand_over = await at_round.press(HAND_OVER(player_id, SAM.user_id))

    assert [assign.verdict, hand_over.verdict] == ["refused", "refused"]
    assert watches_of(at_round) == []


async def test_another_guilds_player_is_nobody(at_round: TeamDesk) -> None:
    player_id = id_of(at_round, "Ann Able")
    other = at_round.other_guild()
    await other.open_event("Theirs")

    by_id = await other.command("assign", by=CAPTAIN, member=SAM.user_id, player=str(player_id))
    pressed = await other.press(HAND_OVER(player_id, SAM.user_id), by=CAPTAIN)

    for refused in (by_id, pressed):
        assert refused.verdict == "refused"
        assert "Able" not in repr(refused)
    assert watches_of(at_round) == watches_of(other) == []


async def test_reports_from_a_file_end_watches(at_round: TeamDesk) -> None:
    for name in ("Ann Able", "Bob Best"):
        await at_round.command("assign", by=CAPTAIN, member=SAM.user_id, player=name)

    await imported(at_round, "player,archetype\nAnn Able,Burn\n")

    assert [each[0] for each in watches_of(at_round)] == ["Bob Best"]


async def test_what_was_assigned_and_given_up_is_in_the_audit(at_round: TeamDesk) -> None:
    said = await at_round.command("assign", by=CAPTAIN, member=SAM.user_id)
    await at_round.press(button(said, "Release"), by=CAPTAIN)
    player_id = id_of(at_round, "Ann Able")

    audit = await at_round.says("audit", by=CAPTAIN)

    assert f"let a member watch player #{player_id}" in audit
    assert f"ended the watch of player #{player_id}" in audit
    assert "Able" not in audit


async def test_players_are_offered_while_a_name_is_typed(at_round: TeamDesk) -> None:
    offered = await at_round.typing("assign", "player", by=CAPTAIN, player="cle")
    in_french = await replace(at_round, locale="fr").says(
        "assign", by=CAPTAIN, member=SAM.user_id, player="Cleo Cross"
    )

    assert "Cleo Cross" in as_text(offered.response)
    assert f"<@{SAM.user_id}> observe désormais **Cleo Cross**, table 2." in in_french
