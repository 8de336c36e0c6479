"""``/audit``: who did what, without a player's name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from scooty.core.storage.migrations import FUNCTIONS
from scooty.features.audit.replies import SENTENCES
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, button, reviewed

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

DEED = re.compile(
    r"(?<!function scooty_private\.)\b(?:end_request|note_deed)\((.*?)'([a-z_ ]+)'", re.DOTALL
)


def deed(desk: TeamDesk, action: str, detail: str = "{}", *, ago: str = "0", by: int = 7) -> None:
    with psycopg.connect(desk.dsn) as connection:
        connection.execute(
            "insert into scooty_private.audit (guild_id, at, member_id, action, subject_id, detail,"
            " request_id) values (%s, clock_timestamp() - %s::interval, %s, %s, 98, %s, 1)",
            (desk.guild_id, ago, by, action, detail),
        )


async def test_what_people_did_is_told_without_the_players_names(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", comment="cuts lands")

    told = await desk_at_event.says("audit", by=CAPTAIN)

    assert f"<@{SAM.user_id}> reported a player: report #" in told
    assert f"<@{CAPTAIN.user_id}> opened the event **Open**" in told
    assert "Jane" not in told
    assert "lands" not in told


async def test_it_is_for_captains(desk_at_event: TeamDesk) -> None:
    assert (await desk_at_event.command("audit", by=SAM)).verdict == "refused"


async def test_it_can_be_of_one_member_alone(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)
    await desk_at_event.scouted("Jon Doe", by=ROBIN)

    told = await desk_at_event.says("audit", by=CAPTAIN, user=ROBIN.user_id)

    assert told.count("<@") == 1
    assert str(ROBIN.user_id) in told


async def test_it_goes_back_no_further_than_asked_and_than_the_retention(
    team_desk: TeamDesk,
) -> None:
    for ago in ("1 hour", "2 days", "40 days", "400 days"):
        deed(team_desk, f"deed of {ago} ago", ago=ago)

    since = await team_desk.says("audit", by=CAPTAIN, since="3d")
    kept = await team_desk.says("audit", by=CAPTAIN)
    await team_desk.command("setup retention", by=CAPTAIN, days=30)
    shorter = await team_desk.says("audit", by=CAPTAIN)

    assert [since.count("ago"), kept.count("ago"), shorter.count("ago")] == [2, 3, 2]


async def test_all_pages_together_show_every_deed_once(team_desk: TeamDesk) -> None:
    for number in range(40):
        deed(team_desk, f"deed {number:02}", by=7 if number % 2 else 8)
    deed(team_desk, "old deed", ago="2 days")

    answer = await team_desk.command("audit", by=CAPTAIN, user=7, since="1d")
    pages = [as_text(answer.response)]
    while "Older" in pages[-1]:
        answer = await team_desk.press(button(answer, "Older"), by=CAPTAIN)
        pages.append(as_text(answer.response))
    first = await team_desk.press(button(answer, "Newest"), by=CAPTAIN)

    shown = re.findall(r"deed \d\d", "".join(pages))
    assert shown == [f"deed {number:02}" for number in range(39, 0, -2)]
    assert as_text(first.response).split("\n")[1:] == pages[0].split("\n")
    assert "old deed" not in "".join(pages)


async def test_another_guilds_button_turns_ones_own_pages(team_desk: TeamDesk) -> None:
    for number in range(20):
        deed(team_desk, f"deed {number:02}")
    answer = await team_desk.command("audit", by=CAPTAIN)

    elsewhere = await team_desk.other_guild().press(button(answer, "Older"), by=CAPTAIN)

    assert "deed" not in as_text(elsewhere.response)


async def test_a_time_that_is_none_is_refused(team_desk: TeamDesk) -> None:
    assert (await team_desk.command("audit", by=CAPTAIN, since="yesterday")).verdict == "refused"


def test_every_deed_that_is_written_down_has_a_sentence() -> None:
    written = set()
    for text in FUNCTIONS.values():
        found = (match for match in DEED.finditer(text) if ";" not in match[1])
        written |= {match[2].replace(" ", "_") for match in found}

    assert len(written) > 20
    assert written - set(SENTENCES) == set()


async def _pages(desk: TeamDesk) -> str:
    details = (
        '{"archetype": "Burn", "to": "Boros *Energy*", "into": "Jund", "alias": "rdw",'
        ' "event": "RC Lyon", "phase": "top_cut", "reports": 12, "round": 5,'
        ' "changed": ["ethics_line", "language"]}'
    )
    nothing = as_text((await desk.command("audit", by=CAPTAIN)).response)
    for action in (*SENTENCES, "unheard_of"):
        deed(desk, action, details)
    deed(desk, "undo", by=0)
    deed(desk, "edit")
    answer = await desk.command("audit", by=CAPTAIN)
    pages = [nothing, as_text(answer.response)]
    older = "Older" if desk.locale != "fr" else "Plus ancien"
    while older in pages[-1]:
        answer = await desk.press(button(answer, older), by=CAPTAIN)
        pages.append(as_text(answer.response))
    pages.append(as_text((await desk.command("audit", by=CAPTAIN, since="soon")).response))
    pages.append(as_text((await desk.command("audit", by=SAM)).response))
    return re.sub(r"<t:\d+:R>", "<t>", "\n\n".join(pages)) + "\n"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_answers_read_as_they_were_reviewed(team_desk: TeamDesk, language: str) -> None:
    desk = replace(team_desk, locale=language)
    path = Path(__file__).parent / "answers" / f"audit.{language}.md"

    text = await _pages(desk)

    assert text == reviewed(path, text)
