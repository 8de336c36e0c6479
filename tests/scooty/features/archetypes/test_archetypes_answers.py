"""Every answer of ``/archetype``, in both languages, in two files that people read and review.

Run with ``SCOOTY_REWRITE_ANSWERS=1`` to write the files anew, then read what changed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.replies import Reply
from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent / "answers"
ALIAS = {"archetype": "Burn", "alias": "Bolt Bolt"}
NEW = {
    "name": "Turbo Otters",
    "colours": "bleu rouge",
    "format": "Modern, Legacy",
    "emoji": "🦦",
    "colour": "#00FF7F",
    "aliases": "TO, Otter Pile",
}
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("added", "add", NEW),
    ("names in use", "add", NEW),
    ("no colours", "add", {"name": "X1", "colours": "purple"}),
    ("no format", "add", {"name": "X1", "format": "chess"}),
    ("no emoji", "add", {"name": "X1", "emoji": "@everyone"}),
    ("no colour", "add", {"name": "X1", "colour": "red"}),
    ("an alias that is no name", "add", {"name": "X1", "aliases": "!!"}),
    ("too many aliases", "add", {"name": "X1", "aliases": ",".join(f"y{n}" for n in range(21))}),
    ("nothing to change", "edit", {"archetype": "Burn"}),
    ("changed", "edit", {"archetype": "Burn", "colour": "#ED4245"}),
    ("renamed", "edit", {"archetype": "Merfolk", "name": "Fish *Tribe*"}),
    ("unknown", "edit", {"archetype": "Burnn", "colours": "R"}),
    ("name added", "alias", ALIAS),
    ("name added twice", "alias", ALIAS),
    ("name removed", "alias", {**ALIAS, "remove": True}),
    ("name removed twice", "alias", {**ALIAS, "remove": True}),
    ("proper name kept", "alias", {"archetype": "Burn", "alias": "burn", "remove": True}),
    ("retired", "retire", {"archetype": "Burn"}),
    ("retired twice", "retire", {"archetype": "Burn"}),
    ("a retired name is in use", "add", {"name": "Burn"}),
    ("brought back", "retire", {"archetype": "Burn", "restore": True}),
    ("brought back twice", "retire", {"archetype": "Burn", "restore": True}),
    ("merge of one", "merge", {"archetype": "Burn", "into": "Boros Burn"}),
    ("merge into nothing", "merge", {"archetype": "Burn", "into": "zzz"}),
    ("list of two formats", "list", {"format": "modern legacy"}),
)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_about_archetypes_reads_as_it_was_reviewed(
    desk_at_event: TeamDesk, language: str
) -> None:
    desk = desk_at_event.in_french() if language == "fr" else desk_at_event
    await desk.scouted("Jane Doe", "Burn")
    await desk.scouted("Rick Roe", "Mill")
    pages = []

    def note(title: str, conclusion: Any) -> Reply | None:
        text = re.sub(r"<t:\d+:R>", "<t:0:R>", as_text(conclusion.response))
        pages.append(f"## {title} [{conclusion.verdict}]\n{text}\n")
        return conclusion.response if isinstance(conclusion.response, Reply) else None

    for title, path, options in STEPS:
        done = await desk.command(f"archetype {path}", by=CAPTAIN, request_id=None, **options)
        note(f"/archetype {path}: {title}", done)
    await desk.command("archetype retire", by=CAPTAIN, archetype="Mill")
    told = await desk.command("scout", opponent="Jon Doe", archetype="Mill")
    note("/scout: a retired archetype", told)
    shown = note(
        "/archetype merge: shown",
        await desk.command("archetype merge", by=CAPTAIN, archetype="Burn", into="Turbo Otters"),
    )
    assert shown is not None
    confirm, cancel = (component.custom_id for component in shown.rows[0].components)
    note("/archetype merge: cancelled", await desk.press(cancel, by=CAPTAIN))
    note("/archetype merge: confirmed", await desk.press(confirm, by=CAPTAIN))
    note("/archetype merge: pressed again", await desk.press(confirm, by=CAPTAIN))
    listed = note("/archetype list: first", await desk.command("archetype list", format="legacy"))
    assert listed is not None
    for number in range(1, 4):
        later = listed.rows[0].components[1].custom_id.replace(":1:", f":{number}:")
        note(f"/archetype list: page {number + 1}", await desk.press(later))
    note("/archetype list: none", await desk.command("archetype list", format="premodern"))
    text = "\n".join(pages)

    assert text == reviewed(HERE / f"archetype.{language}.md", text)
