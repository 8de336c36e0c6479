"""Every answer of ``/coverage`` and ``/assign``, in both languages, in files that people review."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typing_extensions import override

from scooty.core.calls import NoCalls
from scooty.core.ports import ChartsPort
from scooty.features.coverage.replies.assignments import HAND_OVER, RELEASE
from scooty.features.coverage.replies.coverage import CLAIM, RELEASE_OWN, place_on_page
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import id_of, linked, paired, placed
from tests.desk_fixture.reading import as_text, reply_of, reviewed

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.charts.drawing import Chart
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent / "answers"
POINTS = {"Ann *Able*": 9, "Bob Best": 9, "Cleo Cross": 6, "Dan Drew": 1}
TABLES = [("Ann *Able*", "Bob Best", 1), ("Cleo Cross", "Dan Drew", 2), ("Eve East", None, None)]


class Drawer(ChartsPort):
    """Draws something."""

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        return b"png"


def settled(text: str) -> str:
    """Take out what differs from run to run: times."""
    return re.sub(r"<t:\d+:(\w)>", r"<t:…:\1>", text)


class Notebook:
    """What people are told, one after the other."""

    def __init__(self, desk: TeamDesk) -> None:
        self.desk = desk
        self.written: list[str] = []

    async def command(
        self, title: str, path: str, *, by: Person = SAM, **options: Any
    ) -> Conclusion:
        return self.note(title, await self.desk.command(path, by=by, **options))

    async def choose(self, title: str, custom_id: str, name: str) -> Conclusion:
        value = str(id_of(self.desk, name))
        return self.note(title, await self.desk.choose(custom_id, value))

    async def press(self, title: str, custom_id: str, *, by: Person = CAPTAIN) -> Conclusion:
        return self.note(title, await self.desk.press(custom_id, by=by))

    def note(self, title: str, said: Conclusion) -> Conclusion:
        files = [f"(in words) {file.description}\n" for file in reply_of(said).files]
        text = "".join((as_text(said.response), "\n", *files))
        self.written.append(f"## {title} [{said.verdict}]\n{text}")
        return said


async def pages(desk: TeamDesk) -> list[str]:
    """Watch a round, and write down what people are told."""
    book = Notebook(desk)
    member = SAM.user_id
    await book.command("/coverage: no event", "coverage")
    await book.command("/assign: no event", "assign", by=CAPTAIN, member=member)
    await desk.open_event("RC Lyon")
    await book.command("/coverage: nobody plays", "coverage")
    await desk.scouted("Zoe Zed")
    placed(desk, {"Bob Best": (2, 9)})
    await book.command("/coverage: before the first round", "coverage")
    await book.command("/coverage: no pairings at all", "coverage", round=2)
    paired(desk, 4, TABLES, points=POINTS)
    await book.command("/coverage: a round without pairings", "coverage", round=5)
    await book.command("/coverage", "coverage")
    event_id = desk.rows("select id from scooty_private.events where guild_id = %s")[0][0]
    here = event_id, place_on_page(4, 0)
    await book.choose("claim", CLAIM(*here), "Ann *Able*")
    await book.choose("claim: one's own", CLAIM(*here), "Ann *Able*")
    await book.command("/assign", "assign", by=CAPTAIN, member=ROBIN.user_id, player="Bob Best")
    await book.choose("claim: somebody's", CLAIM(*here), "Bob Best")
    await book.choose("release: somebody's", RELEASE_OWN(*here), "Bob Best")
    await book.choose("release", RELEASE_OWN(*here), "Ann *Able*")
    await book.choose("release: nobody's", RELEASE_OWN(*here), "Ann *Able*")
    await book.command(
        "/assign: watched by another", "assign", by=CAPTAIN, member=member, player="Bob Best"
    )
    best = id_of(desk, "Bob Best")
    await book.press("hand over", HAND_OVER(best, member))
    await book.press("hand over: has them already", HAND_OVER(best, member))
    await book.press("let go: not a captain's", RELEASE(event_id, best), by=ROBIN)
    await book.press("let go", RELEASE(event_id, best))
    await book.press("let go: nobody's", RELEASE(event_id, best))
    await _reports(book, here)
    await _rest(book, here)
    return book.written


async def _reports(book: Notebook, here: tuple[int, int]) -> None:
    """Let reports end watches, until nobody is free."""
    desk, member = book.desk, SAM.user_id
    await desk.choose(CLAIM(*here), str(id_of(desk, "Ann *Able*")))
    await book.command("/assign: whoever is free", "assign", by=CAPTAIN, member=member)
    await book.command("/scout: one's own", "scout", opponent="Ann *Able*", archetype="Burn")
    await book.command("/assign", "assign", by=CAPTAIN, member=member, player="Bob Best")
    await book.command(
        "/scout: another's", "scout", by=ROBIN, opponent="Bob Best", archetype="Burn"
    )
    linked(desk, {ROBIN: "Cleo Cross"})
    for name in ("Bob Best", "Cleo Cross", "Zoe Zed", "Nobody"):
        title = f"/assign: {name}"
        await book.command(title, "assign", by=CAPTAIN, member=member, player=name)
    for _ in range(2):
        await desk.command("assign", by=CAPTAIN, member=member)
    await book.command("/assign: nobody is free", "assign", by=CAPTAIN, member=member)
    await book.command("/assign: not a captain", "assign", member=member)


async def _rest(book: Notebook, here: tuple[int, int]) -> None:
    """See the map, many players, no database, and another event."""
    desk, member = book.desk, SAM.user_id
    drawn = Notebook(replace(desk, ports=replace(desk.ports, charts=Drawer())))
    await drawn.command("/coverage: with its map", "coverage")
    paired(desk, 5, [(f"Left {n}", f"Right {n}", n) for n in range(1, 40)])
    await book.command("/coverage: many", "coverage")
    away = Notebook(replace(desk, ports=replace(desk.ports, calls=NoCalls())))
    await away.command("/coverage: away", "coverage")
    await away.command("/assign: away", "assign", by=CAPTAIN, member=member)
    await away.choose("claim: away", CLAIM(*here), "Dan Drew")
    await desk.open_event("Next")
    await book.choose("claim: of an event before", CLAIM(*here), "Dan Drew")
    await book.command(
        "/assign: not in the event", "assign", by=CAPTAIN, member=member, player="Dan Drew"
    )
    book.written += [*drawn.written, *away.written]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_about_coverage_reads_as_it_was_reviewed(
    team_desk: TeamDesk, language: str
) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()

    text = settled("\n".join(await pages(desk)))

    assert text == reviewed(HERE / f"coverage.{language}.md", text)
