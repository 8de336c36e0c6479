"""``/coverage`` over a real database: figures, order, claims and their end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from actors.discord_gateway.interactions import Person
from actors.discord_gateway.replies import Reply, Select, UpdateMessage
from scooty.core.ports import ChartsPort
from scooty.features.coverage.replies.assignments import RELEASE
from scooty.features.coverage.replies.coverage import (
    CLAIM,
    RELEASE_OWN,
    TURN_COVERAGE,
    place_on_page,
)
from scooty.features.coverage.replies.field_map import FieldMap
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import (
    id_of,
    linked,
    paired,
    placed,
    watches_of,
)
from tests.desk_fixture.reading import as_text, reply_of

if TYPE_CHECKING:
    from scooty.core.charts.drawing import Chart
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

READER = Person(user_id=1_300_000_000_000_000_004, display_name="Lou", role_ids=(77,))
POINTS = {"Ann Able": 9, "Bob Best": 9, "Cleo Cross": 6, "Dan Drew": 6, "Eve East": 3}


class Drawer(ChartsPort):
    """Draws a picture of a given size, and remembers of what."""

    def __init__(self, png: bytes | None = b"png") -> None:
        self.png = png
        self.maps: list[FieldMap] = []

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        assert isinstance(chart, FieldMap)
        self.maps.append(chart)
        return self.png


@pytest.fixture
def at_round(desk_at_event: TeamDesk) -> TeamDesk:
    """A desk whose fourth round has three tables and a bye."""
    tables = [
        ("Ann Able", "Bob Best", 1),
        ("Cleo Cross", "Dan Drew", 2),
        ("Eve East", "Fay Fox", 3),
        ("Gus Gray", None, None),
    ]
    paired(desk_at_event, 4, tables, points=POINTS)
    return desk_at_event


def select_of(conclusion: Conclusion, verb: str) -> Select:
    [found] = [
        part
        for row in reply_of(conclusion).rows
        for part in row.components
        if isinstance(part, Select) and part.custom_id.startswith(verb)
    ]
    return found


async def claim(
    desk: TeamDesk, name: str, *, by: Person = SAM, page: Conclusion | None = None
) -> Conclusion:
    page = page or await desk.command("coverage", by=by)
    select = select_of(page, "coverage:claim")
    return await desk.choose(select.custom_id, str(id_of(desk, name)), by=by)


async def test_the_newest_round_is_counted_with_its_denominator(at_round: TeamDesk) -> None:
    await at_round.scouted("Ann Able")
    await claim(at_round, "Bob Best", by=ROBIN)
    linked(at_round, {CAPTAIN: "Fay Fox"})

    said = await at_round.says("coverage")

    assert "Round 4: Open" in said
    assert "**1 of 7 players known** ·\u00a01 claimed ·\u00a04 unclaimed" in said
    assert "1 of your team not reported" in said


async def test_whoever_is_worth_most_comes_first_and_the_claimed_and_a_bye_last(
    at_round: TeamDesk,
) -> None:
    placed(at_round, {"Dan Drew": (3, 6), "Cleo Cross": (5, 6)})
    await claim(at_round, "Bob Best", by=ROBIN)

    page = await at_round.command("coverage")

    lines = [line for line in as_text(page.response).splitlines() if line.startswith(("•", "👁"))]
    assert [line.split("**")[1] for line in lines] == [
        "Ann Able",
        "Dan Drew",
        "Cleo Cross",
        "Eve East",
        "Fay Fox",
        "Gus Gray",
        "Bob Best",
    ]
    assert lines[0] == "• **Ann Able** ·\u00a0table 1 ·\u00a09 points"
    assert lines[1] == "• **Dan Drew** ·\u00a0table 2 ·\u00a06 points ·\u00a0place 3"
    assert lines[-2] == "• **Gus Gray** ·\u00a0bye"
    assert lines[-1].endswith(f"<@{ROBIN.user_id}>")


async def test_an_earlier_round_is_shown_when_it_is_asked_for(at_round: TeamDesk) -> None:
    paired(at_round, 5, [("Ann Able", "Cleo Cross", 1)])

    newest = await at_round.says("coverage")
    earlier = await at_round.says("coverage", round=4)

    assert "0 of 2 players known" in newest
    assert "0 of 7 players known" in earlier
    assert "Round 4" in earlier


async def test_before_the_first_round_the_whole_event_is_shown(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Ann Able")
    placed(desk_at_event, {"Bob Best": (2, 6)})

    said = await desk_at_event.says("coverage")

    assert "Who is known: Open" in said
    assert "**1 of 2 players known**" in said
    assert "No pairings yet" in said
    assert "• **Bob Best** ·\u00a06 points ·\u00a0place 2" in said


async def test_a_round_without_pairings_an_empty_event_and_none_are_said(
    team_desk: TeamDesk,
) -> None:
    nowhere = await team_desk.command("coverage")
    await team_desk.open_event()
    empty = await team_desk.command("coverage")
    unpaired = await team_desk.command("coverage", round=3)
    paired(team_desk, 1, [("Ann Able", "Bob Best", 1)])
    other = await team_desk.command("coverage", round=3)

    assert [each.verdict for each in (nowhere, empty, unpaired, other)] == [
        "refused",
        "ok",
        "refused",
        "refused",
    ]
    assert "no active event" in as_text(nowhere.response)
    assert "Nobody plays in this event yet" in as_text(empty.response)
    assert "No pairings of this event were imported" in as_text(unpaired.response)
    assert "the newest round is 1" in as_text(other.response)


async def test_a_claim_is_shown_at_once_and_can_be_released(at_round: TeamDesk) -> None:
    claimed = await claim(at_round, "Ann Able")
    released = await at_round.choose(
        select_of(claimed, "coverage:release").custom_id, str(id_of(at_round, "Ann Able"))
    )

    assert isinstance(claimed.response, UpdateMessage)
    said = as_text(claimed.response)
    assert "You watch **Ann Able** now, at table 1." in said
    assert "**You watch**\n👁️ **Ann Able** ·\u00a0table 1" in said
    assert "1 claimed" in said
    assert "You no longer watch **Ann Able**." in as_text(released.response)
    assert "0 claimed" in as_text(released.response)
    assert watches_of(at_round) == []


async def test_who_comes_second_is_told_who_has_the_player(at_round: TeamDesk) -> None:
    page = await at_round.command("coverage")
    await claim(at_round, "Ann Able", by=ROBIN)

    second = await claim(at_round, "Ann Able", page=page)
    again = await claim(at_round, "Ann Able", by=ROBIN, page=page)

    assert (second.verdict, again.verdict) == ("refused", "refused")
    assert f"<@{ROBIN.user_id}> watches **Ann Able** already" in as_text(second.response)
    assert "You watch **Ann Able** already" in as_text(again.response)
    assert watches_of(at_round) == [("Ann Able", ROBIN.user_id, "Robin", ROBIN.user_id)]


async def test_each_reason_not_to_claim_has_a_sentence_of_its_own(at_round: TeamDesk) -> None:
    page = await at_round.command("coverage")
    await at_round.scouted("Ann Able")
    linked(at_round, {CAPTAIN: "Bob Best"})
    event_id = at_round.rows("select id from scooty_private.events where guild_id = %s")[0][0]
    here = place_on_page(4, 0)

    known = await claim(at_round, "Ann Able", page=page)
    teammate = await claim(at_round, "Bob Best", page=page)
    nobody = await at_round.choose(CLAIM(event_id, here), "1")
    await at_round.command("admin create-event", by=CAPTAIN, name="Next")
    over = await claim(at_round, "Cleo Cross", page=page)

    for refused, words in (
        (known, "**Ann Able** is known already"),
        (teammate, "**Bob Best** is one of your team"),
        (nobody, "This player is not in the active event"),
        (over, "That event is no longer the active one"),
    ):
        assert refused.verdict == "refused"
        assert words in as_text(refused.response)
    assert watches_of(at_round) == []


async def test_the_same_request_again_claims_once_and_says_the_same(at_round: TeamDesk) -> None:
    page = await at_round.command("coverage")
    select = select_of(page, "coverage:claim").custom_id
    chosen = str(id_of(at_round, "Ann Able"))

    first = await at_round.choose(select, chosen, request_id=77_001)
    await at_round.scouted("Ann Able")
    again = await at_round.choose(select, chosen, request_id=77_001)

    assert "You watch **Ann Able** now" in as_text(first.response)
    assert "You watch **Ann Able** now" in as_text(again.response)
    assert watches_of(at_round) == []


async def test_readers_see_and_scouts_claim(at_round: TeamDesk) -> None:
    at_round.execute(
        "insert into scooty_private.guild_settings"
        " (guild_id, scout_role_ids, reader_role_ids, updated_by) values (%s, '{76}', '{77}', 1)"
    )
    event_id = at_round.rows("select id from scooty_private.events where guild_id = %s")[0][0]

    seen = await at_round.command("coverage", by=READER)
    refused = await at_round.choose(CLAIM(event_id, place_on_page(4, 0)), "1", by=READER)
    stranger = await at_round.command("coverage", by=SAM)

    assert seen.verdict == "ok"
    assert "I watch" not in as_text(seen.response)
    assert refused.verdict == "refused"
    assert "scouts and captains" in as_text(refused.response)
    assert stranger.verdict == "refused"


async def test_nobody_ends_the_watch_of_another_but_a_captain(at_round: TeamDesk) -> None:
    await claim(at_round, "Ann Able", by=ROBIN)
    event_id = at_round.rows("select id from scooty_private.events where guild_id = %s")[0][0]
    player_id = id_of(at_round, "Ann Able")
    own = RELEASE_OWN(event_id, place_on_page(4, 0))

    others = await at_round.choose(own, str(player_id))
    pressed = await at_round.press(RELEASE(event_id, player_id))
    by_captain = await at_round.press(RELEASE(event_id, player_id), by=CAPTAIN)
    gone = await at_round.press(RELEASE(event_id, player_id), by=CAPTAIN)

    assert f"watched by <@{ROBIN.user_id}>; only they or a captain" in as_text(others.response)
    assert pressed.verdict == "refused"
    assert f"watched by <@{ROBIN.user_id}>" in as_text(pressed.response)
    assert f"<@{ROBIN.user_id}> no longer watches **Ann Able**" in as_text(by_captain.response)
    assert gone.verdict == "refused"
    assert "a report arrived, or it was given up before" in as_text(gone.response)


async def test_another_guild_sees_and_claims_nothing_of_it(at_round: TeamDesk) -> None:
    await claim(at_round, "Ann Able", by=ROBIN)
    event_id = at_round.rows("select id from scooty_private.events where guild_id = %s")[0][0]
    player_id = id_of(at_round, "Bob Best")
    other = at_round.other_guild()
    await other.open_event("Theirs")

    for attempt in (
        await other.press(TURN_COVERAGE(event_id, place_on_page(4, 0)), by=CAPTAIN),
        await other.choose(CLAIM(event_id, place_on_page(4, 0)), str(player_id), by=CAPTAIN),
        await other.press(RELEASE(event_id, id_of(at_round, "Ann Able")), by=CAPTAIN),
    ):
        assert attempt.verdict == "refused"
        assert "Able" not in repr(attempt)
        assert "Best" not in repr(attempt)
    assert [each[0] for each in watches_of(at_round)] == ["Ann Able"]
    assert watches_of(other) == []


async def test_many_unknown_are_shown_by_pages_that_keep_their_round(
    desk_at_event: TeamDesk,
) -> None:
    tables = [(f"Left {n:03}", f"Right {n:03}", n) for n in range(1, 41)]
    paired(desk_at_event, 2, tables)
    first = await desk_at_event.command("coverage")
    paired(desk_at_event, 3, tables[:1])

    [turn] = [
        part.custom_id
        for part in reply_of(first).rows[-1].components
        if getattr(part, "label", "") == "Next"
    ]
    second = await desk_at_event.press(turn)
    beyond = await desk_at_event.press(TURN_COVERAGE(int(turn.split(":")[-2]), 2 * 10_000 + 99))

    assert "Page 1 of 6" in as_text(first.response)
    assert "Page 2 of 6" in as_text(second.response)
    assert "Round 2" in as_text(second.response)
    assert "Page 6 of 6" in as_text(beyond.response)
    assert len(select_of(second, "coverage:claim").options) == 15


async def test_a_report_ends_the_watch_and_says_whose_is_done(at_round: TeamDesk) -> None:
    for name in ("Ann Able", "Bob Best"):
        await claim(at_round, name)

    own = await at_round.says("scout", opponent="Ann Able", archetype="Burn")
    others = await at_round.says("scout", by=ROBIN, opponent="Bob Best", archetype="Burn")
    nobodys = await at_round.says("scout", opponent="Cleo Cross", archetype="Burn")
    more = await at_round.says("scout", by=ROBIN, opponent="Ann Able", archetype="Burn")

    assert "Your assignment is done" in own
    assert f"<@{SAM.user_id}> watched this player; that is done too." in others
    assert "assignment" not in nobodys
    assert "watched this player" not in more
    assert watches_of(at_round) == []


async def test_an_archetype_that_was_picked_ends_the_watch_too(at_round: TeamDesk) -> None:
    await claim(at_round, "Ann Able")
    asked = await at_round.command("scout", opponent="Ann Able", archetype="Boros Enregy")
    kept = watches_of(at_round)

    picked = await at_round.press(reply_of(asked).rows[0].components[0].custom_id)

    assert len(kept) == 1
    assert "Your assignment is done" in as_text(picked.response)
    assert watches_of(at_round) == []


async def test_an_undone_report_does_not_bring_the_watch_back(at_round: TeamDesk) -> None:
    await claim(at_round, "Ann Able")
    scouted = await at_round.command("scout", opponent="Ann Able", archetype="Burn")
    undo = reply_of(scouted).rows[0].components[0].custom_id

    await at_round.press(undo)
    undone = watches_of(at_round)
    claimed = await claim(at_round, "Ann Able", by=ROBIN)

    assert undone == []
    assert claimed.verdict == "ok"
    assert [each[1] for each in watches_of(at_round)] == [ROBIN.user_id]


async def test_a_restored_report_ends_a_watch_that_began_meanwhile(at_round: TeamDesk) -> None:
    await at_round.scouted("Ann Able")
    [(report_id,)] = at_round.rows("select id from scooty_private.reports where guild_id = %s")
    await at_round.press(f"scout:undo@1:{report_id}")
    await claim(at_round, "Ann Able", by=ROBIN)

    await at_round.press(f"report:restore@1:{report_id}")

    assert at_round.rows("select count(undone_at) from scooty_private.reports where guild_id = %s")[
        0
    ] == (0,)
    assert watches_of(at_round) == []


async def test_a_watch_of_an_event_that_was_closed_is_harmless(at_round: TeamDesk) -> None:
    await claim(at_round, "Ann Able")
    await at_round.command("admin create-event", by=CAPTAIN, name="Next")

    there = await at_round.says("coverage")
    scouted = await at_round.says("scout", opponent="Ann Able", archetype="Burn")

    assert "You watch" not in there
    assert "assignment" not in scouted
    assert len(watches_of(at_round)) == 1


async def test_the_map_hangs_on_the_answer_and_says_what_it_shows(at_round: TeamDesk) -> None:
    drawer = Drawer()
    desk = replace(at_round, ports=replace(at_round.ports, charts=drawer))
    await desk.scouted("Ann Able")

    said = await desk.command("coverage")

    assert isinstance(said.response, Reply)
    [file] = said.response.files
    assert said.response.embeds[0].image == file.name
    assert file.description == "Map of the field: 1 known, 6 unknown"
    assert [mark.label for mark in drawer.maps[0].legend] == ["1 known", "0 claimed", "6 unknown"]
    assert [each.number for each in drawer.maps[0].places] == [1, 2, 3, None]


@pytest.mark.parametrize("png", [None, b"x" * 10_000_001])
async def test_the_list_comes_without_a_map_that_is_not_ready_or_too_big(
    at_round: TeamDesk, png: bytes | None
) -> None:
    desk = replace(at_round, ports=replace(at_round.ports, charts=Drawer(png)))

    said = await desk.command("coverage")

    assert isinstance(said.response, Reply)
    assert said.response.files == ()
    assert said.response.embeds[0].image is None
