"""The captain's brief over a real PostgreSQL: who faces whom, what is unknown, whom to watch."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.interactions import Person
from actors.discord_gateway.replies import Reply
from scooty.core.calls import Sql
from scooty.core.i18n import ENGLISH
from scooty.domain.ids import EventId
from scooty.features.announcements.calls import Announcement, ReadAnnouncement
from scooty.features.announcements.replies import round_up
from tests.desk_fixture import round_rows
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import linked, paired, placed, watched
from tests.desk_fixture.reading import as_text, button, reply_of, reviewed
from tests.desk_fixture.rounds import apply_pairings
from tests.repository_road import RepositoryRoad

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

ANSWERS = Path(__file__).parent / "answers"
TEAM = {CAPTAIN: "Max Stern", SAM: "Sam *Star* Vimes", ROBIN: "Robin Ünal"}


def someone(number: int) -> Person:
    return Person(user_id=1_300_000_000_000_001_000 + number, display_name=f"Mate {number}")


async def round_of_everything(desk: TeamDesk) -> None:
    """Have a teammate of each kind, somebody of whom reports disagree, and people to watch."""
    left, bye, absent = someone(1), someone(2), someone(3)
    linked(desk, {**TEAM, left: "Lee One", bye: "Bee Two", absent: "Absent Three"})
    tables = [
        ("Sam *Star* Vimes", "Doe, Jane", 3),
        ("Robin Ünal", "Nobody Known", 12),
        ("Max Stern", "Lee One", 4),
        ("Bee Two", None, None),
        ("First Unknown", "Second_Unknown", 1),
        ("Watched Already", "Third Unknown", 7),
    ]
    paired(
        desk,
        5,
        tables,
        points={
            "Sam *Star* Vimes": 9,
            "Robin Ünal": 6,
            "First Unknown": 12,
            "Second_Unknown": 9,
            "Watched Already": 9,
        },
    )
    await desk.scouted("Doe, Jane", "Jeskai Control", confidence="likely")
    await desk.scouted("Doe, Jane", "Boros Energy", by=ROBIN, confidence="guess")
    watched(desk, "Nobody Known", ROBIN)
    watched(desk, "Watched Already", SAM)


async def test_the_brief_names_everybody_once_where_they_belong(desk_at_event: TeamDesk) -> None:
    await round_of_everything(desk_at_event)

    conclusion = await desk_at_event.command("round brief", by=CAPTAIN)

    embed = reply_of(conclusion).embeds[0]
    by_name = {field.name: field.value for field in embed.fields}
    assert conclusion.verdict == "ok"
    assert reply_of(conclusion).ephemeral
    assert "Table 3" in (embed.description or "")
    assert "likely" not in by_name["👀 Whom to watch next"]
    assert re.findall(r"\*\*(\w+)", by_name["👀 Whom to watch next"]) == [
        "Second",
        "First",
        "Third",
    ]
    assert "Jane" in by_name["⚠️ Reports disagree: 1"]
    assert str(CAPTAIN.user_id) in by_name["🤝 Against each other"]
    assert "Absent Three" in by_name["🚫 Without a pairing"]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_brief_reads_as_it_was_reviewed(desk_at_event: TeamDesk, language: str) -> None:
    desk = desk_at_event if language == "en" else desk_at_event.in_french()
    written = []

    async def note(title: str, *, by: Person = CAPTAIN, **options: int) -> None:
        conclusion = await desk.command("round brief", by=by, **options)
        written.append(f"## {title} [{conclusion.verdict}]\n{as_text(conclusion.response)}\n")

    await note("No round yet")
    paired(desk, 1, [("Somebody", "Other One", 1)])
    await note("Nobody is linked")
    await round_of_everything(desk)
    await note("A round of everything")
    await note("An earlier round", round=1)
    await note("A round that never was", round=4)
    placed(desk, {"Robin Ünal": (40, 6), "Third Unknown": (38, 6), "Somebody": (1, 12)})
    paired(desk, 6, [("Robin Ünal", "Doe, Jane", 2), ("Third Unknown", "Somebody", 1)])
    await note("Points from standings")
    await note("Not a captain", by=SAM)
    text = re.sub(r"<@\d{15}(\d+)>", r"<@\1>", "\n".join(written))

    assert text == reviewed(ANSWERS / f"round_brief.{language}.md", text)


async def test_a_team_of_twelve_takes_one_call(desk_at_event: TeamDesk) -> None:
    people = {someone(number): f"Team Mate {number}" for number in range(12)}
    linked(desk_at_event, people)
    paired(
        desk_at_event,
        1,
        [(name, f"Opponent {place}", place) for place, name in enumerate(people.values(), 1)],
    )
    for number in range(1, 7):
        await desk_at_event.scouted(f"Opponent {number}")
    road = RepositoryRoad(desk_at_event.repository)
    desk = replace(desk_at_event, ports=replace(desk_at_event.ports, calls=Sql(road.address)))

    conclusion = await desk.command("round brief", by=CAPTAIN)

    assert road.calls == {"read_brief": 1}
    assert "12 teammates ·\N{NO-BREAK SPACE}6 opponents known" in as_text(conclusion.response)


async def test_a_brief_of_too_much_is_cut_with_counts(desk_at_event: TeamDesk) -> None:
    wild = "*_`~" * 22
    people = {someone(number): f"{wild} {number}" for number in range(60)}
    linked(desk_at_event, people)
    names = list(people.values())
    paired(
        desk_at_event,
        1,
        [
            *((name, f"{wild} opponent {n}", 9_000 + n) for n, name in enumerate(names[:30])),
            *((name, None, None) for name in names[30:40]),
            *((f"{wild} field {n}", f"{wild} other {n}", n) for n in range(1, 40)),
        ],
    )

    said = as_text((await desk_at_event.command("round brief", by=CAPTAIN)).response)

    assert "60 teammates" in said
    assert re.search(r"Whom to watch next: .*… and \d\d more", said, re.DOTALL)
    assert re.search(r"Without a pairing: .*… and \d+ more", said, re.DOTALL)


async def test_the_button_opens_the_round_of_its_message_for_captains_alone(
    desk_at_event: TeamDesk,
) -> None:
    await round_of_everything(desk_at_event)
    paired(desk_at_event, 6, [("Robin Ünal", "Doe, Jane", 2)])
    ((event_id,),) = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")

    opened = await desk_at_event.press(f"round:brief@1:{event_id}:5", by=CAPTAIN)
    refused = await desk_at_event.press(f"round:brief@1:{event_id}:5", by=SAM)
    stale = await desk_at_event.press(f"round:brief@1:{event_id}", by=CAPTAIN)

    assert "Round 5" in as_text(opened.response)
    assert button(opened, "Print") == f"round:print@1:{event_id}:5"
    assert refused.verdict == "refused"
    assert stale.verdict == "refused"


async def test_whoever_applies_a_round_opens_its_brief_from_there(desk_at_event: TeamDesk) -> None:
    applied = await apply_pairings(desk_at_event, "1\tDoe, Jane\tRoe, Rick\n", round_number=3)

    opened = await desk_at_event.press(button(applied, "Brief"), by=CAPTAIN)

    assert "Round 3" in as_text(opened.response)
    assert isinstance(opened.response, Reply)  # beside the message with the button


async def test_the_message_that_a_round_is_up_has_the_button_for_all_to_see(
    desk_at_event: TeamDesk,
) -> None:
    paired(desk_at_event, 3, [("Somebody", "Other One", 1)])
    event_id = EventId(round_rows.event_id(desk_at_event))
    call = ReadAnnouncement(event_id=event_id, round_number=3)
    found = await desk_at_event.ports.calls.read(desk_at_event.guild_id, call)
    assert isinstance(found, Announcement)

    message = round_up(found, ENGLISH)

    assert f"round:brief@1:{event_id}:3" in [
        part.custom_id for row in message.rows for part in row.components
    ]


async def test_another_guild_gets_nothing_of_a_round(desk_at_event: TeamDesk) -> None:
    await round_of_everything(desk_at_event)
    ((event_id,),) = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")
    other = desk_at_event.other_guild()

    pressed = await other.press(f"round:brief@1:{event_id}:5", by=CAPTAIN)
    without_event = await other.command("round brief", by=CAPTAIN)
    await other.open_event()
    asked = await other.command("round brief", by=CAPTAIN)

    assert [each.verdict for each in (pressed, without_event, asked)] == ["refused"] * 3
    assert "Jane" not in "".join(as_text(each.response) for each in (pressed, asked))


@pytest.mark.parametrize("person", [SAM, ROBIN])
async def test_the_brief_is_for_captains(desk_at_event: TeamDesk, person: Person) -> None:
    paired(desk_at_event, 1, [("Somebody", "Other One", 1)])

    conclusion = await desk_at_event.command("round brief", by=person)

    assert conclusion.verdict == "refused"


async def test_reports_that_disagree_on_the_teams_own_players_settle_nothing(
    desk_at_event: TeamDesk,
) -> None:
    linked(desk_at_event, {SAM: "Sam Vimes"})
    paired(desk_at_event, 1, [("Sam Vimes", "Jane Doe", 1)])
    for name in ("Sam Vimes", "Jane Doe"):
        await desk_at_event.scouted(name, "Jeskai Control")
        await desk_at_event.scouted(name, "Boros Energy", by=ROBIN)

    said = await desk_at_event.says("round brief", by=CAPTAIN)

    assert "Reports disagree: 1" in said
    assert "**Sam Vimes**" not in said


async def test_what_is_known_of_a_deck_follows_its_reports(desk_at_event: TeamDesk) -> None:
    linked(desk_at_event, {SAM: "Sam Vimes"})
    paired(desk_at_event, 1, [("Sam Vimes", "Jane Doe", 1)])
    await desk_at_event.scouted("Jane Doe", "Jeskai Control")
    known = await desk_at_event.says("round brief", by=CAPTAIN)

    ((report_id,),) = desk_at_event.rows(
        "select id from scooty_private.reports where guild_id = %s"
    )
    await desk_at_event.press(f"scout:undo@1:{report_id}")

    assert "1 opponent known" in known
    assert "1 unknown" in await desk_at_event.says("round brief", by=CAPTAIN)
