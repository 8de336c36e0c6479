"""``/player alias`` and ``/player list`` at a desk, over a real database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
NAMES = """
    select n.name_key, n.platform from scooty_private.player_names n
    where n.guild_id = %s order by n.name_key
"""


async def alias(desk: TeamDesk, player: str, alias: str, **more: Any) -> Conclusion:
    return await desk.command("player alias", by=SAM, player=player, alias=alias, **more)


async def test_a_player_is_found_and_reported_by_an_alias(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")

    added = await alias(desk_at_event, "jane doe", "PixelFox", platform="MTGO")
    await desk_at_event.scouted("pixelfox", "Burn")

    assert added.verdict == "ok"
    assert "Jane Doe" in await desk_at_event.says("check", name="PixelFox")
    assert desk_at_event.rows(NAMES) == [("jane doe", None), ("pixelfox", "MTGO")]


async def test_a_name_of_somebody_else_is_refused_with_whose_it_is(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.scouted("Rick Roe", "Burn")

    taken = await alias(desk_at_event, "Jane Doe", "RICK ROE")

    assert taken.verdict == "refused"
    assert "Rick Roe" in as_text(taken.response)
    assert len(desk_at_event.rows(NAMES)) == 2


async def test_an_alias_is_taken_away_and_the_name_itself_is_not(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await alias(desk_at_event, "Jane Doe", "PixelFox")

    own = await alias(desk_at_event, "Jane Doe", "Doe, Jane", remove=True)
    removed = await alias(desk_at_event, "Jane Doe", "pixelfox", remove=True)
    again = await alias(desk_at_event, "Jane Doe", "pixelfox", remove=True)

    assert (own.verdict, removed.verdict, again.verdict) == ("refused", "ok", "refused")
    assert desk_at_event.rows(NAMES) == [("jane doe", None)]


async def test_the_same_request_adds_one_alias(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")

    answers = [
        await desk_at_event.command(
            "player alias", request_id=desk_at_event.guild_id, player="Jane Doe", alias="PixelFox"
        )
        for _ in range(2)
    ]

    assert [as_text(each.response).splitlines()[0] for each in answers] == ["✅ Alias added"] * 2


async def test_an_alias_of_another_guilds_player_is_not_given(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    [(id_,)] = desk_at_event.rows("select id from scooty_private.players where guild_id = %s")

    elsewhere = await alias(desk_at_event.other_guild(), str(id_), "PixelFox")

    assert elsewhere.verdict == "refused"
    assert desk_at_event.rows(NAMES) == [("jane doe", None)]


async def test_a_long_list_comes_in_pages_by_name_whatever_the_accents(
    desk_at_event: TeamDesk,
) -> None:
    for number in range(19):
        await desk_at_event.scouted(f"Player {number:02}", "Burn")
    await desk_at_event.scouted("Zoé Roe", "Burn")
    await desk_at_event.scouted("Élodie Doe", "Burn")

    first = await desk_at_event.command("player list")
    [(event_id,)] = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")
    second = await desk_at_event.press(f"player:page@1:{event_id}:1")

    assert "• **Élodie Doe**" in as_text(first.response).splitlines()[4]
    assert "Zoé Roe" not in as_text(first.response)
    assert "Zoé Roe" in as_text(second.response)
    assert "Page 2 of 2" in as_text(second.response)


async def test_an_earlier_event_is_named(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.command("admin create-event", by=CAPTAIN, name="Second")

    now = await desk_at_event.says("player list")
    then = await desk_at_event.says("player list", event="OPEN")
    elsewhere = await desk_at_event.other_guild().command("player list", event="Open")

    assert "Jane Doe" not in now
    assert "Jane Doe" in then
    assert elsewhere.verdict == "refused"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_is_as_it_was_reviewed(team_desk: TeamDesk, language: str) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()
    answers = {"/player list: no event": await desk.command("player list")}
    await desk.command("admin create-event", by=CAPTAIN, name="Open")
    answers["/player list: nobody"] = await desk.command("player list")
    await desk.scouted("Jane Doe", "Jeskai Control")
    await desk.scouted("Jane Doe", "Burn", by=CAPTAIN)
    await desk.scouted("Rick *Roe*", "Burn")
    answers |= {
        "/player list": await desk.command("player list", by=CAPTAIN),
        "/player list: no such event": await desk.command("player list", event="Lyon"),
        "/player alias: added": await alias(desk, "Jane Doe", "Pixel_Fox"),
        "/player alias: known": await alias(desk, "Jane Doe", "Pixel_Fox"),
        "/player alias: taken": await alias(desk, "Jane Doe", "rick *roe*"),
        "/player alias: removed": await alias(desk, "Jane Doe", "Pixel_Fox", remove=True),
        "/player alias: not theirs": await alias(desk, "Jane Doe", "Pixel_Fox", remove=True),
        "/player alias: the name itself": await alias(desk, "Jane Doe", "jane doe", remove=True),
        "merges: none": await desk.press("player:merges@1", by=CAPTAIN),
    }

    text = "\n".join(f"## {name}\n{as_text(each.response)}\n" for name, each in answers.items())

    assert text == reviewed(HERE / "answers" / f"player_names.{language}.md", text)
