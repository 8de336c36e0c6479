"""Every answer about decklists, in both languages, in files that people read and review."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk_fixture.decks import ENERGY, HOME_BREW, paste, upload_deck
from tests.desk_fixture.desk import CAPTAIN, ROBIN
from tests.desk_fixture.reading import as_text, reply_of, reviewed

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

ANSWERS = Path(__file__).parent / "answers"
BOTH = ENERGY.replace("4 Static Prison", "4 Crashing Footfalls").replace(
    "20 Mountain", "4 Living End\n4 Violent Outburst\n4 Shardless Agent\n8 Mountain"
)
YORION = "59 Island\n@everyone\nthree more\n\nSideboard\n15 Counterspell\n1 Yorion, Sky Nomad\n"


class Written:
    """The page while it is written."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def note(self, situation: str, said: Conclusion) -> Conclusion:
        self.parts.append(f"## {situation} [{said.verdict}]\n{as_text(said.response)}\n")
        return said

    @property
    def text(self) -> str:
        text = re.sub(r"<t:\d+:R>", "<t>", "\n".join(self.parts))
        return re.sub(r"<@\d{15}(\d+)>", r"<@\1>", text)


def press_of(said: Conclusion, place: int) -> str:
    """Return the id of a button of the first row."""
    return reply_of(said).rows[0].components[place].custom_id


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_about_decklists_reads_as_it_was_reviewed(
    team_desk: TeamDesk, language: str
) -> None:
    page = Written()
    desk = team_desk.in_french() if language == "fr" else team_desk
    page.note("Add: no event", await paste(desk, "Jane Doe", ENERGY))
    page.note("Show: no event", await desk.command("deck show", player="Jane Doe"))
    await desk.command("event create", by=CAPTAIN, name="RC Lyon", format="Modern")
    page.note("Add: the form", await desk.command("deck add", player="Jane Doe"))
    first = page.note("Add: a new player", await paste(desk, "Jane Doe", ENERGY))
    page.note("Report as", await desk.press(press_of(first, 0)))
    page.note("Report as, again", await desk.press(press_of(first, 0)))
    page.note("Show", await desk.command("deck show", player="Jane Doe"))
    tied = await paste(desk, "Jane Doe", BOTH, by=ROBIN)
    second = page.note("Add: known, two rules", tied)
    page.note("Keep list only", await desk.press(press_of(second, 0), by=ROBIN))
    third = page.note("Add: alike name, no rule", await paste(desk, "Jnae Doe", YORION))
    page.note("Cancel", await desk.press(press_of(third, -1)))
    gone = await paste(desk, "Rick Roe", ENERGY)
    import_id = press_of(gone, 0).split(":")[2]
    page.note("An archetype that is none", await desk.press(f"deck:report@1:{import_id}:999999999"))
    page.note("Show: alike names", await desk.command("deck show", player="Jnae Doe"))
    await desk.scouted("Rick Roe")
    page.note("Show: no list", await desk.command("deck show", player="Rick Roe"))
    page.note("Show: nobody", await desk.command("deck show", player="Zebulon"))
    page.note("Show: no such event", await desk.command("deck show", player="Jane Doe", event="?"))
    page.note("A file: no card", await upload_deck(desk, "Jane Doe", "hello\n" + "x" * 400))
    page.note("A file: too large", await upload_deck(desk, "Jane Doe", b"", size=10**6))
    page.note("A file: not fetched", await upload_deck(desk, "Jane Doe", None))
    many = "".join(f"1 Card{n}x\n" for n in range(251))
    page.note("A file: too many cards", await upload_deck(desk, "Jane Doe", many))
    page.note("A form without a name", await paste(desk, " ", HOME_BREW))
    await desk.command("event phase", by=CAPTAIN, phase="draft")
    page.note("Show: in a draft", await desk.command("deck show", player="Jane Doe"))
    waits = await paste(desk, "Jane Doe", HOME_BREW)
    await desk.open_event("Next")
    page.note("Keep: the event is over", await desk.press(press_of(waits, 0)))

    assert page.text == reviewed(ANSWERS / f"deck.{language}.md", page.text)
