"""Whom a member plays, and what the team knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.features.announcements.replies import MY_OPPONENT
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text
from tests.desk_fixture.round_rows import event_id, link, pair

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

JANE, RICK, JACK = "Jane Doe", "Rick Roe", "Jack Poe"
RESULT = """
    insert into scooty_private.results
      (guild_id, event_id, round, player_id, opponent_id, outcome, games_won, games_lost)
    select p.guild_id, p.event_id, p.round, p.player_id, p.opponent_id, 'win', 2, 1
    from scooty_private.pairings p
    join scooty_private.team_links l on l.guild_id = p.guild_id and l.player_id = p.player_id
    where p.guild_id = %s and p.round = 2
"""


async def tapped(desk: TeamDesk, *, of_round: int = 1, by: object = SAM) -> str:
    """What the button under a round's message answers."""
    custom_id = MY_OPPONENT(event_id(desk), of_round)
    return as_text((await desk.press(custom_id, by=by)).response)  # type: ignore[arg-type] # a Person


async def test_one_tap_shows_table_deck_notes_and_the_line_of_ethics(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted(RICK, "Boros Energy", comment="goes wide", by=CAPTAIN)
    desk_at_event.execute(
        "update scooty_private.reports set key_cards = 'Guide of Souls', sideboard = '2 Wear'"
        " where guild_id = %s"
    )
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 12)], points=9)

    text = await tapped(desk_at_event)

    assert text.startswith("🔎 Round 1 · table 12 · Rick Roe\n")
    for part in ("They have 9 points", "**Boros Energy**", "Guide of Souls", "2 Wear", "goes wide"):
        assert part in text
    assert "-- ⏱ Before you sit down only · Open" in text


async def test_the_command_answers_as_the_button_does(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted(RICK)
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 12)])

    assert await desk_at_event.says("opponent") == await tapped(desk_at_event)


async def test_an_opponent_whom_nobody_reported_is_named_all_the_same(
    desk_at_event: TeamDesk,
) -> None:
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 12)])

    text = await tapped(desk_at_event)

    assert "Round 1 · table 12 · Rick Roe" in text
    assert "Nobody has reported" in text
    assert "Before you sit down only" in text


async def test_what_was_known_in_other_events_is_shown_of_an_unreported_opponent(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted(RICK, "Burn")
    await desk_at_event.open_event("Second")
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, None)])

    assert "Open: **Burn** · sure" in await tapped(desk_at_event)


async def test_earlier_meetings_are_told_with_how_they_ended(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted(RICK)
    link(desk_at_event, SAM, JANE)
    link(desk_at_event, ROBIN, JACK)
    pair(desk_at_event, 1, [(JACK, RICK, 3)])
    pair(desk_at_event, 2, [(JANE, RICK, 4)])
    desk_at_event.execute(RESULT)
    await desk_at_event.open_event("Second")
    pair(desk_at_event, 1, [(JANE, RICK, 5)])

    text = await tapped(desk_at_event)

    assert (
        "**The team has met them:**\n"
        "• Open, Round 2 · you · won 2-1\n"
        f"• Open, Round 1 · <@{ROBIN.user_id}>"
    ) in text


async def test_this_round_and_later_ones_are_no_earlier_meetings(desk_at_event: TeamDesk) -> None:
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 3)])
    pair(desk_at_event, 2, [(JANE, RICK, 4)])

    earlier = await desk_at_event.says("opponent", round=1)
    newest = await desk_at_event.says("opponent")

    assert "met them" not in earlier
    assert "round 2 is up by now" in earlier
    assert "• Round 1 · you" in newest


async def test_an_old_message_shows_the_new_opponent_and_says_so(desk_at_event: TeamDesk) -> None:
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 3)])
    pair(desk_at_event, 2, [(JANE, JACK, 4)])

    text = await tapped(desk_at_event, of_round=1)

    assert "Round 2 · table 4 · Jack Poe" in text
    assert "the message that you tapped is of round 1" in text


async def test_who_is_not_linked_is_told_how(desk_at_event: TeamDesk) -> None:
    pair(desk_at_event, 1, [(JANE, RICK, 3)])

    assert "`/team link`" in await tapped(desk_at_event)


async def test_before_any_pairings_there_is_nobody(desk_at_event: TeamDesk) -> None:
    link(desk_at_event, SAM, JANE)

    assert "No pairings yet" in await tapped(desk_at_event)


async def test_a_round_that_was_never_applied_is_said_to_be_none(desk_at_event: TeamDesk) -> None:
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 3)])

    assert "No pairings of round 7" in await desk_at_event.says("opponent", round=7)


async def test_without_an_event_there_is_nobody(team_desk: TeamDesk) -> None:
    assert "No active event" in await team_desk.says("opponent")


async def test_a_bye_is_said_to_be_one(desk_at_event: TeamDesk) -> None:
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, None, None)])

    assert "you have a bye" in await tapped(desk_at_event)


async def test_who_is_not_among_the_pairings_is_told_what_to_look_at(
    desk_at_event: TeamDesk,
) -> None:
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(RICK, JACK, 3)])

    assert "not among the pairings" in await tapped(desk_at_event)


async def test_of_a_teammate_nothing_is_shown_but_who_they_are(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted(RICK, "Boros Energy")
    link(desk_at_event, SAM, JANE)
    link(desk_at_event, ROBIN, RICK)
    pair(desk_at_event, 1, [(JANE, RICK, 3)])

    text = await tapped(desk_at_event)

    assert f"**Rick Roe** is <@{ROBIN.user_id}>, of your own team" in text
    assert "Boros" not in text


async def test_in_a_draft_no_notes_are_shown(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted(RICK, "Boros Energy", comment="goes wide")
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 3)])
    await desk_at_event.command("event phase", by=CAPTAIN, phase="draft")

    text = await tapped(desk_at_event)

    assert "nobody may read notes while drafting" in text
    assert "Round 1 · table 3 · Rick Roe" in text
    assert not {"Boros", "wide"} & set(text.replace(":", " ").split())


async def test_another_guild_finds_nobody_by_the_same_button(desk_at_event: TeamDesk) -> None:
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 3)])
    custom_id = MY_OPPONENT(event_id(desk_at_event), 1)
    other = desk_at_event.other_guild()
    await other.open_event()

    answered = as_text((await other.press(custom_id)).response)

    assert "Rick" not in answered
    assert "Not linked" in answered


async def test_the_card_of_a_much_reported_opponent_is_cut_and_pages(
    desk_at_event: TeamDesk,
) -> None:
    for _ in range(12):
        await desk_at_event.scouted(RICK, "Boros Energy", comment="x" * 480)
    link(desk_at_event, SAM, JANE)
    pair(desk_at_event, 1, [(JANE, RICK, 3)])

    assert "[▶️Older]" in await tapped(desk_at_event)
