"""Every answer about reports that were made, in both languages, in two files that people review.

Run with ``SCOOTY_REWRITE_ANSWERS=1`` to write the files anew, then read what changed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.interactions import ButtonPressed
from scooty.core.mishaps import command_timed_out
from scooty.features.registry import route
from scooty.features.reports.calls.editing import PAGE
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scooty.core.dispatch import Conclusion
    from scooty.core.route import Route
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent / "answers"


async def story(desk: TeamDesk) -> AsyncIterator[tuple[str, Conclusion]]:
    """One report's life, and everything that can go wrong in it."""
    yield "/report mine: none yet", await desk.command("report mine")
    yield "/report mine: no event", await desk.other_guild().command("report mine")
    await desk.scouted("Jane *Doe*", "Burn", comment="plays _fast_")
    [[n]] = desk.rows("select id from scooty_private.reports where guild_id = %s")
    yield "typing: a report", await desk.typing("report edit", "report", report="")
    form = f"report:save-edit@1:{n}"
    more = f"report:save-details@1:{n}"
    yield "/report edit: the form", await desk.command("report edit", report=f"#{n}")
    yield (
        "edit: saved",
        await desk.submit(
            f"{form}:1",
            archetype="Jeskai Control",
            comment="",
            round="R5",
            table_number="12",
            variant="with *red*",
        ),
    )
    yield "edit: nothing changed", await desk.submit(f"{form}:2", round="5")
    yield "edit: stale", await desk.submit(f"{form}:1", archetype="Burn", comment="my own words")
    yield (
        "edit: unknown archetype",
        await desk.submit(f"{form}:2", archetype="Jeskay *Contrl*", comment="kept"),
    )
    yield (
        "edit: four fields that cannot be used",
        await desk.submit(
            f"{form}:2", archetype="?", comment="x" * 501, round="31", table_number="first"
        ),
    )
    yield "details: the form", await desk.press(f"report:details@1:{n}")
    yield (
        "details: saved",
        await desk.submit(
            f"{more}:2",
            colours="bleu, white",
            companion="Lurrus",
            key_cards="4 Force\n2 Daze",
            sideboard="Blood Moon",
            play_pattern="counters the first spell",
        ),
    )
    yield "details: no colours", await desk.submit(f"{more}:3", colours="mauve", companion="Yorion")
    yield "details: colourless", await desk.submit(f"{more}:3", colours="colourless")
    yield "details: the form again", await desk.press(f"report:details@1:{n}")
    yield "edit: not yours", await desk.command("report edit", by=ROBIN, report=str(n))
    yield "edit: unknown number", await desk.command("report edit", report="#999999999999")
    yield "edit: no number", await desk.command("report edit", report="Jane")
    yield "edit: nothing typed", await desk.command("report edit", report="#")
    yield "delete: asked", await desk.command("report delete", report=str(n))
    yield "delete: changed since", await desk.press(f"report:delete@1:{n}:1")
    yield "delete: deleted", await desk.press(f"report:delete@1:{n}:4", by=CAPTAIN)
    yield "delete: already", await desk.press(f"report:delete@1:{n}:5")
    yield "edit: deleted", await desk.press(f"report:edit@1:{n}")
    yield "/report history: of a deleted one", await desk.command("report history", report=str(n))
    yield "/report mine: a deleted one", await desk.command("report mine")
    yield "restore: restored", await desk.press(f"report:restore@1:{n}")
    yield "restore: counts", await desk.press(f"report:restore@1:{n}")
    yield "/admin delete-scout: no captain", await desk.command("admin delete-scout", report=str(n))
    for number in range(PAGE):
        await desk.scouted(f"Player {number}", "Burn", by=SAM)
    yield "/report mine: page 1", await desk.command("report mine")
    yield "/report mine: page 2", await desk.press("report:mine@1:1")
    for revision in range(6, 6 + PAGE):
        await desk.submit(f"{form}:{revision}", comment=f"words {revision}")
    yield "/report history: page 1", await desk.command("report history", report=str(n))
    yield "/report history: page 2", await desk.press(f"report:history@1:{n}:1")
    late = command_timed_out(route_of(f"{form}:1"), desk.locale)
    yield "edit: no answer in time", late
    yield (
        "delete: no answer in time",
        command_timed_out(route_of(f"report:delete@1:{n}:1"), desk.locale),
    )


def route_of(custom_id: str) -> Route:
    return route(ButtonPressed(custom_id=custom_id, message_id=9))


def steady(text: str, first_id: int) -> str:
    """Write what differs from run to run, or with the starter set, as if it did not.

    Report numbers begin with 98, times are one, and archetypes that resemble one are not named.
    """
    numbered = re.sub(
        r"#(\d+)", lambda m: f"#{int(m[1]) - first_id + 98}" if len(m[1]) < 12 else m[0], text
    )
    numbered = re.sub(r"(\*\*Jeskai Control\*\*), \*\*.+?\*\*, \*\*.+?\*\*", r"\1, …, …", numbered)
    return re.sub(r"<t:\d+:R>", "<t:R>", numbered).replace(f"= {first_id}", "= 98")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_about_a_report_reads_as_it_was_reviewed(
    desk_at_event: TeamDesk, language: str
) -> None:
    desk = desk_at_event if language == "en" else desk_at_event.in_french()

    pages = [
        f"## {name} [{conclusion.verdict}]\n{as_text(conclusion.response)}\n"
        async for name, conclusion in story(desk)
    ]
    [[first_id]] = desk.rows("select min(id) from scooty_private.reports where guild_id = %s")
    text = steady("\n".join(pages), first_id)

    assert text == reviewed(HERE / f"report.{language}.md", text)
