"""Every answer of ``/event``, in both languages, in two files that people read and review."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scooty.core.calls import Sql
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed
from tests.repository_road import AWAY, LOST, RepositoryRoad

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent / "answers"


def settled(text: str) -> str:
    """Take out what differs from run to run: times and ids."""
    text = re.sub(r"(level|niveau) \d+", r"\1 …", text)
    text = re.sub(r"<t:\d+:(\w)>", r"<t:…:\1>", text)
    return re.sub(r"( = )\d+$|\d{4}-\d\d-\d\d", r"\1…", text, flags=re.MULTILINE)


async def pages(desk: TeamDesk) -> list[str]:
    """Play a season of a small team, and write down what it is told."""
    written: list[str] = []

    def newest() -> str:
        found = desk.rows("select max(id) from scooty_private.events where guild_id = %s")
        return str(found[0][0])

    async def note(title: str, path: str, *, by: Person = CAPTAIN, **options: Any) -> None:
        conclusion = await desk.command(path, by=by, **options)
        written.append(f"## {title} [{conclusion.verdict}]\n{as_text(conclusion.response)}\n")

    await note("/event list: none", "event list")
    await note("/event show: none active", "event show")
    await note("/event phase: none active", "event phase", phase="draft")
    await note("/event create", "event create", name="RC *Lyon*", format="modern")
    await note("/event create: name taken", "event create", name="rc  *LYON*")
    lyon = newest()
    await note("/event show: nothing reported", "event show")
    for number in range(12):
        await desk.scouted(f"Player {number}", "Burn", by=ROBIN if number % 3 else SAM)
    await note("/event create: another is closed", "event create", name="Open", decklists="open")
    opened = newest()
    await desk.scouted("Jane Doe", "Boros Energy")
    await note("/event list", "event list")
    await note("/event show: the active one", "event show")
    await note("/event show: another", "event show", event=lyon)
    await note("/event show: unknown", "event show", event="7")
    await note("/event switch", "event switch", event=lyon)
    await note("/event switch: active already", "event switch", event=lyon)
    await note("/event switch: unknown", "event switch", event="Lyon")
    await note("/event phase", "event phase", phase="top_cut")
    await note("/event phase: in it already", "event phase", phase="top_cut")
    await note("/event phase: no phase", "event phase", phase="lunch")
    await note("/event close", "event close", event=lyon)
    await note("/event close: closed already", "event close", event=opened)
    await note("/event close: unknown", "event close", event="7")
    await note("/event close: not a captain", "event close", by=SAM, event=lyon)
    await note("/admin init-db", "admin init-db")
    typed = await desk.typing("event show", "event", event="")
    written.append(f"## typing an event\n{as_text(typed.response)}\n")
    for title, error in {"away": AWAY, "answer lost": LOST}.items():
        road = RepositoryRoad()
        road.error = error
        away = replace(desk, ports=replace(desk.ports, calls=Sql(road.address)))
        for path in ("event switch", "event close", "event phase", "event list"):
            said = await away.command(path, by=CAPTAIN, event=lyon, phase="draft")
            written.append(f"## /{path}: {title} [{said.verdict}]\n{as_text(said.response)}\n")
    return written


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_about_events_reads_as_it_was_reviewed(
    team_desk: TeamDesk, language: str
) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()

    text = settled("\n".join(await pages(desk)))

    assert text == reviewed(HERE / f"events.{language}.md", text)
