"""``/player merge`` at a desk, over a real database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.replies import OfferChoices
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, button, reply_of, reviewed

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
PLAYED = """
    select p.name, e.name, t.report_count, t.last_reported_at, t.consensus_report_id,
      t.consensus_confidence, t.is_contested, t.listed_at
    from scooty_private.event_players t
    join scooty_private.events e on e.guild_id = t.guild_id and e.id = t.event_id
    join scooty_private.players p on p.guild_id = t.guild_id and p.id = t.player_id
    where t.guild_id = %s order by e.id, p.id
"""
NAMES = """
    select n.name_key, n.word_key, n.platform, p.name, p.merged_into
    from scooty_private.player_names n
    join scooty_private.players p on p.guild_id = n.guild_id and p.id = n.player_id
    where n.guild_id = %s order by n.name_key
"""
REPORTS = """
    select r.id, p.name, r.undone_at is null from scooty_private.reports r
    join scooty_private.players p on p.guild_id = r.guild_id and p.id = r.player_id
    where r.guild_id = %s order by r.id
"""


def player_id(desk: TeamDesk, name: str) -> str:
    known = {
        each: str(id_)
        for id_, each in desk.rows(
            "select id, name from scooty_private.players where guild_id = %s"
        )
    }
    return known[name]


def state(desk: TeamDesk) -> list[list[tuple[Any, ...]]]:
    return [desk.rows(sql) for sql in (PLAYED, NAMES, REPORTS)]


async def preview(desk: TeamDesk, player: str, into: str) -> Conclusion:
    return await desk.command("player merge", by=CAPTAIN, player=player, into=into)


async def merge(desk: TeamDesk, player: str, into: str) -> Conclusion:
    asked = await preview(desk, player, into)
    assert asked.verdict == "ok", as_text(asked.response)
    return await desk.press(button(asked, "Merge"), by=CAPTAIN)


async def undo(desk: TeamDesk, merged: Conclusion) -> Conclusion:
    return await desk.press(button(merged, "Undo merge"), by=CAPTAIN)


@pytest.fixture
async def two_events(desk_at_event: TeamDesk) -> TeamDesk:
    """Jon was seen in both events, Jane's twin in the first; one report is undone."""
    desk = desk_at_event
    await desk.scouted("Jane Doe", "Burn")
    await desk.scouted("Jayne Doe", "Jeskai Control", by=ROBIN)
    gone = await desk.command("scout", opponent="Jayne Doe", archetype="Amulet Titan")
    await desk.press(button(gone, "Cancel"))
    await desk.command("admin create-event", by=CAPTAIN, name="Second")
    await desk.scouted("Jayne Doe", "Boros Energy")
    return desk


async def test_a_preview_changes_nothing(two_events: TeamDesk) -> None:
    before = state(two_events)

    asked = await preview(two_events, "Jayne Doe", "Jane Doe")

    assert asked.verdict == "ok"
    assert state(two_events) == before


async def test_a_merge_gives_all_names_appearances_and_reports_to_the_kept(
    two_events: TeamDesk,
) -> None:
    merged = await merge(two_events, "Jayne Doe", "Jane Doe")

    assert merged.verdict == "ok"
    played, names, reports = state(two_events)
    assert [(name, event, count, contested) for name, event, count, *_, contested, _ in played] == [
        ("Jane Doe", "Open", 2, True),
        ("Jane Doe", "Second", 1, False),
    ]
    assert {(key, owner) for key, _, _, owner, _ in names} == {
        ("jane doe", "Jane Doe"),
        ("jayne doe", "Jane Doe"),
    }
    assert {owner for _, owner, _ in reports} == {"Jane Doe"}
    assert "Jane Doe" in await two_events.says("check", name="Jayne Doe")


async def test_undoing_a_merge_restores_everything(two_events: TeamDesk) -> None:
    before = state(two_events)
    merged = await merge(two_events, "Jayne Doe", "Jane Doe")

    undone = await undo(two_events, merged)

    assert undone.verdict == "ok"
    assert state(two_events) == before


async def test_reports_made_since_stay_with_the_kept_player(two_events: TeamDesk) -> None:
    merged = await merge(two_events, "Jayne Doe", "Jane Doe")
    await two_events.scouted("Jayne Doe", "Amulet Titan")

    await undo(two_events, merged)

    played = [(name, event, count) for name, event, count, *_ in two_events.rows(PLAYED)]
    assert played == [
        ("Jane Doe", "Open", 1),
        ("Jayne Doe", "Open", 1),
        ("Jane Doe", "Second", 1),
        ("Jayne Doe", "Second", 1),
    ]


async def test_a_removed_name_comes_back_with_the_undoing(two_events: TeamDesk) -> None:
    before = state(two_events)
    merged = await merge(two_events, "Jayne Doe", "Jane Doe")
    await two_events.command("player alias", player="Jane Doe", alias="Jayne Doe", remove=True)

    await undo(two_events, merged)

    assert state(two_events) == before


async def test_merges_of_one_player_are_undone_in_reverse_order(two_events: TeamDesk) -> None:
    before = state(two_events)
    await two_events.scouted("Jean Doe", "Burn")
    between = state(two_events)
    first = await merge(two_events, "Jayne Doe", "Jane Doe")
    second = await merge(two_events, "Jane Doe", "Jean Doe")

    too_soon = await undo(two_events, first)
    then = await two_events.press(button(too_soon, "Undo that one"), by=CAPTAIN)
    last = await undo(two_events, first)

    assert (too_soon.verdict, then.verdict, last.verdict) == ("refused", "ok", "ok")
    assert "Jane Doe** was merged into **Jean Doe" in as_text(too_soon.response)
    assert state(two_events) == between
    assert before != between
    assert second.verdict == "ok"


async def test_a_cycle_is_refused(two_events: TeamDesk) -> None:
    jane, jayne = player_id(two_events, "Jane Doe"), player_id(two_events, "Jayne Doe")
    asked = await preview(two_events, jane, jayne)
    await merge(two_events, jayne, jane)
    after = state(two_events)

    back = await two_events.press(button(asked, "Merge"), by=CAPTAIN)
    by_hand = await preview(two_events, jane, jayne)

    assert (back.verdict, by_hand.verdict) == ("refused", "refused")
    assert "Merged already" in as_text(by_hand.response)
    assert state(two_events) == after


async def test_a_player_is_not_merged_with_themselves(two_events: TeamDesk) -> None:
    asked = await preview(two_events, "doe, jane", "Jane Doe")

    assert asked.verdict == "refused"
    assert "One player already" in as_text(asked.response)


async def test_a_name_that_does_not_tell_is_refused_with_the_candidates(
    two_events: TeamDesk,
) -> None:
    asked = await preview(two_events, "doe", "Jane Doe")

    assert asked.verdict == "refused"
    text = as_text(asked.response)
    assert "Jane Doe" in text
    assert "Jayne Doe" in text


async def test_the_same_request_merges_once(two_events: TeamDesk) -> None:
    asked = await preview(two_events, "Jayne Doe", "Jane Doe")
    pressed = [
        await two_events.press(button(asked, "Merge"), by=CAPTAIN, request_id=number)
        for number in (two_events.guild_id, two_events.guild_id)
    ]

    assert as_text(pressed[0].response) == as_text(pressed[1].response)
    assert len(two_events.rows("select from scooty_private.player_merges where guild_id = %s")) == 1
    deeds = "select detail from scooty_private.audit where guild_id = %s and action like 'merge%%'"
    [(detail,)] = two_events.rows(deeds)
    assert (detail["reports"], detail["events"]) == (2, 2)


async def test_another_guild_reaches_neither_players_nor_merges(two_events: TeamDesk) -> None:
    asked = await preview(two_events, "Jayne Doe", "Jane Doe")
    merged = await merge(two_events, "Jayne Doe", "Jane Doe")
    before, elsewhere = state(two_events), two_events.other_guild()

    answers = [
        await elsewhere.press(button(asked, "Merge"), by=CAPTAIN),
        await elsewhere.press(button(merged, "Undo merge"), by=CAPTAIN),
        await preview(elsewhere, player_id(two_events, "Jane Doe"), "Jane Doe"),
    ]
    typed = await elsewhere.typing("player merge", "player", by=CAPTAIN, player="j", into="")
    listed = await elsewhere.press("player:merges@1", by=CAPTAIN)

    assert [each.verdict for each in answers] == ["refused"] * 3
    assert not any("Doe**" in as_text(each.response) for each in (*answers, listed))
    assert as_text(typed.response) == ""
    assert state(two_events) == before


@pytest.mark.parametrize(
    "custom_id", ["player:merge@1:1:2", "player:undo-merge@1:1", "player:merges@1"]
)
async def test_only_captains_merge_and_undo(desk_at_event: TeamDesk, custom_id: str) -> None:
    pressed = await desk_at_event.press(custom_id, by=SAM)
    asked = await desk_at_event.command("player merge", by=SAM, player="a", into="b")

    assert (pressed.verdict, asked.verdict) == ("refused", "refused")


async def test_a_merge_is_undone_from_the_list_of_merges(two_events: TeamDesk) -> None:
    before = state(two_events)
    await merge(two_events, "Jayne Doe", "Jane Doe")
    listed = await two_events.press("player:merges@1", by=CAPTAIN)
    [row] = reply_of(listed).rows
    [select] = row.components

    undone = await two_events.choose(
        select.custom_id,
        select.options[0].value,  # type: ignore[union-attr]  # it is a select
        by=CAPTAIN,
    )
    again = await two_events.choose(
        select.custom_id,
        select.options[0].value,  # type: ignore[union-attr]  # it is a select
        by=CAPTAIN,
    )

    assert (undone.verdict, again.verdict) == ("ok", "refused")
    assert state(two_events) == before


async def test_players_are_suggested_with_their_ids(two_events: TeamDesk) -> None:
    typed = await two_events.typing("player merge", "into", by=CAPTAIN, player="x", into="jayn")

    assert isinstance(typed.response, OfferChoices)
    assert [(each.name, each.value) for each in typed.response.choices] == [
        ("Jayne Doe · 2 reports", player_id(two_events, "Jayne Doe"))
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_is_as_it_was_reviewed(two_events: TeamDesk, language: str) -> None:
    desk = two_events if language == "en" else two_events.in_french()
    words = {"en": ("Merge", "Undo merge"), "fr": ("Réunir", "Annuler la fusion")}[language]
    asked = await preview(desk, "Jayne Doe", "Jane Doe")
    cancelled = await desk.press("player:cancel@1", by=CAPTAIN)
    merged = await desk.press(button(asked, words[0]), by=CAPTAIN)
    back = await desk.press(button(asked, words[0]), by=CAPTAIN)
    await desk.scouted("Jean Doe", "Burn")
    further = await preview(desk, "Jane Doe", "Jean Doe")
    await desk.press(button(further, words[0]), by=CAPTAIN)
    too_soon = await desk.press(button(merged, words[1]), by=CAPTAIN)
    answers = {
        "/player merge: asked": asked,
        "/player merge: left at that": cancelled,
        "/player merge: done": merged,
        "/player merge: a merged one": back,
        "/player merge: an event of one alone": further,
        "/player merge: who is meant?": await preview(desk, "doe", "Jean Doe"),
        "/player merge: nobody": await preview(desk, "Xyz Qqq", "Jean Doe"),
        "/player merge: the same": await preview(desk, "Jean Doe", "doe jean"),
        "undo a merge: another comes first": too_soon,
        "undo a merge: gone": await desk.press("player:undo-merge@1:999999999999", by=CAPTAIN),
        "merge: a player who is gone": await desk.press(
            "player:merge@1:999999999998:999999999999", by=CAPTAIN
        ),
    }
    latest = desk.rows("select max(id) from scooty_private.player_merges where guild_id = %s")[0][0]
    undone = await desk.press(f"player:undo-merge@1:{latest}", by=CAPTAIN)
    answers["undo a merge: done"] = undone

    text = "\n".join(f"## {name}\n{as_text(each.response)}\n" for name, each in answers.items())

    assert text == reviewed(HERE / "answers" / f"player_merge.{language}.md", text)
