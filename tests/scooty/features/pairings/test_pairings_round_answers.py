"""Every answer of ``/pairings import`` and ``/standings import``, as it was reviewed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.testing import Probe
from scooty.core.round_applied import RoundApplied
from scooty.domain.announcing import NowhereToAnnounce
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, button, reviewed
from tests.desk_fixture.rounds import link, paste_pairings, upload_round

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
WORDS = {
    "en": {
        "apply": "Apply",
        "more": "Add another paste",
        "number": "Another round",
        "replace": "Replace",
        "merge": "Merge",
        "drop": "Cancel",
    },
    "fr": {
        "apply": "Appliquer",
        "more": "Coller la suite",
        "number": "Autre ronde",
        "replace": "Remplacer",
        "merge": "Fusionner",
        "drop": "Annuler",
    },
}
FIRST = (
    "12  Doe, Jane (9)  vs.  Roe, Rick (9)\n13  Moe, Ann  vs.  Jon Smith\n14  *Zoe* Low  vs.  bye"
)
STRAY = (
    "17  Bo Ray  vs.  Ivy Orr\n15  Jane Doe  vs.  Ada Lee\nhello\n16  A  vs.  B  vs.  C\nA\n—\nX\nY"
)
ROUNDS = "round,player 1,player 2\n1,Jane Doe,Rick Roe\n2,Jane Doe,Ann Moe\n2,Rick Roe,Bye\n"


def stable(text: str) -> str:
    return "\n".join(
        line.split("<t:")[0] + "<time>" + line.split(":R>")[1] if "<t:" in line else line
        for line in text.split("\n")
    )


def page(answers: dict[str, Conclusion]) -> str:
    return stable(
        "\n".join(f"## {name}\n{as_text(each.response)}\n" for name, each in answers.items())
    )


async def field(desk: TeamDesk) -> None:
    await desk.open_event()
    for name in ("Jane Doe", "Rick Roe", "John Smith", "Ann Moe"):
        await desk.scouted(name)
    link(desk, SAM, "Jane Doe")
    link(desk, ROBIN, "Ann Moe")


@pytest.mark.parametrize("language", WORDS)
async def test_every_answer_about_pairings_is_as_it_was_reviewed(
    team_desk: TeamDesk, language: str
) -> None:
    announcer = Probe("announcer")
    announcer.answer(RoundApplied, NowhereToAnnounce())
    desk = replace(team_desk, ports=replace(team_desk.ports, announcer=announcer.address))
    desk = desk if language == "en" else desk.in_french()
    words = WORDS[language]
    answers = {
        "the form": await desk.command("pairings import", by=CAPTAIN),
        "no event": await paste_pairings(desk, FIRST),
    }
    await field(desk)
    previewed = await paste_pairings(desk, FIRST)
    more = await desk.press(button(previewed, words["more"]), by=CAPTAIN)
    apply = button(previewed, words["apply"])
    added = await desk.submit(apply.replace("apply", "add"), by=CAPTAIN, pasted=STRAY)
    numbering = await desk.press(button(added, words["number"]), by=CAPTAIN)
    numbered = await desk.submit(apply.replace("apply", "number"), by=CAPTAIN, round="5")
    answers |= {
        "a preview": previewed,
        "one more paste": more,
        "with one more paste": added,
        "a paste with nothing new": await desk.submit(
            apply.replace("apply", "add"), by=CAPTAIN, pasted=FIRST
        ),
        "another round": numbering,
        "no such round": await desk.submit(
            apply.replace("apply", "number"), by=CAPTAIN, round="five"
        ),
        "numbered": numbered,
        "one chosen": await desk.choose(apply.replace("apply", "same"), "3", by=CAPTAIN),
        "applied": await desk.press(apply, by=CAPTAIN),
        "applied twice": await desk.press(apply, by=CAPTAIN),
    }
    again = await upload_round(desk, "Round 5\n1  Jane Doe  vs.  Zoe Low")
    answers |= {
        "a round that is there": again,
        "merged": await desk.press(button(again, words["merge"]), by=CAPTAIN),
    }
    named = await upload_round(desk, FIRST.replace("12 ", "Round 6\n12 "), round=5)
    answers |= {
        "told otherwise": named,
        "replaced": await desk.press(button(named, words["replace"]), by=CAPTAIN),
        "several rounds": await upload_round(desk, ROUNDS),
        "not in it": await upload_round(desk, ROUNDS, round=9),
        "cancelled": await desk.press(
            button(await upload_round(desk, FIRST), words["drop"]), by=CAPTAIN
        ),
        "nothing in it": await upload_round(desk, "hello\nworld"),
        "too much": await upload_round(desk, "ab\n" * 20_001),
        "a file too large": await upload_round(desk, "", size=9_000_000),
        "a file that is not there": await upload_round(desk, None),
    }
    late = await upload_round(desk, FIRST)
    await desk.open_event("Later")
    answers["another event"] = await desk.press(button(late, words["apply"]), by=CAPTAIN)

    assert page(answers) == reviewed(
        HERE / "answers" / f"pairings_import.{language}.md", page(answers)
    )


@pytest.mark.parametrize("language", WORDS)
async def test_every_answer_about_standings_is_as_it_was_reviewed(
    team_desk: TeamDesk, language: str
) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()
    words = WORDS[language]
    text = "1  Doe, Jane  9  3-0-0\n2  Jon Smith  7  2-0-1\n3  Ada Lee  6  2-1-0\nhello"
    path = "standings import"
    answers = {
        "the form": await desk.command(path, by=CAPTAIN),
        "no event": await upload_round(desk, text, path=path),
    }
    await field(desk)
    previewed = await upload_round(desk, text, path=path)
    answers |= {
        "a preview": previewed,
        "one more paste": await desk.press(button(previewed, words["more"]), by=CAPTAIN),
        "applied": await desk.press(button(previewed, words["apply"]), by=CAPTAIN),
        "applied twice": await desk.press(button(previewed, words["apply"]), by=CAPTAIN),
        "standings that are there": await upload_round(desk, text, path=path),
        "nothing in it": await upload_round(desk, "hello\nworld", path=path),
    }

    assert page(answers) == reviewed(
        HERE / "answers" / f"standings_import.{language}.md", page(answers)
    )
