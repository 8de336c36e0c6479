"""What applying ``/pairings import`` does: replaced, merged, twice, and by two at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, button
from tests.desk_fixture.rounds import (
    apply_pairings,
    link,
    pairings,
    results,
    upload_round,
)

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

OTHER_CAPTAIN = replace(CAPTAIN, user_id=CAPTAIN.user_id + 100, display_name="Kim")
ROUND = "1  Jane Doe  vs.  Rick Roe\n2  Ann Moe  vs.  Pat Poe\n3  Zoe Low  vs.  bye\n"
PENDING = "select count(*) from scooty_private.pending_imports where guild_id = %s"
DEEDS = "select action, detail from scooty_private.audit where guild_id = %s order by id"
LISTED = """
    select p.name from scooty_private.event_players t
    join scooty_private.players p on p.guild_id = t.guild_id and p.id = t.player_id
    where t.guild_id = %s and t.listed_at is not null order by p.name
"""


async def apply(
    desk: TeamDesk, previewed: Conclusion, label: str = "Apply", *, request_id: int | None = None
) -> Conclusion:
    return await desk.press(button(previewed, label), by=CAPTAIN, request_id=request_id)


def opponents(desk: TeamDesk) -> dict[str, str | None]:
    return {name: opponent for _, _, _, name, opponent, _ in pairings(desk)}


async def test_an_applied_round_pairs_everybody_and_lists_them(desk_at_event: TeamDesk) -> None:
    applied = await apply(desk_at_event, await upload_round(desk_at_event, ROUND))

    assert applied.verdict == "ok"
    assert pairings(desk_at_event) == [
        (1, 2, None, "Ann Moe", "Pat Poe", None),
        (1, 1, None, "Jane Doe", "Rick Roe", None),
        (1, 2, None, "Pat Poe", "Ann Moe", None),
        (1, 1, None, "Rick Roe", "Jane Doe", None),
        (1, 3, None, "Zoe Low", None, None),
    ]
    assert len(desk_at_event.rows(LISTED)) == 5
    assert desk_at_event.rows(PENDING) == [(0,)]
    [(action, detail)] = desk_at_event.rows(DEEDS)[-1:]
    assert (action, detail["round"], detail["tables"], detail["mode"]) == (
        "import pairings",
        1,
        2,
        "new",
    )


async def test_a_round_that_is_there_is_replaced_or_merged_and_never_by_apply_alone(
    desk_at_event: TeamDesk,
) -> None:
    early = await upload_round(desk_at_event, "1  Jane Doe  vs.  Lou Low", round=2)
    await apply_pairings(desk_at_event, ROUND, round_number=2)

    asked = await apply(desk_at_event, early)

    assert "**Round 2 is there already.**" in as_text(asked.response)
    assert opponents(desk_at_event)["Jane Doe"] == "Rick Roe"
    assert {button(asked, "Replace"), button(asked, "Merge")} == {
        button(early, "Apply").replace("apply", verb) for verb in ("replace", "merge")
    }


async def test_replacing_a_round_leaves_nothing_of_it(desk_at_event: TeamDesk) -> None:
    await apply_pairings(desk_at_event, ROUND, round_number=2)

    replaced = await apply_pairings(
        desk_at_event, "9  Jane Doe  vs.  Lou Low", round_number=2, label="Replace"
    )

    assert opponents(desk_at_event) == {"Jane Doe": "Lou Low", "Lou Low": "Jane Doe"}
    assert "4 players of the round as it was before have no table" in as_text(replaced.response)


async def test_merging_a_round_keeps_the_tables_of_those_who_are_not_in_the_file(
    desk_at_event: TeamDesk,
) -> None:
    await apply_pairings(desk_at_event, ROUND, round_number=2)

    merged = await apply_pairings(
        desk_at_event, "9  Jane Doe  vs.  Zoe Low", round_number=2, label="Merge"
    )

    assert opponents(desk_at_event) == {
        "Ann Moe": "Pat Poe",
        "Jane Doe": "Zoe Low",
        "Pat Poe": "Ann Moe",
        "Zoe Low": "Jane Doe",
    }
    assert "1 player of the round as it was before has no table" in as_text(merged.response)


async def test_results_of_a_file_follow_its_pairings_and_never_overrule_a_person(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.scouted("Ann Moe")
    link(desk_at_event, SAM, "Jane Doe")
    link(desk_at_event, ROBIN, "Ann Moe")
    header = "table,player 1,player 2,result\n"
    text = f"{header}1,Jane Doe,Rick Roe,2-0\n2,Ann Moe,Pat Poe,0-2\n"
    await apply_pairings(desk_at_event, text, round_number=1)
    desk_at_event.execute(
        "update scooty_private.results set told_by = 5, outcome = 'draw'"
        " where guild_id = %s and outcome = 'loss'"
    )

    await apply_pairings(desk_at_event, text, round_number=1, label="Merge")
    after_the_same = results(desk_at_event)
    await apply_pairings(
        desk_at_event, f"{header}1,Jane Doe,Lou Low,\n", round_number=1, label="Merge"
    )

    by_person = (1, "Ann Moe", "Pat Poe", "draw", 0, 2, 0, 5)
    assert after_the_same == [by_person, (1, "Jane Doe", "Rick Roe", "win", 2, 0, 0, None)]
    assert results(desk_at_event) == [by_person]


async def test_players_who_became_one_since_the_preview_stand_in_the_round_once(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.scouted("Jean Roe")
    previewed = await upload_round(
        desk_at_event, "1  Doe Jane  vs.  Pat Poe\n2  Jean Roe  vs.  Lou Low\n3  A B  vs.  C D"
    )
    ids = dict(
        desk_at_event.rows("select name, id from scooty_private.players where guild_id = %s")
    )
    await desk_at_event.press(f"player:merge@1:{ids['Jean Roe']}:{ids['Jane Doe']}", by=CAPTAIN)

    applied = await apply(desk_at_event, previewed)

    assert opponents(desk_at_event) == {
        "A B": "C D",
        "C D": "A B",
        "Jean Roe": "Pat Poe",
        "Pat Poe": "Jean Roe",
    }
    assert "1 line is left out" in as_text(applied.response)


async def test_the_same_apply_is_answered_the_same_and_another_one_finds_nothing(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await upload_round(desk_at_event, ROUND)

    answers = [
        await apply(desk_at_event, previewed, request_id=desk_at_event.guild_id) for _ in range(2)
    ]
    again = await apply(desk_at_event, previewed)

    assert as_text(answers[0].response) == as_text(answers[1].response)
    assert again.verdict == "refused"
    assert len([deed for deed in desk_at_event.rows(DEEDS) if deed[0] == "import pairings"]) == 1


async def test_of_two_captains_who_apply_one_round_at_once_one_is_asked(
    desk_at_event: TeamDesk,
) -> None:
    texts = ("1  Jane Doe  vs.  Rick Roe", "1  Jane Doe  vs.  Pat Poe")
    captains = (CAPTAIN, OTHER_CAPTAIN)
    previews = [
        await upload_round(desk_at_event, text, by=who, round=1)
        for text, who in zip(texts, captains, strict=True)
    ]

    answers = await asyncio.gather(
        *(
            desk_at_event.press(button(each, "Apply"), by=who)
            for each, who in zip(previews, captains, strict=True)
        )
    )

    titles = sorted(as_text(each.response).split("\n")[1] for each in answers)
    assert titles == ["⚠️ Round 1 of Open: apply it?", "✅ Round 1 is up"]
    assert len(opponents(desk_at_event)) == 2


async def test_applying_rounds_while_players_are_reported_makes_each_of_them_once(
    desk_at_event: TeamDesk,
) -> None:
    names = [f"Player {chr(97 + n)}{chr(97 + n)}" for n in range(12)]
    text = "\n".join(f"{n + 1}  {names[n]}  vs.  {names[n + 6]}" for n in range(6))
    turned = "\n".join(f"{n + 1}  {names[11 - n]}  vs.  {names[n]}" for n in range(6))
    previews = [
        await upload_round(desk_at_event, each, round=number)
        for number, each in enumerate((text, turned), 1)
    ]

    await asyncio.gather(
        *(apply(desk_at_event, each) for each in previews),
        *(desk_at_event.scouted(name) for name in names),
    )

    assert len(pairings(desk_at_event)) == 24
    known = "select count(*) from scooty_private.players where guild_id = %s"
    assert desk_at_event.rows(known) == [(12,)]


async def test_pairings_of_an_event_that_was_closed_are_not_applied(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await upload_round(desk_at_event, ROUND)
    await desk_at_event.open_event("Later")

    refused = await apply(desk_at_event, previewed)

    assert refused.verdict == "refused"
    assert "Open" in as_text(refused.response)
    assert pairings(desk_at_event) == []
