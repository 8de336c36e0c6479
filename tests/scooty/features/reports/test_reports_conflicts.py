"""Reports that contradict what was known, and cards with more than the newest reports."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.replies import Button, Reply, UpdateMessage
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
LISTED = (
    "with named as (insert into scooty_private.players (guild_id, name) values (%s, 'Rick Roe')"
    " returning id), spelled as (insert into scooty_private.player_names"
    " (guild_id, name_key, word_key, player_id) select %s, 'rick roe', 'rick roe', id from named)"
    " insert into scooty_private.event_players (guild_id, event_id, player_id, listed_at)"
    " select %s, (select id from scooty_private.events where guild_id = %s and status = 'active'),"
    " id, now() from named returning player_id"
)
COUNTING = (
    "select a.name from scooty_private.reports r join scooty_private.archetypes a"
    " on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id"
    " where r.guild_id = %s and r.undone_at is null order by r.id"
)


def buttons(conclusion: Conclusion) -> dict[str, Button]:
    response = conclusion.response
    reply = response.reply if isinstance(response, UpdateMessage) else response
    assert isinstance(reply, Reply)
    found = [each for row in reply.rows for each in row.components if isinstance(each, Button)]
    return {button.label: button for button in found}


async def report(desk: TeamDesk, archetype: str, *, by: Person = SAM, **options: Any) -> Conclusion:
    return await desk.command("scout", by=by, opponent="Jane Doe", archetype=archetype, **options)


async def report_otherwise(desk: TeamDesk) -> dict[str, Button]:
    """Let Sam report Burn and then Living End, which Robin has seen too."""
    await report(desk, "Burn")
    await report(desk, "Burn", by=ROBIN)
    return buttons(await report(desk, "Living End"))


async def test_a_report_that_differs_names_the_report_it_differs_from_and_offers_three_ways(
    desk_at_event: TeamDesk,
) -> None:
    await report(desk_at_event, "Burn")
    [(known,)] = desk_at_event.rows("select id from scooty_private.reports where guild_id = %s")

    differing = await report(desk_at_event, "Living End")

    assert f"Differs from #{known}: **Burn** was known" in as_text(differing.response)
    found = buttons(differing)
    assert list(found) == ["Replace mine", "Keep both", "Cancel", "Edit", "Details"]
    assert not any(button.disabled for button in found.values())


async def test_nothing_of_mine_can_be_replaced_when_only_others_contradict_me(
    desk_at_event: TeamDesk,
) -> None:
    await report(desk_at_event, "Burn", by=ROBIN)

    assert buttons(await report(desk_at_event, "Living End"))["Replace mine"].disabled


async def test_replacing_withdraws_my_contradicting_reports_and_nobody_elses(
    desk_at_event: TeamDesk,
) -> None:
    replace = (await report_otherwise(desk_at_event))["Replace mine"].custom_id

    first = await desk_at_event.press(replace, request_id=4_000_000_001)
    again = await desk_at_event.press(replace, request_id=4_000_000_001)

    assert desk_at_event.rows(COUNTING) == [("Burn",), ("Living End",)]
    assert "Saved, 1 earlier report replaced: Jane Doe" in as_text(first.response)
    assert again.response == first.response
    assert "Undo" in buttons(first)
    counts = (
        "select report_count from scooty_private.event_archetypes where guild_id = %s"
        " order by report_count"
    )
    assert desk_at_event.rows(counts) == [(1,), (1,)]
    deeds = (
        "select action, detail from scooty_private.audit where guild_id = %s"
        " order by id desc limit 1"
    )
    assert desk_at_event.rows(deeds) == [("replace", {"withdrawn": 1})]


async def test_replacing_is_for_the_reporter_and_for_a_report_that_counts(
    desk_at_event: TeamDesk,
) -> None:
    found = await report_otherwise(desk_at_event)
    replace = found["Replace mine"].custom_id

    by_another = await desk_at_event.press(replace, by=ROBIN)
    elsewhere = await desk_at_event.other_guild().press(replace)
    await desk_at_event.press(found["Cancel"].custom_id)
    too_late = await desk_at_event.press(replace)

    assert {by_another.verdict, elsewhere.verdict, too_late.verdict} == {"refused"}
    assert "Only the person who made a report" in as_text(by_another.response)
    assert desk_at_event.rows(COUNTING) == [("Burn",), ("Burn",)]


async def test_keeping_both_changes_nothing_and_shows_both(desk_at_event: TeamDesk) -> None:
    keep = (await report_otherwise(desk_at_event))["Keep both"].custom_id

    kept = await desk_at_event.press(keep)

    assert "Saved, both kept: Jane Doe" in as_text(kept.response)
    assert "also **Living End**, 1 report by <@" in as_text(kept.response)
    assert len(desk_at_event.rows(COUNTING)) == 3
    assert (await desk_at_event.other_guild().press(keep)).verdict == "refused"


async def test_cancelling_takes_the_new_report_back(desk_at_event: TeamDesk) -> None:
    cancel = (await report_otherwise(desk_at_event))["Cancel"].custom_id

    await desk_at_event.press(cancel)

    assert desk_at_event.rows(COUNTING) == [("Burn",), ("Burn",)]


async def test_a_card_of_many_reports_is_turned_until_all_were_seen(
    desk_at_event: TeamDesk,
) -> None:
    for number in range(12):
        await report(desk_at_event, "Burn", comment=f"note {number}")
    card = await desk_at_event.command("check", name="Jane Doe")
    assert buttons(card)["Newer"].disabled

    older = await desk_at_event.press(buttons(card)["Older"].custom_id)

    text = as_text(older.response)
    assert "after 10 newer reports" in text
    assert "note 1\n" in text
    assert "note 2\n" not in text
    assert buttons(older)["Older"].disabled
    newer = await desk_at_event.press(buttons(older)["Newer"].custom_id)
    assert as_text(newer.response).endswith(as_text(card.response))
    strange = await desk_at_event.other_guild().press(buttons(card)["Older"].custom_id)
    assert strange.verdict == "refused"


async def test_a_card_of_few_reports_has_no_buttons(desk_at_event: TeamDesk) -> None:
    await report(desk_at_event, "Burn")

    assert buttons(await desk_at_event.command("check", name="Jane Doe")) == {}


async def test_whatever_was_noted_of_the_deck_is_on_the_card(desk_at_event: TeamDesk) -> None:
    await report(desk_at_event, "Living End", by=ROBIN)
    await report(desk_at_event, "Burn", source="decklist")
    await report(desk_at_event, "Burn", source="decklist")
    rows = desk_at_event.rows(
        "with ranked as (select id, row_number() over (order by id) as place"
        " from scooty_private.reports where guild_id = %s)"
        " update scooty_private.reports r set"
        " key_cards = case place when 1 then 'Grief' when 2 then 'Eidolon' end,"
        " companion = case place when 3 then 'Lurrus' end"
        " from ranked where r.guild_id = %s and r.id = ranked.id returning r.id"
    )
    assert len(rows) == 3

    text = await desk_at_event.says("check", name="Jane Doe")

    assert "**Companion:** Lurrus\n**Key cards:** Eidolon\n" in text
    assert "Grief" not in text


async def test_a_player_can_be_looked_up_in_another_event_by_its_id(
    desk_at_event: TeamDesk,
) -> None:
    await report(desk_at_event, "Burn")
    [(first,)] = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")
    await desk_at_event.command("admin create-event", by=CAPTAIN, name="Second")

    found = await desk_at_event.says("check", name="doe jane", event=str(first))
    several = await desk_at_event.command("check", name="jane", event=str(first))
    nobody = await desk_at_event.says("check", name="Zed Zzyzx", event=str(first))
    now = await desk_at_event.command("check", name="Jane Doe")

    assert "**Burn** 🔴 · sure" in found
    assert "· Open" in found
    assert "/scout" not in nobody
    assert now.verdict == "refused"
    [(jane,)] = desk_at_event.rows("select id from scooty_private.players where guild_id = %s")
    chosen = await desk_at_event.choose(f"check:open@1:{first}", str(jane))
    assert "**Burn**" in as_text(chosen.response)
    assert f"check:open@1:{first}" in repr(several.response)


@pytest.mark.parametrize("event", ["999999999", "Open", "-1"])
async def test_an_event_that_is_not_there_is_an_error(desk_at_event: TeamDesk, event: str) -> None:
    await report(desk_at_event, "Burn")

    conclusion = await desk_at_event.command("check", name="Jane Doe", event=event)

    assert conclusion.verdict == "refused"
    assert "Jane" not in as_text(conclusion.response)


async def test_another_guilds_event_is_not_there(desk_at_event: TeamDesk) -> None:
    await report(desk_at_event, "Burn")
    [(event,)] = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")
    other = desk_at_event.other_guild()

    assert (await other.command("check", name="Jane Doe", event=str(event))).verdict == "refused"
    typed = await desk_at_event.typing("check", "event", name="", event="op")
    assert as_text(typed.response).endswith(f"= {event}")
    assert as_text((await other.typing("check", "event", name="", event="op")).response) == ""


async def test_whoever_is_only_on_the_roster_is_known_to_be_there(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Rick Roebuck", "Burn")
    [(rick,)] = desk_at_event.rows(LISTED)

    named = await desk_at_event.command("check", name="ROE, Rick")
    several = await desk_at_event.command("check", name="rick")
    chosen = await desk_at_event.choose("check:open@1", str(rick))

    assert named.verdict == "ok"
    assert "roster; nobody has reported them yet" in as_text(named.response)
    assert "`/scout opponent:Rick Roe`" in as_text(named.response)
    assert "Rick Roebuck (Burn) | Rick Roe (on the roster, not reported yet)" in as_text(
        several.response
    )
    assert as_text(chosen.response).endswith(as_text(named.response))
    await desk_at_event.scouted("Rick Roe", "Living End")
    assert "**Living End**" in await desk_at_event.says("check", name="Rick Roe")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_answers_read_as_they_were_reviewed(
    desk_at_event: TeamDesk, language: str
) -> None:
    desk = desk_at_event.in_french() if language == "fr" else desk_at_event
    pages: dict[str, Conclusion] = {}
    await report(desk, "Living End", source="told", confidence="guess")
    await desk.command("admin create-event", by=CAPTAIN, name="RC Lyon")
    await report(desk, "Burn", by=ROBIN)
    pages["/scout: differs from others"] = await report(desk, "Living End")
    pages["/scout: differs from my own"] = mine = await report(desk, "Amulet Titan")
    labels = list(buttons(mine).values())
    pages["keep both"] = await desk.press(labels[1].custom_id)
    pages["replace mine: not yours"] = await desk.press(labels[0].custom_id, by=ROBIN)
    pages["replace mine"] = await desk.press(labels[0].custom_id)
    pages["cancel"] = await desk.press(labels[2].custom_id)
    pages["replace mine: gone"] = await desk.press(labels[0].custom_id)
    for _ in range(12):
        await report(desk, "Burn", by=ROBIN)
    pages["/check: many reports"] = many = await desk.command("check", name="Jane Doe")
    pages["older"] = await desk.press(list(buttons(many).values())[1].custom_id)
    pages["/check: nobody"] = await desk.command("check", name="Zed `Zzyzx`")
    desk.rows(LISTED)
    pages["/check: only on the roster"] = await desk.command("check", name="Rick Roe")
    pages["/check: an event that is not there"] = await desk.command(
        "check", name="Jane Doe", event="999999999"
    )
    pages["/scout: a round that is none"] = await desk.command(
        "scout", opponent="Jane Doe", archetype="Burn", round=31
    )
    pages["/scout: a source that is none"] = await report(desk, "Burn", source="dreamt")

    written = "\n".join(
        f"## {name} [{each.verdict}]\n{as_text(each.response)}\n" for name, each in pages.items()
    )

    [(lowest,)] = desk.rows("select min(id) from scooty_private.reports where guild_id = %s")
    # In one go: what was replaced already may look like the next one to be.
    plain = re.sub(
        r"(#|nº )(\d+)",
        lambda found: f"{found[1]}{int(found[2]) - lowest + 90}",
        _without_times(written),
    )
    assert plain == reviewed(HERE / "answers" / f"scouting.{language}.md", plain)


def _without_times(text: str) -> str:
    return re.sub(r"<t:\d+:R>", "<t:0:R>", text)
