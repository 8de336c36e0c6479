"""``/import`` at a desk, over a real database."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.attachment_message import AttachmentFetched, AttachmentNotFetched
from actors.discord_gateway.interactions import AttachmentOption
from actors.discord_gateway.replies import Button, Reply
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from scooty.commands import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
EVIL = '=HYPERLINK("http://x","y")'
SMALL = "Joueur;Archétype;Ronde;Commentaire\nJane Doe;boros energy;R3;vite\nRick Roe;Burn;;\n"
REPORTS = """
    select p.name, a.name, r.comment, r.round, r.table_number, r.colours, r.companion, r.key_cards,
      r.sideboard, r.play_pattern, r.variant, r.source, r.confidence, r.reporter_id,
      r.reporter_name, r.reported_at
    from scooty_private.reports r
    join scooty_private.players p on p.guild_id = r.guild_id and p.id = r.player_id
    join scooty_private.archetypes a
      on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    where r.guild_id = %s and r.undone_at is null order by r.id
"""
STANDING = """
    select p.name, t.report_count, t.consensus_confidence, t.is_contested, t.last_reported_at
    from scooty_private.event_players t
    join scooty_private.players p on p.guild_id = t.guild_id and p.id = t.player_id
    where t.guild_id = %s and t.report_count > 0 order by p.name
"""
PLAYED = """
    select a.name, c.report_count from scooty_private.event_archetypes c
    join scooty_private.archetypes a
      on a.guild_id = c.archetype_guild_id and a.id = c.archetype_id
    where c.guild_id = %s and c.report_count > 0 order by a.name
"""
PENDING = "select count(*) from scooty_private.pending_imports where guild_id = %s"
DEEDS = (
    "select member_id, detail from scooty_private.audit where guild_id = %s and action = 'import'"
)
EVERYTHING = (REPORTS, STANDING, PLAYED)


class Uploaded:
    """The one file that somebody uploaded."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content

    async def fetch(
        self, url: str, *, limit_bytes: int
    ) -> AttachmentFetched | AttachmentNotFetched:
        if self.content is None:
            return AttachmentNotFetched(reason="refused", detail=url)
        if len(self.content) > limit_bytes:
            return AttachmentNotFetched(reason="too_large", detail="more")
        return AttachmentFetched(content=self.content)


async def upload(
    desk: TeamDesk, content: bytes | str | None, *, size: int = 100, **more: Any
) -> Conclusion:
    raw = content.encode() if isinstance(content, str) else content
    at_desk = replace(desk, ports=replace(desk.ports, attachments=Uploaded(raw)))
    attachment = AttachmentOption(
        id=1, filename="reports.csv", size=size, content_type=None, url="https://x/reports.csv"
    )
    return await at_desk.command("import", file=attachment, **{"by": CAPTAIN, **more})


def button(previewed: Conclusion, place: int = 0) -> str:
    assert isinstance(previewed.response, Reply)
    found = previewed.response.rows[0].components[place]
    assert isinstance(found, Button)
    return found.custom_id


async def imported(desk: TeamDesk, content: bytes | str) -> Conclusion:
    """Upload a file and apply it."""
    return await desk.press(button(await upload(desk, content)), by=CAPTAIN)


async def exported(desk: TeamDesk, form: str) -> bytes:
    conclusion = await desk.command(f"export {form}")
    assert isinstance(conclusion.response, Reply)
    return conclusion.response.files[0].content


async def open_event(desk: TeamDesk, name: str = "Open") -> TeamDesk:
    opened = await desk.command("admin create-event", by=CAPTAIN, name=name)
    assert opened.verdict == "ok"
    return desk


async def lively_event(desk: TeamDesk) -> None:
    """Have reports of every kind: contested, repeated, with details, of an erased member."""
    await desk.scouted("Zoé Ünal", "Jeskai Control", by=SAM, comment="keeps four", round="3")
    await desk.scouted(EVIL, "Boros Energy", by=ROBIN, comment="+1 sideboard card")
    await desk.scouted("Zoé Ünal", "Boros Energy", by=ROBIN, confidence="guess", source="told")
    await desk.scouted("Doe, Jane", "Burn", by=SAM)
    await desk.scouted("Jane Doe", "Burn", by=SAM)
    await desk.scouted("'Quoted'", "Burn", by=CAPTAIN, source="decklist")
    ((report_id,),) = desk.rows(
        "select min(id) from scooty_private.reports where guild_id = %s and round = 3"
    )
    await desk.submit(
        f"report:save-details@1:{report_id}:1",
        colours="u/r",
        companion="Lurrus",
        key_cards="Counterspell",
        sideboard="Wear // Tear",
        play_pattern="slow",
    )
    await desk.submit(
        f"report:save-edit@1:{report_id}:2",
        archetype="Jeskai Control",
        comment="keeps four",
        round="3",
        table_number="12",
        variant="-",
    )
    await desk.scouted("Jane Doe", "Boros Energy", by=SAM)
    ((report_id,),) = desk.rows("select max(id) from scooty_private.reports where guild_id = %s")
    await desk.press(f"scout:undo@1:{report_id}", by=SAM)


def rows_but_places(desk: TeamDesk) -> list[Any]:
    return [desk.rows(sql) for sql in EVERYTHING]


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_an_export_in_another_guilds_event_is_the_same_event(
    desk_at_event: TeamDesk, form: str
) -> None:
    await lively_event(desk_at_event)
    other = await open_event(desk_at_event.other_guild())

    done = await imported(other, await exported(desk_at_event, form))

    assert done.verdict == "ok"
    assert rows_but_places(other) == rows_but_places(desk_at_event)
    for by in ("archetype", "scout"):
        assert await other.says("stats", by_=by) == await desk_at_event.says("stats", by_=by)
    assert (EVIL, "Boros Energy") in [row[:2] for row in other.rows(REPORTS)]


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_a_file_that_is_applied_again_adds_nothing(
    desk_at_event: TeamDesk, form: str
) -> None:
    await lively_event(desk_at_event)
    file = await exported(desk_at_event, form)
    other = await open_event(desk_at_event.other_guild())
    await imported(other, file)
    before = rows_but_places(other)

    again = await imported(other, file)
    at_home = await imported(desk_at_event, file)

    assert rows_but_places(other) == before == rows_but_places(desk_at_event)
    for conclusion in (again, at_home):
        assert "Nothing new in it" in as_text(conclusion.response)


async def test_a_preview_changes_nothing_and_tells_what_it_would_do(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", by=CAPTAIN)
    before = rows_but_places(desk_at_event)
    file = "player,archetype\nJane Doe,Burn\nRick Roe,Bunr\nRick Roe,Burn\nNobody,zzz\n,Burn\n"

    previewed = await upload(desk_at_event, file)

    text = as_text(previewed.response)
    assert rows_but_places(desk_at_event) == before
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

    await desk_at_event.press(button(previewed), by=CAPTAIN)

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

    await desk_at_event.press(button(previewed), by=CAPTAIN)

    assert len(desk_at_event.rows(REPORTS)) == 1


async def test_one_press_is_answered_the_same_and_another_one_finds_nothing(
    desk_at_event: TeamDesk,
) -> None:
    apply = button(await upload(desk_at_event, SMALL))

    answers = [
        await desk_at_event.press(apply, by=CAPTAIN, request_id=desk_at_event.guild_id)
        for _ in range(2)
    ]
    again = await desk_at_event.press(apply, by=CAPTAIN)

    assert as_text(answers[0].response) == as_text(answers[1].response)
    assert again.verdict == "refused"
    assert len(desk_at_event.rows(REPORTS)) == 2
    assert desk_at_event.rows(DEEDS) == [
        (
            CAPTAIN.user_id,
            {"event": "Open", "reports": 2, "players": 2, "created": 2, "known": 0, "left_out": 0},
        )
    ]


async def test_a_preview_is_nobody_elses(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)
    other_captain = replace(CAPTAIN, user_id=CAPTAIN.user_id + 100)
    other_guild = await open_event(desk_at_event.other_guild())

    for desk, who in ((desk_at_event, other_captain), (other_guild, CAPTAIN)):
        for place in (0, 1):
            await desk.press(button(previewed, place), by=who)

    assert desk_at_event.rows(REPORTS) == other_guild.rows(REPORTS) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_a_cancelled_preview_is_forgotten(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)

    await desk_at_event.press(button(previewed, 1), by=CAPTAIN)

    assert desk_at_event.rows(PENDING) == [(0,)]
    assert (await desk_at_event.press(button(previewed), by=CAPTAIN)).verdict == "refused"


async def test_a_preview_is_for_the_event_that_was_active(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)
    await open_event(desk_at_event, "Next")

    refused = await desk_at_event.press(button(previewed), by=CAPTAIN)

    assert refused.verdict == "refused"
    assert desk_at_event.rows(REPORTS) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_who_is_erased_is_in_no_import_that_waits(desk_at_event: TeamDesk) -> None:
    file = [{"player": "A", "archetype": "Burn", "reporter_id": SAM.user_id}]
    await upload(desk_at_event, json.dumps(file))

    await desk_at_event.press("privacy:erase-me@1", by=SAM)

    assert desk_at_event.rows(PENDING) == [(0,)]


async def test_only_captains_import(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)

    asked = await upload(desk_at_event, SMALL, by=SAM)
    pressed = await desk_at_event.press(button(previewed), by=SAM)

    assert (asked.verdict, pressed.verdict) == ("refused", "refused")
    assert desk_at_event.rows(REPORTS) == []


def table(count: int, archetypes: int = 1) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(
        [("player", "archetype")]
        + [(f"Player {n}", f"Deck {n % archetypes}") for n in range(count)]
    )
    return written.getvalue()


@pytest.mark.parametrize("file", [table(3_001), table(300, 201), "a,b\n" * 20_001])
async def test_more_than_an_import_is_refused(desk_at_event: TeamDesk, file: str) -> None:
    refused = await upload(desk_at_event, file)

    assert "Too much" in as_text(refused.response)
    assert desk_at_event.rows(PENDING) == [(0,)]


@pytest.mark.parametrize(
    ("content", "size"), [(b"x", 2 * 1024 * 1024 + 1), (b"x" * (2 * 1024 * 1024 + 1), 100)]
)
async def test_a_file_that_is_too_large_is_refused_whatever_it_says(
    desk_at_event: TeamDesk, content: bytes, size: int
) -> None:
    refused = await upload(desk_at_event, content, size=size)

    assert "2048 KiB" in as_text(refused.response)


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
    await open_event(desk)
    await desk.scouted("Jane Doe", "Burn", by=CAPTAIN)
    file = "player,archetype,round\nJane Doe,Burn,\nRick *Roe*,Bunr,1\nAnn Poe,Burn,99\n,Burn,\n"
    previewed = await upload(desk, file)
    late = await upload(desk, file)
    objects = [{"player": "A", "archetype": "Jeskai Control"}, {"player": "B"}, 7]
    answers |= {
        "a preview": previewed,
        "applied": await desk.press(button(previewed), by=CAPTAIN),
        "applied twice": await desk.press(button(previewed), by=CAPTAIN),
        "a preview of JSON": await upload(desk, json.dumps(objects)),
        "applied with something new": await imported(desk, SMALL),
        "cancelled": await desk.press(button(await upload(desk, SMALL), 1), by=CAPTAIN),
        "no report in it": await upload(desk, "Jane Doe\nRick Roe"),
        "too much": await upload(desk, table(3_001)),
        "a file too large": await upload(desk, b"", size=9_000_000),
        "a file that is not there": await upload(desk, None),
    }
    await open_event(desk, "Next")
    answers["another event is active"] = await desk.press(button(late), by=CAPTAIN)

    text = "\n".join(f"## {name}\n{as_text(each.response)}\n" for name, each in answers.items())

    stable = "\n".join(
        line.split("<t:")[0] + "<time>" + line.split(":R>")[1] if "<t:" in line else line
        for line in text.split("\n")
    )
    assert stable == reviewed(HERE / "answers" / f"import.{language}.md", stable)
