"""``/pairings import`` at a desk, over a real database: the preview, and what applying it does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.interactions import AttachmentOption, CommandInvoked, Option
from actors.discord_gateway.replies import Select, ShowModal
from scooty.commands import route
from scooty.domain.files import MAX_FILE_BYTES
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, button, reply_of
from tests.desk_fixture.rounds import (
    apply_pairings,
    link,
    pairings,
    paste_pairings,
    results,
    upload_round,
)

if TYPE_CHECKING:
    from scooty.commands import Conclusion
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


async def add(desk: TeamDesk, previewed: Conclusion, text: str) -> Conclusion:
    form = await desk.press(button(previewed, "Add another paste"), by=CAPTAIN)
    assert isinstance(form.response, ShowModal)
    return await desk.submit(form.response.custom_id, by=CAPTAIN, pasted=text)


def opponents(desk: TeamDesk) -> dict[str, str | None]:
    return {name: opponent for _, _, _, name, opponent, _ in pairings(desk)}


async def test_a_preview_changes_nothing(desk_at_event: TeamDesk) -> None:
    previewed = await upload_round(desk_at_event, ROUND)

    assert previewed.verdict == "ok"
    assert pairings(desk_at_event) == []
    assert desk_at_event.rows(LISTED) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_a_preview_counts_tables_teammates_known_opponents_and_skipped_lines(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Rick Roe")
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.scouted("Ann Moe")
    link(desk_at_event, SAM, "Jane Doe")
    link(desk_at_event, ROBIN, "Ann Moe")

    previewed = await upload_round(desk_at_event, f"Round 5\n{ROUND}4  Jane Doe  vs.  Lou Woe\nhm")

    said = as_text(previewed.response)
    assert "**R5: 2 tables, 2 teammates, 1 opponent known, 2 lines skipped**" in said
    assert "5: somebody in it stands in an earlier line · Jane Doe – Lou Woe" in said  # noqa: RUF001 - as it is shown
    assert "6: one player only, and no word of a bye · hm" in said


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


async def test_the_round_is_that_of_the_option_then_of_the_file_then_the_next_one(
    desk_at_event: TeamDesk,
) -> None:
    await apply_pairings(desk_at_event, f"Round 4\n{ROUND}")

    said = [
        as_text(each.response)
        for each in (
            await upload_round(desk_at_event, f"Round 6\n{ROUND}", round=9),
            await upload_round(desk_at_event, f"Round 6\n{ROUND}"),
            await upload_round(desk_at_event, ROUND),
        )
    ]

    assert [line.split("\n")[0] for line in said] == [
        f"⚠️ Round {number} of Open: apply it?" for number in (9, 6, 5)
    ]
    assert "It says round 6; you said 9" in said[0]
    assert "**5** comes next" in said[2]


async def test_of_a_file_of_several_rounds_the_newest_or_the_named_one_is_taken(
    desk_at_event: TeamDesk,
) -> None:
    text = "round,player 1,player 2\n1,Jane Doe,Rick Roe\n2,Jane Doe,Ann Moe\n2,Rick Roe,Bye\n"

    newest = as_text((await upload_round(desk_at_event, text)).response)
    first = as_text((await upload_round(desk_at_event, text, round=1)).response)
    refused = await upload_round(desk_at_event, text, round=7)

    assert "**R2: 1 table," in newest
    assert "1 table of another round is not taken (rounds in it: 1, 2)" in newest
    assert "**R1: 1 table," in first
    assert "2 tables of other rounds" in first
    assert refused.verdict == "refused"
    assert "1, 2" in as_text(refused.response)


async def test_a_person_says_which_round_it_is_where_the_file_does_not(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await upload_round(desk_at_event, ROUND)

    form = await desk_at_event.press(button(previewed, "Another round"), by=CAPTAIN)
    assert isinstance(form.response, ShowModal)
    wrong = await desk_at_event.submit(form.response.custom_id, by=CAPTAIN, round="31")
    numbered = await desk_at_event.submit(form.response.custom_id, by=CAPTAIN, round=" 7 ")
    await apply(desk_at_event, numbered)

    assert wrong.verdict == "refused"
    assert {number for number, *_ in pairings(desk_at_event)} == {7}


async def test_pastes_of_one_round_add_up_and_players_stand_in_it_once(
    desk_at_event: TeamDesk,
) -> None:
    form = await desk_at_event.command("pairings import", by=CAPTAIN, round=3)
    assert isinstance(form.response, ShowModal)
    first = await desk_at_event.submit(
        form.response.custom_id, by=CAPTAIN, pasted="1  Jane Doe  vs.  Rick Roe"
    )
    second = await add(
        desk_at_event, first, "1  Doe, Jane  vs.  Roe, Rick\n2  Ann Moe  vs.  Pat Poe"
    )
    await apply(desk_at_event, second)

    assert "**R3: 2 tables, 0 teammates, 0 opponents known, 1 line skipped**" in as_text(
        second.response
    )
    assert opponents(desk_at_event) == {
        "Ann Moe": "Pat Poe",
        "Jane Doe": "Rick Roe",
        "Pat Poe": "Ann Moe",
        "Rick Roe": "Jane Doe",
    }


async def test_a_later_paste_tells_the_round_when_the_first_one_did_not(
    desk_at_event: TeamDesk,
) -> None:
    first = await paste_pairings(desk_at_event, "1  Jane Doe  vs.  Rick Roe")

    second = await add(desk_at_event, first, "Round 6\n2  Ann Moe  vs.  Pat Poe")
    third = await add(desk_at_event, second, "Round 7\n3  Lou Low  vs.  Zoe Woe")

    assert "R6: 2 tables" in as_text(second.response)
    assert third.verdict == "refused"
    assert "It is not round 6" in as_text(third.response)


async def test_a_paste_that_is_sent_again_is_added_once(desk_at_event: TeamDesk) -> None:
    first = await paste_pairings(desk_at_event, "1  Jane Doe  vs.  Rick Roe")
    form = button(first, "Add another paste").replace("more", "add")

    said = [
        as_text(
            (
                await desk_at_event.submit(
                    form,
                    by=CAPTAIN,
                    pasted="2  Ann Moe  vs.  Pat Poe",
                    request_id=desk_at_event.guild_id,
                )
            ).response
        )
        for _ in range(2)
    ]

    assert "R1: 2 tables" in said[0]
    # Read anew, all of it stands in the import already; nothing is in it twice.
    assert "No pairing to take" in said[1]


async def test_pastes_that_arrive_at_once_are_all_added(desk_at_event: TeamDesk) -> None:
    first = await paste_pairings(desk_at_event, "1  Jane Doe  vs.  Rick Roe")
    form = button(first, "Add another paste").replace("more", "add")

    await asyncio.gather(
        *(
            desk_at_event.submit(form, by=CAPTAIN, pasted=f"{place}  Ann {name}  vs.  Bo {name}")
            for place, name in enumerate(("Moe", "Poe"), 2)
        )
    )
    await apply(desk_at_event, first)

    assert len(opponents(desk_at_event)) == 6


async def test_a_name_that_is_only_alike_is_a_new_player_unless_it_is_chosen(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("John Smith")
    await desk_at_event.scouted("Catherine Deer")
    link(desk_at_event, SAM, "John Smith")
    previewed = await upload_round(
        desk_at_event, "1  Jon Smith  vs.  Rick Roe\n2  Katherine Deer  vs.  Pat Poe"
    )
    selects = [each for row in reply_of(previewed).rows for each in row.components]
    [select] = [each for each in selects if isinstance(each, Select)]

    chosen = await desk_at_event.choose(select.custom_id, select.options[0].value, by=CAPTAIN)
    await apply(desk_at_event, chosen)

    assert "❔ Jon Smith → John Smith" in as_text(previewed.response)
    assert [each.label for each in select.options] == [
        "Jon Smith → John Smith",
        "Katherine Deer → Catherine Deer",
    ]
    assert "0 teammates" in as_text(previewed.response)
    assert "1 teammate," in as_text(chosen.response)
    assert set(opponents(desk_at_event)) == {"John Smith", "Rick Roe", "Katherine Deer", "Pat Poe"}


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


async def test_a_preview_is_nobody_elses(desk_at_event: TeamDesk) -> None:
    previewed = await upload_round(desk_at_event, ROUND)

    for desk, who in ((desk_at_event, OTHER_CAPTAIN), (desk_at_event.other_guild(), CAPTAIN)):
        await desk.open_event() if desk is not desk_at_event else None
        for verb in ("apply", "replace", "merge", "drop"):
            await desk.press(button(previewed, "Apply").replace("apply", verb), by=who)
        added = await desk.submit(
            button(previewed, "Apply").replace("apply", "add"), by=who, pasted="1 A B vs C D"
        )
        numbered = await desk.submit(
            button(previewed, "Apply").replace("apply", "number"), by=who, round="9"
        )
        chosen = await desk.choose(button(previewed, "Apply").replace("apply", "same"), "0", by=who)
        assert {added.verdict, numbered.verdict, chosen.verdict} == {"refused"}
        assert pairings(desk) == []

    applied = await apply(desk_at_event, previewed)
    assert len(opponents(desk_at_event)) == 5
    assert "Round 1 is up" in as_text(applied.response)


async def test_a_cancelled_preview_is_forgotten(desk_at_event: TeamDesk) -> None:
    previewed = await upload_round(desk_at_event, ROUND)

    await desk_at_event.press(button(previewed, "Cancel"), by=CAPTAIN)

    assert desk_at_event.rows(PENDING) == [(0,)]
    assert (await apply(desk_at_event, previewed)).verdict == "refused"


async def test_pairings_of_an_event_that_was_closed_are_not_applied(
    desk_at_event: TeamDesk,
) -> None:
    previewed = await upload_round(desk_at_event, ROUND)
    await desk_at_event.open_event("Later")

    refused = await apply(desk_at_event, previewed)

    assert refused.verdict == "refused"
    assert "Open" in as_text(refused.response)
    assert pairings(desk_at_event) == []


async def test_only_captains_import(desk_at_event: TeamDesk) -> None:
    previewed = await upload_round(desk_at_event, ROUND)

    verdicts = {
        (await desk_at_event.command("pairings import", by=SAM)).verdict,
        (await paste_pairings(desk_at_event, ROUND, by=SAM)).verdict,
        (await desk_at_event.press(button(previewed, "Apply"), by=SAM)).verdict,
    }

    assert verdicts == {"refused"}
    assert pairings(desk_at_event) == []


@pytest.mark.parametrize(
    ("content", "size"), [(b"x", MAX_FILE_BYTES + 1), (b"x" * (MAX_FILE_BYTES + 1), 100)]
)
async def test_a_file_that_is_too_large_is_refused_whatever_it_says(
    desk_at_event: TeamDesk, content: bytes, size: int
) -> None:
    refused = await upload_round(desk_at_event, content, size=size)

    assert refused.verdict == "refused"
    assert "5120 KiB" in as_text(refused.response)


@pytest.mark.parametrize(
    "content",
    ["ab\n" * 20_001, "\n".join(f"{n}  Player a{n}  vs.  Player b{n}" for n in range(2_501))],
)
async def test_more_than_a_round_is_refused(desk_at_event: TeamDesk, content: str) -> None:
    refused = await upload_round(desk_at_event, content)

    assert "Too much" in as_text(refused.response)


def test_only_the_form_must_be_the_first_answer() -> None:
    named = CommandInvoked(path="pairings import", options=(Option(name="round", value=4),))
    file = AttachmentOption(id=1, filename="r", size=1, content_type=None, url="https://x/r")
    filled = CommandInvoked(path="pairings import", options=(Option(name="file", value=file),))

    assert (route(named).deferral, route(filled).deferral) == ("never", "reply")
