"""``/import`` at a desk, over a real database: what it tells first and stores then."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.importing import (
    PENDING,
    REPORTS,
    SMALL,
    apply_of,
    cancel_of,
    everything,
    imported,
    table,
    upload,
)
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent


async def test_a_preview_changes_nothing_and_tells_what_it_would_do(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", by=CAPTAIN)
    before = everything(desk_at_event)
    file = "player,archetype\nJane Doe,Burn\nRick Roe,Bunr\nRick Roe,Burn\nNobody,zzz\n,Burn\n"

    previewed = await upload(desk_at_event, file)

    text = as_text(previewed.response)
    assert everything(desk_at_event) == before
    assert desk_at_event.rows(PENDING) == [(1,)]
    for told in (
        "4 reports** of 3 players",
        "1 player is new to this server",
        "1 report is in the event already",
        "2 archetypes are unknown here**, so 2 reports are left out",
        "Bunr (1 report); nearest: Burn",
        "1 line is skipped",
        "6: no player’s name · ,Burn",  # noqa: RUF001 - as it is shown
    ):
        assert told in text, told


async def test_an_archetype_that_is_added_before_apply_brings_its_reports(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await upload(desk_at_event, "player,archetype\nJane Doe,Home Brew\n")
    await desk_at_event.command("archetype add", by=CAPTAIN, name="Home Brew", colours="R")

    await desk_at_event.press(apply_of(previewed), by=CAPTAIN)

    assert [row[:2] for row in desk_at_event.rows(REPORTS)] == [("Jane Doe", "Home Brew")]


async def test_reports_of_unknown_archetypes_make_no_players(desk_at_event: TeamDesk) -> None:
    done = await imported(desk_at_event, "player,archetype\nJane Doe,zzz\n")

    assert done.verdict == "ok"
    assert desk_at_event.rows("select name from scooty_private.players where guild_id = %s") == []


async def test_a_report_that_was_withdrawn_does_not_come_back(desk_at_event: TeamDesk) -> None:
    await imported(desk_at_event, SMALL)
    ((report_id,),) = desk_at_event.rows(
        "select min(id) from scooty_private.reports where guild_id = %s"
    )
    await desk_at_event.press(f"scout:undo@1:{report_id}", by=CAPTAIN)

    await imported(desk_at_event, SMALL)

    assert [row[0] for row in desk_at_event.rows(REPORTS)] == ["Rick Roe"]


async def test_a_table_without_reporters_is_the_captains(desk_at_event: TeamDesk) -> None:
    await imported(desk_at_event, SMALL)

    assert [(*row[:4], *row[11:15]) for row in desk_at_event.rows(REPORTS)] == [
        ("Jane Doe", "Boros Energy", "vite", 3, "seen", "sure", CAPTAIN.user_id, "Max"),
        ("Rick Roe", "Burn", None, None, "seen", "sure", CAPTAIN.user_id, "Max"),
    ]


async def test_nobody_who_was_erased_gets_a_name_and_no_report_is_of_the_future(
    desk_at_event: TeamDesk,
) -> None:
    file = [
        {"player": "A", "archetype": "Burn", "reporter_id": "0", "reporter": "Sam"},
        {"player": "B", "archetype": "Burn", "reporter_id": 7, "reported_at": "2999-01-01"},
    ]

    await imported(desk_at_event, json.dumps(file))

    assert desk_at_event.rows(
        "select reporter_id, reporter_name, reported_at <= clock_timestamp()"
        " from scooty_private.reports where guild_id = %s order by id"
    ) == [(0, "—", True), (7, "—", True)]


async def test_reports_that_come_between_are_not_stored_twice(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, "player,archetype\nJane Doe,Burn\n")
    await desk_at_event.scouted("jane DOE", "Burn", by=CAPTAIN)

    await desk_at_event.press(apply_of(previewed), by=CAPTAIN)

    assert len(desk_at_event.rows(REPORTS)) == 1


async def test_the_longest_preview_keeps_discords_limits(desk_at_event: TeamDesk) -> None:
    rows = [("player", "archetype", "round")]
    rows += [(f"{'*' * 90}{n}", f"{'_' * 97}{n}", "") for n in range(30)]
    rows += [("A" + "*" * 90, "B" * 90, "no")] * 30
    written = io.StringIO()
    csv.writer(written).writerows(rows)

    previewed = await upload(desk_at_event, written.getvalue())

    assert "… and 20 more" in as_text(previewed.response)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_is_as_it_was_reviewed(team_desk: TeamDesk, language: str) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()
    answers = {"no event": await upload(desk, SMALL)}
    await desk.open_event()
    await desk.scouted("Jane Doe", "Burn", by=CAPTAIN)
    file = "player,archetype,round\nJane Doe,Burn,\nRick *Roe*,Bunr,1\nAnn Poe,Burn,99\n,Burn,\n"
    previewed = await upload(desk, file)
    late = await upload(desk, file)
    objects = [{"player": "A", "archetype": "Jeskai Control"}, {"player": "B"}, 7]
    answers |= {
        "a preview": previewed,
        "applied": await desk.press(apply_of(previewed), by=CAPTAIN),
        "applied twice": await desk.press(apply_of(previewed), by=CAPTAIN),
        "a preview of JSON": await upload(desk, json.dumps(objects)),
        "applied with something new": await imported(desk, SMALL),
        "cancelled": await desk.press(cancel_of(await upload(desk, SMALL)), by=CAPTAIN),
        "no report in it": await upload(desk, "Jane Doe\nRick Roe"),
        "too much": await upload(desk, table(3_001)),
        "a file too large": await upload(desk, b"", size=9_000_000),
        "a file that is not there": await upload(desk, None),
    }
    await desk.open_event("Next")
    answers["another event is active"] = await desk.press(apply_of(late), by=CAPTAIN)

    text = "\n".join(f"## {name}\n{as_text(each.response)}\n" for name, each in answers.items())

    stable = "\n".join(
        line.split("<t:")[0] + "<time>" + line.split(":R>")[1] if "<t:" in line else line
        for line in text.split("\n")
    )
    assert stable == reviewed(HERE / "answers" / f"import.{language}.md", stable)
