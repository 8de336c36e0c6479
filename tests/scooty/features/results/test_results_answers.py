"""Every answer of results, matchups and the team's record, in both languages, for review."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import linked, paired
from tests.desk_fixture.reading import as_text, reply_of, reviewed
from tests.desk_fixture.resulted import resulted

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent / "answers"
SAMS, ROBINS = "Sam *Player*", "Robin Player"


def undo_of(conclusion: Conclusion) -> str:
    [row] = reply_of(conclusion).rows
    [button] = row.components
    return button.custom_id


async def pages(desk: TeamDesk) -> list[str]:
    """Play some rounds of a small team, and write down what it is told."""
    written: list[str] = []

    def keep(title: str, conclusion: Conclusion) -> None:
        text = as_text(conclusion.response)
        written.append(f"## {title} [{conclusion.verdict}]\n{text}\n")

    async def note(title: str, path: str, *, by: Person = SAM, **options: Any) -> Conclusion:
        conclusion = await desk.command(path, by=by, **options)
        keep(title, conclusion)
        return conclusion

    await note("/result: no event", "result win")
    await note("/team record: no event", "team record")
    await desk.open_event("RC *Lyon*")
    await note("/result: not linked", "result win")
    linked(desk, {SAM: SAMS, ROBIN: ROBINS})
    await note("/result: no pairings", "result win")
    await note("/team record: nothing", "team record")
    await desk.scouted("Burn Player", "Burn")
    paired(desk, 1, [(SAMS, "Burn Player", 4), (ROBINS, None, None)])
    first = await note("/result: decks unknown", "result loss", score="2-1")
    await desk.scouted(SAMS, "Boros Energy")
    second = await note("/result: replaces", "result win", score="2-1")
    await note("/result: a score of another end", "result win", score="1-2")
    await note("/result: bye", "result win", by=ROBIN)
    await note("/result: another one’s", "result win", by=ROBIN, player=SAMS)  # noqa: RUF001 - as it is printed
    await note("/result: no teammate", "result win", by=CAPTAIN, player="Burn Player")
    await note("/result: no such round", "result win", round=7)
    await note("/result: another opponent", "result win", opponent="Zoe Zed")
    await note("/result: oneself", "result win", round=7, opponent=SAMS)
    keep("undo: told anew since", await desk.press(undo_of(first)))
    keep("undo: somebody else", await desk.press(undo_of(second), by=ROBIN))
    keep("undo: back to the one before", await desk.press(undo_of(second)))
    paired(desk, 2, [("Burn Player", "Zoe Zed", 1)])
    await note("/result: not paired", "result draw")
    third = await note("/result: an opponent by name", "result draw", opponent="Zoe Zed")
    keep("undo", await desk.press(undo_of(third)))
    await desk.command("event phase", by=CAPTAIN, phase="draft")
    await note("/result: draft", "result win")

    for number in range(10):
        await desk.scouted(f"Titan Player {number}", "Amulet Titan")
    await desk.scouted("Mirror Player", "Boros Energy")
    rounds = [(number, SAMS, "Burn Player", "win") for number in range(3, 9)]
    more = [(9, SAMS, "Titan Player 1", "draw"), (10, SAMS, "Mirror Player", "win")]
    unknown = [
        (11, SAMS, "Zoe Zed", "loss"),
        (3, ROBINS, "Zoe Zed", "win"),
        (4, ROBINS, SAMS, "win"),
    ]
    resulted(desk, [*rounds, *more, *unknown])
    await note("/matchup", "matchup", ours="Boros Energy", theirs="Burn")
    await note("/matchup: little", "matchup", ours="Boros Energy", theirs="Amulet Titan")
    await note("/matchup: mirror", "matchup", ours="Boros Energy", theirs="Boros Energy")
    await note("/matchup: unknown", "matchup", ours="Zzz", theirs="Burn")
    await note("/team record", "team record")
    return written


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_answers_read_as_they_were_reviewed(team_desk: TeamDesk, language: str) -> None:
    desk = team_desk.in_french() if language == "fr" else team_desk

    text = re.sub(r"<t:\d+:(\w)>", r"<t:…:\1>", "\n".join(await pages(desk)))

    assert text == reviewed(HERE / f"results.{language}.md", text)
