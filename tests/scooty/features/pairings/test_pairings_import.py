"""``/pairings import`` at a desk, over a real database: the preview, and who may have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.interactions import AttachmentOption, CommandInvoked, Option
from actors.discord_gateway.replies import Select, ShowModal
from scooty.domain.files import MAX_FILE_BYTES
from scooty.features.registry import route
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, button, reply_of
from tests.desk_fixture.rounds import (
    apply_pairings,
    link,
    pairings,
    paste_pairings,
    upload_round,
)

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

OTHER_CAPTAIN = replace(CAPTAIN, user_id=CAPTAIN.user_id + 100, display_name="Kim")
ROUND = "1  Jane Doe  vs.  Rick Roe\n2  Ann Moe  vs.  Pat Poe\n3  Zoe Low  vs.  bye\n"
PENDING = "select count(*) from scooty_private.pending_imports where guild_id = %s"
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


async def test_a_preview_of_the_longest_names_still_says_that_nothing_is_changed(
    desk_at_event: TeamDesk,
) -> None:
    names = [f"{'*_' * 45}{chr(97 + place) * 8}" for place in range(24)]
    for name in names[:12]:
        await desk_at_event.scouted(f"{name}q")
    lines = [f"{n}  {names[n]}  vs.  {names[n + 12]}" for n in range(12)]
    lines += [f"9  {names[0]}  vs.  {name}" for name in names[12:]]

    previewed = await upload_round(desk_at_event, "\n".join(lines))

    assert "Nothing is changed until you apply it." in as_text(previewed.response)


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
