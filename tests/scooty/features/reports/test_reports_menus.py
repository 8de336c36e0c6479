"""The menus of a message and of a person."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.interactions import ModalSubmitted, SubmittedField
from actors.discord_gateway.replies import ShowModal
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
REPORT, PROFILE = "Turn into scout", "Scouting profile"
FORM = "chat:report@1"
FILLED = {"opponent": "Jane Doe", "archetype": "Burn", "comment": "", "round": ""}


async def submit(desk: TeamDesk, *, request_id: int | None = None, **changed: str) -> Conclusion:
    """Send the form with some of its fields filled in otherwise."""
    fields = tuple(
        SubmittedField(custom_id=name, value=value) for name, value in (FILLED | changed).items()
    )
    return await desk.act(ModalSubmitted(custom_id=FORM, fields=fields), request_id=request_id)


async def test_a_chat_line_opens_a_form_with_what_it_says_and_nothing_is_stored(
    desk_at_event: TeamDesk,
) -> None:
    opened = await desk_at_event.command(
        REPORT, target=5, content="R5 opponent Jane Doe plays Jeskai, fast hands"
    )

    assert isinstance(opened.response, ShowModal)
    assert {each.custom_id: each.value for each in opened.response.inputs} == {
        "opponent": "Jane Doe",
        "archetype": "Jeskai",
        "comment": "fast hands",
        "round": "5",
    }
    for table in ("reports", "drafts", "players", "answered_requests"):
        assert desk_at_event.rows(f"select from scooty_private.{table} where guild_id = %s") == []


async def test_a_line_that_says_nothing_opens_a_form_with_the_line_as_the_comment(
    desk_at_event: TeamDesk,
) -> None:
    opened = await desk_at_event.command(REPORT, target=5, content="what a day")

    assert isinstance(opened.response, ShowModal)
    assert [each.value for each in opened.response.inputs] == [None, None, "what a day", None]


async def test_a_message_without_text_opens_an_empty_form(desk_at_event: TeamDesk) -> None:
    opened = await desk_at_event.command(REPORT, target=5)

    assert isinstance(opened.response, ShowModal)


async def test_the_form_stores_what_the_command_would(desk_at_event: TeamDesk) -> None:
    stored = await submit(desk_at_event, comment="fast hands", round="5")

    assert stored.verdict == "ok"
    assert "Jane Doe" in as_text(stored.response)
    rows = desk_at_event.rows(
        "select comment, round, reporter_id from scooty_private.reports where guild_id = %s"
    )
    assert rows == [("fast hands", 5, SAM.user_id)]


async def test_the_same_form_twice_is_one_report(desk_at_event: TeamDesk) -> None:
    for _ in range(2):
        request_id = desk_at_event.guild_id + 3
        stored = await submit(desk_at_event, request_id=request_id)
        assert stored.verdict == "ok"

    assert len(desk_at_event.rows("select from scooty_private.reports where guild_id = %s")) == 1


async def test_an_unknown_archetype_is_offered_the_nearest_as_by_the_command(
    desk_at_event: TeamDesk,
) -> None:
    offered = await submit(desk_at_event, archetype="Jeskai Controll")

    assert offered.verdict == "refused"
    assert "Jeskai Control" in as_text(offered.response)


@pytest.mark.parametrize(
    "wrong",
    [
        {"round": "five"},
        {"round": "0"},
        {"round": "31"},
        {"round": "²"},
        {"opponent": " \u200b "},
        {"archetype": "!"},
        {"opponent": "x" * 101},
        {"comment": "x" * 501},
    ],
)
async def test_what_cannot_be_used_is_refused_and_nothing_is_stored(
    desk_at_event: TeamDesk, wrong: dict[str, str]
) -> None:
    refused = await submit(desk_at_event, **wrong)  # type: ignore[arg-type] # names of fields alone

    assert refused.verdict == "refused"
    assert desk_at_event.rows("select from scooty_private.reports where guild_id = %s") == []


async def test_without_an_event_the_form_says_so(team_desk: TeamDesk) -> None:
    assert (await submit(team_desk)).verdict == "refused"


async def test_a_profile_counts_by_event_and_says_how_often_the_team_agrees(
    desk_at_event: TeamDesk,
) -> None:
    for number in range(10):
        await desk_at_event.scouted(f"Player Number{number}", "Burn")
    await desk_at_event.scouted("Player Number0", "Jeskai Control")
    await desk_at_event.scouted("Player Number1", "Jeskai Control", by=ROBIN)
    await desk_at_event.scouted("Player Number1", "Jeskai Control", by=CAPTAIN)
    await desk_at_event.command("admin create-event", by=CAPTAIN, name="Next")
    await desk_at_event.scouted("Player Number0", "Burn")

    text = await desk_at_event.says(PROFILE, by=CAPTAIN, target=SAM.user_id)

    assert "12 reports · 2 events" in text
    newest, oldest = (line for line in text.splitlines() if line.startswith(("Next", "Open")))
    assert newest.startswith("Next: 1 report · 1 player · last <t:")
    assert oldest.startswith("Open: 11 reports · 10 players · last <t:")
    assert "Agrees with the team on 1 of 1 player\n" in text
    assert "Agrees with the team on 9 of 10 players (90%)" in text


async def test_reports_that_were_withdrawn_do_not_count(desk_at_event: TeamDesk) -> None:
    conclusion = await desk_at_event.command("scout", opponent="Jane Doe", archetype="Burn")
    undo = re.search(r"scout:undo@1:\d+", str(conclusion.response))
    assert undo is not None
    await desk_at_event.press(undo[0])

    text = await desk_at_event.says(PROFILE, by=CAPTAIN, target=SAM.user_id)

    assert "has no report that counts" in text


@pytest.mark.parametrize("by", [SAM, ROBIN])
async def test_a_profile_is_for_captains(desk_at_event: TeamDesk, by: object) -> None:
    refused = await desk_at_event.command(PROFILE, by=by, target=SAM.user_id)  # type: ignore[arg-type] # one of two people

    assert refused.verdict == "refused"


async def test_another_guild_sees_nothing_of_a_members_reports(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")

    text = await desk_at_event.other_guild().says(PROFILE, by=CAPTAIN, target=SAM.user_id)

    assert "has no report that counts" in text


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_reads_as_it_was_reviewed(
    desk_at_event: TeamDesk, language: str
) -> None:
    desk = desk_at_event if language == "en" else desk_at_event.in_french()
    pages = {
        "the form": await desk.says(REPORT, target=5, content="R5: Jane Doe joue Jeskai, lente"),
        "the empty form": await desk.says(REPORT, target=5, content=""),
        "nobody's profile": await desk.says(PROFILE, by=CAPTAIN, target=SAM.user_id),
        "a round that is none": as_text((await submit(desk, round="last")).response),
    }
    for number in range(10):
        await desk.scouted(f"Player Number{number}", "Burn")
    pages["a profile"] = await desk.says(PROFILE, by=CAPTAIN, target=SAM.user_id)
    pages["not a captain's"] = await desk.says(PROFILE, by=SAM, target=SAM.user_id)

    page = "\n".join(f"## {name}\n{text}\n" for name, text in pages.items())
    page = re.sub(r"<t:\d+:R>", "<t:TIME:R>", page)
    assert page == reviewed(HERE / "answers" / f"menus.{language}.md", page)
