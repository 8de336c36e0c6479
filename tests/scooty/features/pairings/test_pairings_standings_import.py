"""``/standings import`` at a desk, over a real database."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.replies import ShowModal
from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.reading import as_text, button
from tests.desk_fixture.rounds import link, standings, upload_round

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

OTHER_CAPTAIN = replace(CAPTAIN, user_id=CAPTAIN.user_id + 100, display_name="Kim")
MELEE = json.dumps(
    [
        {
            "Rank": rank,
            "Points": points,
            "MatchRecord": record,
            "Team": {"Players": [{"DisplayName": name, "Username": name.lower()}]},
        }
        for rank, name, points, record in ((1, "Jane Doe", 9, "3-0-0"), (2, "Rick Roe", 7, "2-0-1"))
    ]
)
TOPDECK = json.dumps(
    {
        "standings": [
            {"standing": 1, "name": "Jane Doe", "points": 9, "wins": 3, "losses": 0, "draws": 0},
            {"standing": 2, "name": "Rick Roe", "points": 7, "wins": 2, "losses": 0, "draws": 1},
        ]
    }
)
CSV = "Nom;Rang;Bilan;Points\nDoe, Jane;1;3-0-0;9\nRoe, Rick;2;2-0-1;7\n"
COPIED = "Rank\tPlayer\tPoints\tRecord\n1\tDoe, Jane\t9\t3-0-0\n2\tRoe, Rick\t7\t2-0-1\n"
TYPED = "1  Doe, Jane  9  3-0-0  66.6%\n2  Roe, Rick  7  2-0-1  50%\n"
FORMATS = {
    "saved standings": MELEE,
    "TopDeck": TOPDECK,
    "a table": CSV,
    "copied from a page": COPIED,
    "typed": TYPED,
}
STOOD = [(1, "Jane Doe", 9, 3, 0, 0), (2, "Rick Roe", 7, 2, 0, 1)]
DEEDS = "select action from scooty_private.audit where guild_id = %s order by id"


async def upload(desk: TeamDesk, text: str, **more: Any) -> Conclusion:
    return await upload_round(desk, text, path="standings import", **more)


async def apply(desk: TeamDesk, previewed: Conclusion, **more: Any) -> Conclusion:
    return await desk.press(button(previewed, "Apply"), **{"by": CAPTAIN, **more})


@pytest.mark.parametrize("content", FORMATS.values(), ids=FORMATS)
async def test_standings_of_every_format_are_applied(desk_at_event: TeamDesk, content: str) -> None:
    applied = await apply(desk_at_event, await upload(desk_at_event, content))

    assert applied.verdict == "ok"
    assert standings(desk_at_event) == STOOD
    assert desk_at_event.rows(DEEDS)[-1:] == [("import standings",)]


async def test_a_preview_counts_and_changes_nothing(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    link(desk_at_event, SAM, "Jane Doe")

    previewed = await upload(desk_at_event, f"{TYPED}3  Jane Doe  6\nhm\n")

    assert "**2 players, 1 teammate, 2 lines skipped**" in as_text(previewed.response)
    assert standings(desk_at_event) == []


async def test_new_standings_take_the_place_of_the_events(desk_at_event: TeamDesk) -> None:
    await apply(desk_at_event, await upload(desk_at_event, TYPED))

    previewed = await upload(desk_at_event, "1  Ann Moe  12")
    await apply(desk_at_event, previewed)

    assert "There are standings already" in as_text(previewed.response)
    assert standings(desk_at_event) == [(1, "Ann Moe", 12, None, None, None)]


async def test_pastes_add_up(desk_at_event: TeamDesk) -> None:
    form = await desk_at_event.command("standings import", by=CAPTAIN)
    assert isinstance(form.response, ShowModal)
    first = await desk_at_event.submit(form.response.custom_id, by=CAPTAIN, pasted="1  Jane Doe  9")
    more = await desk_at_event.press(button(first, "Add another paste"), by=CAPTAIN)
    assert isinstance(more.response, ShowModal)

    second = await desk_at_event.submit(
        more.response.custom_id, by=CAPTAIN, pasted="2  Rick Roe  7"
    )
    await apply(desk_at_event, second)

    assert [name for _, name, *_ in standings(desk_at_event)] == ["Jane Doe", "Rick Roe"]


async def test_everybody_of_a_team_stands_where_the_team_does(desk_at_event: TeamDesk) -> None:
    names = ("Jane Doe", "Joe Doe", "Jim Doe")
    team = {"Players": [{"DisplayName": name, "Username": ""} for name in names]}

    await apply(desk_at_event, await upload(desk_at_event, json.dumps([{"Rank": 4, "Team": team}])))

    assert [(rank, name) for rank, name, *_ in standings(desk_at_event)] == [
        (4, name) for name in sorted(names)
    ]


async def test_the_same_apply_is_answered_the_same_and_another_one_finds_nothing(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await upload(desk_at_event, TYPED)

    answers = [
        await apply(desk_at_event, previewed, request_id=desk_at_event.guild_id) for _ in range(2)
    ]
    again = await apply(desk_at_event, previewed)

    assert as_text(answers[0].response) == as_text(answers[1].response)
    assert again.verdict == "refused"


async def test_two_captains_at_once_leave_the_standings_of_one(desk_at_event: TeamDesk) -> None:
    captains = (CAPTAIN, OTHER_CAPTAIN)
    previews = [
        await upload(desk_at_event, f"1  Jane Doe  9\n2  Only {who.display_name}  6", by=who)
        for who in captains
    ]

    await asyncio.gather(
        *(apply(desk_at_event, each, by=who) for each, who in zip(previews, captains, strict=True))
    )

    assert len(standings(desk_at_event)) == 2


async def test_standings_are_nobody_elses(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, TYPED)
    other = desk_at_event.other_guild()
    await other.open_event()

    verdicts = {
        (await apply(desk_at_event, previewed, by=OTHER_CAPTAIN)).verdict,
        (await apply(other, previewed)).verdict,
        (await apply(desk_at_event, previewed, by=SAM)).verdict,
        (await desk_at_event.command("standings import", by=SAM)).verdict,
    }

    assert verdicts == {"refused"}
    assert (standings(desk_at_event), standings(other)) == ([], [])


async def test_standings_of_an_event_that_was_closed_are_not_applied(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await upload(desk_at_event, TYPED)
    await desk_at_event.open_event("Later")

    refused = await apply(desk_at_event, previewed)

    assert refused.verdict == "refused"
    assert standings(desk_at_event) == []


async def test_numbers_that_no_standings_have_are_left_out(desk_at_event: TeamDesk) -> None:
    text = "rank,name,points,wins,losses\n0,Jane Doe,5000,200,1\n100000,Rick Roe,3,1,0\n"

    await apply(desk_at_event, await upload(desk_at_event, text))

    assert standings(desk_at_event) == [
        (None, "Jane Doe", None, None, 1, 0),
        (None, "Rick Roe", 3, 1, 0, 0),
    ]
