"""``/result``: how matches ended, over a real database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import linked, paired
from tests.desk_fixture.reading import as_text, button
from tests.desk_fixture.rounds import results

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

SAMS, ROBINS = "Sam Player", "Robin Player"


@pytest.fixture
def desk(desk_at_event: TeamDesk) -> TeamDesk:
    """A team of two in the first round: Sam plays Jane Doe, Robin has a bye."""
    linked(desk_at_event, {SAM: SAMS, ROBIN: ROBINS})
    paired(desk_at_event, 1, [(SAMS, "Jane Doe", 4), (ROBINS, None, None)])
    return desk_at_event


async def told(desk: TeamDesk, how: str, **options: Any) -> Conclusion:
    conclusion = await desk.command(f"result {how}", **options)
    assert conclusion.verdict == "ok", as_text(conclusion.response)
    return conclusion


async def refused(desk: TeamDesk, how: str, **options: Any) -> str:
    conclusion = await desk.command(f"result {how}", **options)
    assert conclusion.verdict == "refused", as_text(conclusion.response)
    return as_text(conclusion.response)


async def test_a_result_is_of_ones_own_player_against_whom_the_pairings_name(
    desk: TeamDesk,
) -> None:
    await desk.scouted("Jane Doe", "Burn")

    text = as_text((await told(desk, "win", score="2-1")).response)

    assert results(desk) == [(1, SAMS, "Jane Doe", "win", 2, 1, 0, SAM.user_id)]
    assert "Saved: round 1, win 2-1" in text
    assert "**Sam Player** against **Jane Doe** (Burn" in text
    assert "Deck unknown: **Sam Player**" in text


async def test_a_score_may_be_left_out(desk: TeamDesk) -> None:
    await told(desk, "draw")

    assert results(desk) == [(1, SAMS, "Jane Doe", "draw", None, None, None, SAM.user_id)]


async def test_the_newest_round_is_meant_unless_another_is_named(desk: TeamDesk) -> None:
    paired(desk, 2, [(SAMS, "Rick Roe", 2)])

    await told(desk, "win")
    await told(desk, "loss", score="2-0", round=1)

    assert results(desk) == [
        (1, SAMS, "Jane Doe", "loss", 0, 2, 0, SAM.user_id),
        (2, SAMS, "Rick Roe", "win", None, None, None, SAM.user_id),
    ]


async def test_a_second_result_replaces_the_first_and_says_what_it_was(desk: TeamDesk) -> None:
    await told(desk, "loss", score="1-2")

    text = as_text((await told(desk, "win", score="2-1")).response)

    assert "This takes the place of what was told before: loss 1-2 against **Jane Doe**" in text
    assert results(desk) == [(1, SAMS, "Jane Doe", "win", 2, 1, 0, SAM.user_id)]


async def test_a_repeated_request_tells_once_and_answers_the_same(desk: TeamDesk) -> None:
    first = await told(desk, "loss", request_id=77)
    await told(desk, "win")

    again = await told(desk, "loss", request_id=77)

    assert as_text(again.response) == as_text(first.response)
    assert results(desk)[0][3] == "win"
    assert desk.rows(
        "select count(*) from scooty_private.audit where guild_id = %s and action = 'result'"
    ) == [(2,)]


async def test_of_two_who_tell_at_once_the_second_replaces_the_first(desk: TeamDesk) -> None:
    both = await asyncio.gather(
        told(desk, "win"), told(desk, "loss", by=CAPTAIN, player=SAMS), told(desk, "draw")
    )

    replacing = [each for each in both if "takes the place" in as_text(each.response)]
    assert len(results(desk)) == 1
    assert len(replacing) == 2


async def test_undo_takes_a_first_result_back(desk: TeamDesk) -> None:
    saved = await told(desk, "win")

    undone = await desk.press(button(saved, "Undo"), request_id=88)
    again = await desk.press(button(saved, "Undo"), request_id=88)

    assert "Round 1 of **Sam Player** (win) no longer counts" in as_text(undone.response)
    assert as_text(again.response) == as_text(undone.response)
    assert results(desk) == []


async def test_undo_puts_back_what_was_replaced(desk: TeamDesk) -> None:
    await told(desk, "loss", score="1-2")
    saved = await told(desk, "win")

    undone = await desk.press(button(saved, "Undo"))

    assert "counts again: loss 1-2 against **Jane Doe**" in as_text(undone.response)
    assert results(desk) == [(1, SAMS, "Jane Doe", "loss", 1, 2, 0, SAM.user_id)]


async def test_what_a_file_told_is_put_back_as_the_files(desk: TeamDesk) -> None:
    await told(desk, "loss")
    desk.execute("update scooty_private.results set told_by = null where guild_id = %s")

    saved = await told(desk, "win")
    await desk.press(button(saved, "Undo"))

    assert "file said: loss" in as_text(saved.response)
    assert results(desk) == [(1, SAMS, "Jane Doe", "loss", None, None, None, None)]


async def test_undo_leaves_a_result_that_was_told_anew_since(desk: TeamDesk) -> None:
    saved = await told(desk, "win")
    await told(desk, "draw")

    late = await desk.press(button(saved, "Undo"))

    assert late.verdict == "refused"
    assert "Nothing to take back" in as_text(late.response)
    assert results(desk)[0][3] == "draw"


@pytest.mark.parametrize(("by", "verdict"), [(ROBIN, "refused"), (CAPTAIN, "ok")])
async def test_a_result_is_taken_back_by_who_told_it_or_a_captain(
    desk: TeamDesk, by: Person, verdict: str
) -> None:
    saved = await told(desk, "win")

    pressed = await desk.press(button(saved, "Undo"), by=by)

    assert pressed.verdict == verdict
    assert len(results(desk)) == (verdict == "refused")


async def test_another_guild_takes_nothing_back(desk: TeamDesk) -> None:
    saved = await told(desk, "win")
    other = desk.other_guild()

    pressed = await other.press(button(saved, "Undo"), by=CAPTAIN)

    assert pressed.verdict == "refused"
    assert len(results(desk)) == 1


async def test_a_captain_tells_a_teammates_result(desk: TeamDesk) -> None:
    await told(desk, "win", by=CAPTAIN, player="player sam")

    [(player_id,)] = desk.rows(
        "select player_id from scooty_private.results where guild_id = %s and outcome = 'win'"
    )
    await told(desk, "loss", by=CAPTAIN, player=str(player_id))

    assert results(desk) == [(1, SAMS, "Jane Doe", "loss", None, None, None, CAPTAIN.user_id)]


async def test_nobody_else_tells_a_teammates_result(desk: TeamDesk) -> None:
    assert "Only captains tell results of others" in await refused(
        desk, "win", by=ROBIN, player=SAMS
    )
    assert results(desk) == []


async def test_naming_oneself_is_no_other(desk: TeamDesk) -> None:
    await told(desk, "win", player=SAMS)

    assert len(results(desk)) == 1


async def test_without_pairings_the_opponent_is_named_and_becomes_a_player(
    desk_at_event: TeamDesk,
) -> None:
    linked(desk_at_event, {SAM: SAMS})

    await told(desk_at_event, "win", round=3, opponent="New Face")
    await told(desk_at_event, "win", round=4, opponent="face, new")

    assert [row[:4] for row in results(desk_at_event)] == [
        (3, SAMS, "New Face", "win"),
        (4, SAMS, "New Face", "win"),
    ]


async def test_the_paired_opponent_may_be_named_too(desk: TeamDesk) -> None:
    await told(desk, "win", opponent="doe jane")

    assert len(results(desk)) == 1


async def test_each_thing_that_is_missing_has_its_own_answer(desk: TeamDesk) -> None:
    paired(desk, 2, [("Rick Roe", "Zoe Zed", 1)])

    assert "Say so with `/team link`" in await refused(desk, "win", by=CAPTAIN)
    assert "a bye in round 1" in await refused(desk, "win", by=ROBIN, round=1)
    assert "not in the pairings of round 2" in await refused(desk, "win")
    assert "no pairings of round 9" in await refused(desk, "win", round=9)
    assert "another opponent in round 1" in await refused(
        desk, "win", round=1, opponent="Nobody Yet"
    )
    assert "a match against oneself" in await refused(desk, "win", opponent=SAMS)
    assert "No member is linked" in await refused(desk, "win", by=CAPTAIN, player="Jane Doe")
    assert "is not the score of a match" in await refused(desk, "win", score="1-2")
    assert results(desk) == []
    assert desk.rows(
        "select count(*) from scooty_private.players where guild_id = %s and name = 'Nobody Yet'"
    ) == [(0,)]


async def test_without_any_round_it_says_what_to_add(desk_at_event: TeamDesk) -> None:
    linked(desk_at_event, {SAM: SAMS})

    assert "`round` and `opponent`" in await refused(desk_at_event, "win")
    assert "`round` and `opponent`" in await refused(desk_at_event, "win", round=1)
    assert "`round` and `opponent`" in await refused(desk_at_event, "win", opponent="Jane Doe")


async def test_without_an_event_nothing_is_kept(team_desk: TeamDesk) -> None:
    assert "no active event" in await refused(team_desk, "win")


async def test_matches_of_a_draft_are_not_kept(desk: TeamDesk) -> None:
    await desk.command("event phase", by=CAPTAIN, phase="draft")

    assert "a draft is being played" in await refused(desk, "win")
    assert results(desk) == []


async def test_the_audit_tells_of_both(desk: TeamDesk) -> None:
    saved = await told(desk, "win")
    await desk.press(button(saved, "Undo"))

    text = await desk.says("audit", by=CAPTAIN)

    assert "told how a match of round 1 of **Open** ended" in text
    assert "took back how a match of round 1 ended" in text
