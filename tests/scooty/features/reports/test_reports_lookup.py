"""``/report history``, ``/report mine`` and what is offered while a report is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Button, OfferChoices, Reply, UpdateMessage
from scooty.features.reports.calls.editing import PAGE
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk


def newest(desk: TeamDesk) -> int:
    [[report_id]] = desk.rows("select max(id) from scooty_private.reports where guild_id = %s")
    return int(report_id)


def buttons(conclusion: Conclusion) -> dict[str, str]:
    response = conclusion.response
    reply = response.reply if isinstance(response, UpdateMessage) else response
    assert isinstance(reply, Reply)
    return {
        part.label: part.custom_id
        for row in reply.rows
        for part in row.components
        if isinstance(part, Button)
    }


async def offered(
    desk: TeamDesk, text: str, *, by: Person = SAM, path: str = "report edit"
) -> dict[str, str]:
    choices = (await desk.typing(path, "report", by=by, report=text)).response
    assert isinstance(choices, OfferChoices)
    return {str(each.value): each.name for each in choices.choices}


async def test_a_history_says_who_changed_what(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", comment="fast")
    report_id = newest(desk_at_event)
    await desk_at_event.submit(
        f"report:save-edit@1:{report_id}:1", archetype="Jeskai Control", round="3"
    )
    await desk_at_event.submit(f"report:save-edit@1:{report_id}:2", by=CAPTAIN, comment="")
    await desk_at_event.press(f"scout:undo@1:{report_id}")
    await desk_at_event.press(f"report:restore@1:{report_id}", by=CAPTAIN)

    text = await desk_at_event.says("report history", report=str(report_id))

    sam, max_ = f"<@{SAM.user_id}>", f"<@{CAPTAIN.user_id}>"
    entries = re.findall(r"^\*\*(\d)\*\* · (<@\d+>)", text, re.MULTILINE)
    assert entries == [("5", max_), ("4", sam), ("3", max_), ("2", sam), ("1", sam)]
    assert re.search(r"\*\*5\*\*.*\nRestored", text)
    assert re.search(r"\*\*4\*\*.*\nDeleted", text)
    assert re.search(r"\*\*3\*\*.*\n\*\*Comment\*\* fast → —\n", text)
    assert "**Archetype** Burn → Jeskai Control" in text
    assert "**Round** — → 3" in text
    assert "4 changes" in text


async def test_a_long_history_is_paged(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    report_id = newest(desk_at_event)
    for revision in range(1, PAGE + 3):
        await desk_at_event.submit(
            f"report:save-details@1:{report_id}:{revision}",
            key_cards=f"{revision} {'*' * 490}",
            sideboard=f"{revision} {'_' * 490}",
            play_pattern=f"{revision} {'~' * 490}",
        )

    first = await desk_at_event.command("report history", report=str(report_id))
    second = await desk_at_event.press(buttons(first)["Older"])

    assert "page 1 of 2" in as_text(first.response)
    assert "· made" not in as_text(first.response)
    assert "**3** · " in as_text(second.response)
    assert "· made" in as_text(second.response)
    assert buttons(second)["Newer"] == f"report:history@1:{report_id}:0"
    assert "page 2 of 2" in as_text(
        (await desk_at_event.press(f"report:history@1:{report_id}:{2**62}")).response
    )


async def test_a_colleague_and_another_guild_read_no_history(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", comment="secret")
    turn = f"report:history@1:{newest(desk_at_event)}:0"

    refused = [
        await desk_at_event.press(turn, by=ROBIN),
        await desk_at_event.other_guild().press(turn, by=CAPTAIN),
    ]

    assert {each.verdict for each in refused} == {"refused"}
    assert all("secret" not in as_text(each.response) for each in refused)
    assert (await desk_at_event.press(turn, by=CAPTAIN)).verdict == "ok"


async def test_ones_own_reports_are_listed_the_newest_first_with_their_numbers(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jon Roe", "Burn", by=ROBIN)
    for number in range(PAGE + 1):
        await desk_at_event.scouted(f"Player {number}", "Burn")
    await desk_at_event.press(f"scout:undo@1:{newest(desk_at_event)}")

    first = await desk_at_event.command("report mine")
    second = await desk_at_event.press(buttons(first)["Older"])

    listed = re.findall(r"\*\*#(\d+)\*\*", as_text(first.response))
    assert listed == [str(newest(desk_at_event) - place) for place in range(PAGE)]
    assert re.search(rf"🗑️ \*\*#{listed[0]}\*\* .*· deleted\n", as_text(first.response))
    assert f"{PAGE + 1} reports · page 1 of 2" in as_text(first.response)
    assert "Player 0" in as_text(second.response)
    assert "Jon Roe" not in as_text(first.response) + as_text(second.response)


async def test_there_are_no_own_reports_without_an_event_or_before_the_first(
    desk_at_event: TeamDesk,
) -> None:
    none_yet = await desk_at_event.command("report mine")
    no_event = await desk_at_event.other_guild().command("report mine")

    assert "/scout" in as_text(none_yet.response)
    assert (none_yet.verdict, no_event.verdict) == ("ok", "refused")


async def test_reports_are_offered_by_number_player_and_archetype(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control")
    jane = str(newest(desk_at_event))
    await desk_at_event.scouted("Jon Roe", "Burn")
    jon = str(newest(desk_at_event))

    assert await offered(desk_at_event, "") == {
        jon: f"#{jon} Jon Roe · Burn · 0 min ago",
        jane: f"#{jane} Jane Doe · Jeskai Control · 0 min ago",
    }
    assert list(await offered(desk_at_event, "jáne")) == [jane]
    assert list(await offered(desk_at_event, "jesk")) == [jane]
    assert list(await offered(desk_at_event, f"#{jon}")) == [jon]
    assert await offered(desk_at_event, "%") == {}


async def test_a_scout_is_offered_their_own_and_a_captain_all(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.scouted("Jon Roe", "Burn", by=ROBIN)

    assert len(await offered(desk_at_event, "", by=SAM)) == 1
    assert len(await offered(desk_at_event, "", by=CAPTAIN)) == 2
    assert await offered(desk_at_event.other_guild(), "", by=CAPTAIN) == {}


async def test_only_a_history_offers_what_was_deleted(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    deleted = str(newest(desk_at_event))
    await desk_at_event.press(f"scout:undo@1:{deleted}")

    assert await offered(desk_at_event, "") == {}
    assert list(await offered(desk_at_event, "", path="report history")) == [deleted]


async def test_a_label_of_the_longest_names_fits(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("A" + "🂡" * 99, "Jeskai Control")

    [label] = (await offered(desk_at_event.in_french(), "")).values()

    assert label.endswith("· Jeskai Control · il y a 0 min")


async def test_at_most_25_reports_are_offered(desk_at_event: TeamDesk) -> None:
    for number in range(27):
        await desk_at_event.scouted(f"Player {number}", "Burn")

    assert len(await offered(desk_at_event, "player")) == 25
