"""An event as a file: what is in it, and that no cell of it does anything."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from actors.discord_gateway.replies import Reply
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.planted_round import plant_round
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from actors.discord_gateway.replies import File
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
EVIL = '=HYPERLINK("http://x")'
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


async def exported(desk: TeamDesk, form: str, **options: Any) -> File:
    """Return the file that an export sends."""
    conclusion = await desk.command(f"export {form}", **options)
    assert conclusion.verdict == "ok", as_text(conclusion.response)
    assert isinstance(conclusion.response, Reply)
    assert conclusion.response.ephemeral
    (file,) = conclusion.response.files
    return file


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def pages(content: bytes) -> list[ET.Element]:
    """Return the pages of a workbook, as Excel would read them."""
    book = zipfile.ZipFile(io.BytesIO(content))
    names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    return [ET.fromstring(book.read(name)) for name in names]  # noqa: S314 - our own file


def texts_of(page: ET.Element) -> list[str]:
    return [text.text or "" for text in page.iter(f"{CELL}t")]


async def field_of_three(desk: TeamDesk) -> None:
    """Have three players, of whom one is contested and one was withdrawn."""
    await desk.scouted("Zoé Ünal", "Jeskai Control", by=SAM, comment="keeps four", round="3")
    await desk.scouted(EVIL, "Boros Energy", by=ROBIN, comment="+1 sideboard card")
    await desk.scouted("Zoé Ünal", "Boros Energy", by=ROBIN, confidence="guess")
    await desk.scouted("Gone Away", "Boros Energy", by=SAM)
    ((report_id,),) = desk.rows("select max(id) from scooty_private.reports where guild_id = %s")
    await desk.press(f"scout:undo@1:{report_id}", by=SAM)


async def test_every_figure_of_an_export_equals_the_rows(desk_at_event: TeamDesk) -> None:
    await field_of_three(desk_at_event)

    file = await exported(desk_at_event, "json")

    held = json.loads(file.content)
    assert [
        (r["id"], r["player"], r["archetype"], r["confidence"], int(r["reporter_id"]))
        for r in held["reports"]
    ] == desk_at_event.rows(
        "select r.id, p.name, a.name, r.confidence, r.reporter_id from scooty_private.reports r"
        " join scooty_private.players p on p.guild_id = r.guild_id and p.id = r.player_id"
        " join scooty_private.archetypes a"
        " on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id"
        " where r.guild_id = %s and r.undone_at is null order by r.id"
    )
    assert [(p["player"], p["archetype"], p["reports"]) for p in held["players"]] == [
        (EVIL, "Boros Energy", 1),
        ("Gone Away", None, 0),
        ("Zoé Ünal", "Jeskai Control", 2),
    ]
    assert [(s["archetype"], s["players"], s["of_known"]) for s in held["stats"]] == [
        ("Boros Energy", 1, 2),
        ("Jeskai Control", 1, 2),
        ("(unknown)", 1, 2),
    ]


async def test_csv_opens_with_accents_and_runs_nothing(desk_at_event: TeamDesk) -> None:
    await field_of_three(desk_at_event)

    file = await exported(desk_at_event, "csv")

    assert file.name == "scooty-reports.csv"
    assert file.content.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(file.content)
    assert [row["player"] for row in rows] == ["Zoé Ünal", f"'{EVIL}", "Zoé Ünal"]
    assert [row["comment"] for row in rows] == ["keeps four", "'+1 sideboard card", ""]


async def test_all_tables_as_csv_come_zipped(desk_at_event: TeamDesk) -> None:
    await field_of_three(desk_at_event)

    file = await exported(desk_at_event, "csv", scope="everything")

    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert archive.namelist() == ["reports.csv", "players.csv", "stats.csv"]
    assert len(csv_rows(archive.read("players.csv"))) == 3


async def test_a_workbook_has_no_formula_and_no_link(desk_at_event: TeamDesk) -> None:
    await field_of_three(desk_at_event)
    await desk_at_event.scouted("https://example.org", comment="{=1+1}")

    file = await exported(desk_at_event, "xlsx")

    book = pages(file.content)
    assert len(book) == 3
    for page in book:
        assert list(page.iter(f"{CELL}f")) == []
        assert list(page.iter(f"{CELL}hyperlink")) == []
    assert f"'{EVIL}" in texts_of(book[0])
    assert EVIL not in texts_of(book[0])
    assert "https://example.org" in texts_of(book[0])
    assert str(SAM.user_id) in texts_of(book[0])


@pytest.mark.parametrize(("scope", "columns"), [("players", 7), ("stats", 5), ("reports", 18)])
async def test_a_scope_is_one_table(desk_at_event: TeamDesk, scope: str, columns: int) -> None:
    await field_of_three(desk_at_event)

    rows = csv_rows((await exported(desk_at_event, "csv", scope=scope)).content)

    assert rows
    assert len(rows[0]) == columns


async def test_rounds_are_exported_with_the_results_that_are_known(
    desk_at_event: TeamDesk,
) -> None:
    for name in ("Jane Doe", "Jon Roe", "Ann Poe"):
        await desk_at_event.scouted(name)
    plant_round(desk_at_event, "Jane Doe", "Jon Roe")
    desk_at_event.execute(
        "insert into scooty_private.results"
        " (guild_id, event_id, round, player_id, opponent_id, outcome)"
        " select r.guild_id, r.event_id, 2, p.id, r.player_id, 'loss'"
        " from scooty_private.results r join scooty_private.players p"
        " on p.guild_id = r.guild_id and p.name = 'Ann Poe' where r.guild_id = %s"
    )

    alone = await exported(desk_at_event, "csv", scope="rounds")
    held = json.loads((await exported(desk_at_event, "json")).content)
    zipped = await exported(desk_at_event, "csv", scope="everything")

    told = [
        (row["round"], row["table"], row["player"], row["opponent"], row["result"])
        for row in held["rounds"]
    ]
    assert told == [
        (1, 12, "Jane Doe", "Jon Roe", "win"),
        (1, 12, "Jon Roe", "Jane Doe", None),
        (2, None, "Ann Poe", "Jane Doe", "loss"),  # nobody imported that round
    ]
    assert [row["points"] for row in csv_rows(alone.content)] == ["3", "3", ""]
    assert zipfile.ZipFile(io.BytesIO(zipped.content)).namelist()[-1] == "rounds.csv"


async def test_an_earlier_event_is_exported_when_it_is_chosen(desk_at_event: TeamDesk) -> None:
    await field_of_three(desk_at_event)
    ((first,),) = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")
    await desk_at_event.command("admin create-event", by=CAPTAIN, name="Second")

    of_first = await exported(desk_at_event, "json", event=str(first))
    of_active = await exported(desk_at_event, "json")

    assert json.loads(of_first.content)["event"] == "Open"
    assert len(json.loads(of_first.content)["reports"]) == 3
    assert json.loads(of_active.content)["reports"] == []


async def test_another_servers_event_is_unknown(desk_at_event: TeamDesk) -> None:
    await field_of_three(desk_at_event)
    ((first,),) = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")

    conclusion = await desk_at_event.other_guild().command("export json", event=str(first))

    assert conclusion.verdict == "refused"


async def test_an_export_is_written_down_once_a_request(desk_at_event: TeamDesk) -> None:
    for _ in range(2):
        await desk_at_event.command("export csv", by=SAM, request_id=7_070)

    assert desk_at_event.rows(
        "select member_id, request_id, detail from scooty_private.audit"
        " where guild_id = %s and action = 'export'"
    ) == [(SAM.user_id, 7_070, {})]


async def test_every_answer_of_export_reads_as_it_was_reviewed(team_desk: TeamDesk) -> None:
    for language, desk in (
        ("en", team_desk.other_guild()),
        ("fr", team_desk.other_guild().in_french()),
    ):
        texts = {"/export: no active event": await desk.command("export csv")}
        await desk.command("admin create-event", by=CAPTAIN, name="RC *Lyon*")
        await field_of_three(desk)
        texts["/export csv"] = await desk.command("export csv")
        texts["/export json"] = await desk.command("export json")
        texts["/export xlsx"] = await desk.command("export xlsx")
        texts["/export csv: everything"] = await desk.command("export csv", scope="everything")
        texts["/export: unknown event"] = await desk.command("export csv", event="zzz")
        small = replace(desk, attachment_size_limit=100)
        texts["/export: too big"] = await small.command("export xlsx")
        text = "\n".join(
            f"## {name} [{page.verdict}]\n{as_text(page.response)}\n"
            for name, page in texts.items()
        )

        assert text == reviewed(HERE / f"answers/export.{language}.md", text)
