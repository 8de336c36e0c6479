"""``/player import`` at a desk, over a real database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.interactions import AttachmentOption, CommandInvoked, Option
from actors.discord_gateway.replies import Button, Select, ShowModal
from scooty.features.registry import route
from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.reading import as_text, button, reply_of, reviewed
from tests.desk_fixture.uploading import gateway_holding

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
ROSTER = "Name\nJane Doe\nRoe, Rick\nJon Smith\nJane DOE\n---\n"
PLAYERS = """
    select p.name, t.listed_at is not null, t.report_count from scooty_private.players p
    left join scooty_private.event_players t on t.guild_id = p.guild_id and t.player_id = p.id
    where p.guild_id = %s order by p.name
"""
NAMES = """
    select n.name_key, p.name from scooty_private.player_names n
    join scooty_private.players p on p.guild_id = n.guild_id and p.id = n.player_id
    where n.guild_id = %s order by n.name_key
"""
PENDING = "select count(*) from scooty_private.pending_imports where guild_id = %s"


async def upload(desk: TeamDesk, content: bytes | None, *, size: int | None = None) -> Conclusion:
    url = "https://cdn.discordapp.com/attachments/1/2/roster.csv"
    desk = replace(desk, ports=replace(desk.ports, gateway=gateway_holding({url: content})))
    attachment = AttachmentOption(
        id=1,
        filename="roster.csv",
        size=len(content or b"") if size is None else size,
        content_type="text/csv",
        url=url,
    )
    return await desk.command("player import", by=CAPTAIN, file=attachment)


async def paste(desk: TeamDesk, text: str, *, request_id: int | None = None) -> Conclusion:
    return await desk.submit("player:paste@1", by=CAPTAIN, request_id=request_id, roster=text)


def components(conclusion: Conclusion) -> list[Button | Select]:
    return [each for row in reply_of(conclusion).rows for each in row.components]


async def apply(desk: TeamDesk, previewed: Conclusion, **more: Any) -> Conclusion:
    return await desk.press(button(previewed, "Apply"), by=CAPTAIN, **more)


async def test_a_preview_changes_no_player(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, ROSTER)

    assert previewed.verdict == "ok"
    assert desk_at_event.rows(PLAYERS) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_an_applied_roster_lists_everybody_once(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.scouted("rick roe")

    applied = await apply(desk_at_event, await paste(desk_at_event, ROSTER))

    assert applied.verdict == "ok"
    assert desk_at_event.rows(PLAYERS) == [
        ("Jane Doe", True, 1),
        ("Jon Smith", True, 0),
        ("rick roe", True, 1),
    ]
    assert "3 players on its roster now (1 new)" in as_text(applied.response)
    assert desk_at_event.rows(PENDING) == [(0,)]


async def test_the_same_words_in_another_order_are_the_player(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")

    await apply(desk_at_event, await paste(desk_at_event, "DOE JANE"))

    assert desk_at_event.rows(NAMES) == [("doe jane", "Jane Doe"), ("jane doe", "Jane Doe")]


async def test_a_name_that_is_only_alike_becomes_a_new_player(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("John Smith")

    previewed = await paste(desk_at_event, "Jon Smith")
    await apply(desk_at_event, previewed)

    assert "Jon Smith → John Smith" in as_text(previewed.response)
    assert [name for name, *_ in desk_at_event.rows(PLAYERS)] == ["John Smith", "Jon Smith"]


async def test_a_person_says_that_a_name_that_is_alike_is_the_player(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("John Smith")
    previewed = await paste(desk_at_event, "Jon Smith")
    [select] = [each for each in components(previewed) if isinstance(each, Select)]

    chosen = await desk_at_event.choose(select.custom_id, "0", by=CAPTAIN)
    await apply(desk_at_event, chosen)

    assert "✅ Jon Smith → John Smith" in as_text(chosen.response)
    assert desk_at_event.rows(NAMES) == [("john smith", "John Smith"), ("jon smith", "John Smith")]


async def test_a_handle_leads_to_its_player(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("PixelFox")

    await apply(
        desk_at_event, await paste(desk_at_event, "name,username\nJane Doe,pixelfox\nRick Roe,rr42")
    )

    assert desk_at_event.rows(NAMES) == [
        ("jane doe", "PixelFox"),
        ("pixelfox", "PixelFox"),
        ("rick roe", "Rick Roe"),
        ("rr42", "Rick Roe"),
    ]


async def test_a_player_who_was_merged_since_the_preview_is_listed_under_who_was_kept(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.scouted("Jean Roe")
    previewed = await paste(desk_at_event, "Doe Jane")
    ids = dict(
        desk_at_event.rows("select name, id from scooty_private.players where guild_id = %s")
    )
    await desk_at_event.press(f"player:merge@1:{ids['Jean Roe']}:{ids['Jane Doe']}", by=CAPTAIN)

    await apply(desk_at_event, previewed)

    assert ("Jean Roe", True, 2) in desk_at_event.rows(PLAYERS)
    assert ("doe jane", "Jean Roe") in desk_at_event.rows(NAMES)


async def test_the_same_apply_is_answered_the_same_and_another_one_finds_nothing(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await paste(desk_at_event, ROSTER)

    answers = [
        await apply(desk_at_event, previewed, request_id=desk_at_event.guild_id) for _ in range(2)
    ]
    again = await apply(desk_at_event, previewed)

    assert as_text(answers[0].response) == as_text(answers[1].response)
    assert again.verdict == "refused"


async def test_a_preview_is_nobody_elses(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, ROSTER)
    other_captain = replace(CAPTAIN, user_id=CAPTAIN.user_id + 100)

    for desk, who in ((desk_at_event, other_captain), (desk_at_event.other_guild(), CAPTAIN)):
        for label in ("Apply", "Cancel"):
            await desk.press(button(previewed, label), by=who)

    assert desk_at_event.rows(PLAYERS) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_a_cancelled_preview_is_forgotten(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, ROSTER)

    await desk_at_event.press(button(previewed, "Cancel"), by=CAPTAIN)

    assert desk_at_event.rows(PENDING) == [(0,)]
    assert (await apply(desk_at_event, previewed)).verdict == "refused"


async def test_a_file_is_read_whatever_its_encoding(desk_at_event: TeamDesk) -> None:
    for content in ("Zoé Roe".encode(), "Zoé Roe".encode("utf-16"), "Zoé Roe".encode("latin-1")):
        await apply(desk_at_event, await upload(desk_at_event, content))

    assert desk_at_event.rows(PLAYERS) == [("Zoé Roe", True, 0)]


@pytest.mark.parametrize(
    ("content", "size"), [(b"x" * 100, 1024 * 1024 + 1), (b"x" * (1024 * 1024 + 1), 100)]
)
async def test_a_file_that_is_too_large_is_refused_whatever_it_says(
    desk_at_event: TeamDesk, content: bytes, size: int
) -> None:
    refused = await upload(desk_at_event, content, size=size)

    assert refused.verdict == "refused"
    assert "1024 KiB" in as_text(refused.response)


@pytest.mark.parametrize(
    "content", [b"ab\n" * 20_001, "\n".join(f"Player {n}" for n in range(5_010)).encode()]
)
async def test_more_than_a_roster_is_refused(desk_at_event: TeamDesk, content: bytes) -> None:
    refused = await upload(desk_at_event, content)

    assert "Too much" in as_text(refused.response)


async def test_only_captains_import(desk_at_event: TeamDesk) -> None:
    asked = await desk_at_event.command("player import", by=SAM, text="Jane Doe")
    pasted = await desk_at_event.submit("player:paste@1", by=SAM, roster="Jane Doe")

    assert (asked.verdict, pasted.verdict) == ("refused", "refused")


def test_only_the_form_must_be_the_first_answer() -> None:
    bare = CommandInvoked(path="player import")
    filled = CommandInvoked(path="player import", options=(Option(name="text", value="Jane"),))

    assert (route(bare).deferral, route(filled).deferral) == ("never", "reply")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_is_as_it_was_reviewed(team_desk: TeamDesk, language: str) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()
    words = {"en": ("Apply", "Cancel"), "fr": ("Appliquer", "Annuler")}[language]
    form = await desk.command("player import", by=CAPTAIN)
    assert isinstance(form.response, ShowModal)
    answers = {"the form": form, "no event": await paste(desk, "Jane Doe")}
    await desk.command("admin create-event", by=CAPTAIN, name="Open")
    await desk.scouted("John Smith")
    await desk.scouted("Jane Doe")
    text = "Jane Doe; Jon Smith; Rick Roe; rick *roe*; rick roe; —"
    previewed = await desk.command("player import", by=CAPTAIN, text=text)
    chosen = await desk.choose(
        button(previewed, words[0]).replace("apply", "same"), "1", by=CAPTAIN
    )
    applied = await desk.press(button(previewed, words[0]), by=CAPTAIN)
    answers |= {
        "a preview": previewed,
        "a preview, one chosen": chosen,
        "applied": applied,
        "applied twice": await desk.press(button(previewed, words[0]), by=CAPTAIN),
        "the list": await desk.command("player list", by=SAM),
        "nobody in it": await paste(desk, "—\n?"),
        "too much": await paste(desk, "ab\n" * 20_001),
        "a file too large": await upload(desk, b"", size=2_000_000),
        "a file that is not there": await upload(desk, None),
    }

    text = "\n".join(f"## {name}\n{as_text(each.response)}\n" for name, each in answers.items())

    stable = "\n".join(
        line.split("<t:")[0] + "<time>" + line.split(":R>")[1] if "<t:" in line else line
        for line in text.split("\n")
    )
    assert stable == reviewed(HERE / "answers" / f"player_import.{language}.md", stable)
