"""``/event`` and its earlier names, over a real database."""

from __future__ import annotations

import asyncio
import re
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.replies import Button, OfferChoices, Reply, UpdateMessage
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Response
    from tests.desk_fixture.desk import TeamDesk

_ids = count(1_500_000_000_000_000_000)
NOTHING = ("99999999", "Open", "-1", "0", "9" * 19, "1; drop table events", "*")
"""No event's id, or no id at all."""


async def create(desk: TeamDesk, name: str, **options: Any) -> str:
    """Create an event and return its id."""
    created = await desk.command("event create", by=CAPTAIN, name=name, **options)
    assert created.verdict == "ok", as_text(created.response)
    return str(desk.rows("select max(id) from scooty_private.events where guild_id = %s")[0][0])


def statuses(desk: TeamDesk) -> list[tuple[str, str]]:
    return [
        (name, status)
        for name, status in desk.rows(
            "select name, status from scooty_private.events where guild_id = %s order by id"
        )
    ]


def deeds(desk: TeamDesk) -> list[str]:
    return [
        action
        for (action,) in desk.rows(
            "select action from scooty_private.audit where guild_id = %s order by id"
        )
    ]


def buttons(response: Response) -> dict[str, str]:
    reply = response.reply if isinstance(response, UpdateMessage) else response
    assert isinstance(reply, Reply)
    found = [each for row in reply.rows for each in row.components]
    return {each.label: each.custom_id for each in found if isinstance(each, Button)}


async def test_an_event_is_created_with_how_it_is_played_and_shown(team_desk: TeamDesk) -> None:
    await create(team_desk, "RC Lyon", format="modern", decklists="open")

    shown = await team_desk.says("event show")

    assert "RC Lyon" in shown
    assert "Modern · open decklists · Swiss rounds" in shown


async def test_a_format_that_is_not_offered_is_left_out(team_desk: TeamDesk) -> None:
    await create(team_desk, "RC Lyon", format="chess", decklists="secret")

    assert team_desk.rows(
        "select format, decklists from scooty_private.events where guild_id = %s"
    ) == [(None, None)]


async def test_creating_is_audited_once_for_one_request(team_desk: TeamDesk) -> None:
    request_id = next(_ids)

    for _ in range(2):
        await team_desk.command("event create", by=CAPTAIN, request_id=request_id, name="Open")

    assert deeds(team_desk) == ["event_create"]
    assert statuses(team_desk) == [("Open", "active")]


async def test_switching_makes_another_event_active_and_closes_the_one_before(
    team_desk: TeamDesk,
) -> None:
    first = await create(team_desk, "First")
    await team_desk.scouted("Jane Doe", "Burn")
    await create(team_desk, "Second")

    said = await team_desk.says("event switch", by=CAPTAIN, event=first)

    assert "First" in said
    assert "Second" in said
    assert statuses(team_desk) == [("First", "active"), ("Second", "closed")]
    assert "Burn" in await team_desk.says("check", name="Jane Doe")


async def test_a_repeated_switch_is_answered_as_the_first_time_and_does_nothing_more(
    team_desk: TeamDesk,
) -> None:
    first = await create(team_desk, "First")
    second = await create(team_desk, "Second")
    request_id = next(_ids)

    answers = [
        await team_desk.command("event switch", by=CAPTAIN, request_id=request_id, event=first)
    ]
    await team_desk.command("event switch", by=CAPTAIN, event=second)
    answers.append(
        await team_desk.command("event switch", by=CAPTAIN, request_id=request_id, event=first)
    )

    assert answers[0] == answers[1]
    assert statuses(team_desk) == [("First", "closed"), ("Second", "active")]
    assert deeds(team_desk).count("event_switch") == 2


async def test_switching_to_the_active_event_says_so_and_changes_nothing(
    team_desk: TeamDesk,
) -> None:
    event = await create(team_desk, "Open")

    said = await team_desk.command("event switch", by=CAPTAIN, event=event)

    assert said.verdict == "refused"
    assert "Already active" in as_text(said.response)
    assert deeds(team_desk) == ["event_create"]


async def test_closing_keeps_reports_and_leaves_no_active_event(team_desk: TeamDesk) -> None:
    event = await create(team_desk, "Open")
    await team_desk.scouted("Jane Doe", "Burn")

    said = await team_desk.says("event close", by=CAPTAIN, event=event)
    refused = await team_desk.command("scout", opponent="Jane Doe", archetype="Burn")

    assert "Event closed: Open" in said
    assert refused.verdict == "refused"
    assert "1 report by 1 member" in await team_desk.says("event show", event=event)


async def test_closing_a_closed_event_says_since_when_and_changes_nothing(
    team_desk: TeamDesk,
) -> None:
    event = await create(team_desk, "Open")
    await team_desk.command("event close", by=CAPTAIN, event=event)

    said = await team_desk.command("event close", by=CAPTAIN, event=event)

    assert said.verdict == "refused"
    assert "was closed <t:" in as_text(said.response)
    assert deeds(team_desk).count("event_close") == 1


@pytest.mark.parametrize("event", NOTHING)
@pytest.mark.parametrize("path", ["event switch", "event close", "event show"])
async def test_an_unknown_event_is_an_error_and_nothing_changes(
    desk_at_event: TeamDesk, path: str, event: str
) -> None:
    said = await desk_at_event.command(path, by=CAPTAIN, event=event)

    assert said.verdict == "refused"
    assert "No such event" in as_text(said.response)
    assert statuses(desk_at_event) == [("Open", "active")]
    assert deeds(desk_at_event) == ["event_create"]


@pytest.mark.parametrize("path", ["event switch", "event close", "event show"])
async def test_another_guilds_event_is_an_unknown_one(team_desk: TeamDesk, path: str) -> None:
    event = await create(team_desk, "Secret Open")
    other = team_desk.other_guild()
    await create(other, "Own Open")

    said = await other.command(path, by=CAPTAIN, event=event)

    assert said.verdict == "refused"
    assert "No such event" in as_text(said.response)
    assert statuses(team_desk) == [("Secret Open", "active")]


async def test_another_guild_sees_nothing_in_lists_and_choices(team_desk: TeamDesk) -> None:
    await create(team_desk, "Secret Open")
    other = team_desk.other_guild()

    listed = await other.says("event list")
    offered = await other.typing("event show", "event", event="")
    page = await other.press("event:page@1:0")

    assert "Secret" not in listed + as_text(offered.response) + as_text(page.response)


async def test_a_report_to_a_switched_event_is_counted_there(team_desk: TeamDesk) -> None:
    first = await create(team_desk, "First")
    await create(team_desk, "Second")
    await team_desk.command("event switch", by=CAPTAIN, event=first)
    await team_desk.scouted("Jane Doe", "Burn", by=ROBIN)

    listed = await team_desk.says("event list")

    assert re.search(r"🟢 \*\*First\*\*.*\n> 1 player · 1 report\n⚪ \*\*Second\*\*", listed)


async def test_a_list_is_paged_and_turns_to_every_event_once(team_desk: TeamDesk) -> None:
    for number in range(19):
        await create(team_desk, f"Open {number:02}")

    first = await team_desk.command("event list")
    second = await team_desk.press(buttons(first.response)["Next"])
    third = await team_desk.press(buttons(second.response)["Next"])

    pages = [as_text(each.response) for each in (first, second, third)]
    names = re.findall(r"Open \d\d", "".join(pages))
    assert names == [f"Open {number:02}" for number in reversed(range(19))]
    assert "17 to 19 of 19" in pages[2]
    assert set(buttons(third.response)) == {"Back"}
    assert buttons(second.response)["Back"] == "event:page@1:0"


@pytest.mark.parametrize("skipped", [3, 2**63 - 1])
async def test_a_page_after_the_last_is_the_last(desk_at_event: TeamDesk, skipped: int) -> None:
    page = await desk_at_event.press(f"event:page@1:{skipped}")

    assert "**Open** · active" in as_text(page.response)


async def test_choices_are_found_without_case_and_accents_newest_first(
    team_desk: TeamDesk,
) -> None:
    older = await create(team_desk, "Été à Paris")
    newer = await create(team_desk, "PARIS Open 100%")
    await create(team_desk, "RC Lyon")

    found = (await team_desk.typing("event show", "event", event="pâri")).response
    literal = (await team_desk.typing("event show", "event", event="100%")).response

    assert isinstance(found, OfferChoices)
    assert isinstance(literal, OfferChoices)
    assert [choice.value for choice in found.choices] == [newer, older]
    assert [choice.value for choice in literal.choices] == [newer]


async def test_at_most_25_short_unique_choices_are_offered(team_desk: TeamDesk) -> None:
    for number in range(27):
        await create(team_desk, f"{'Very Long Name ' * 6}{number:02}"[:100])

    found = (await team_desk.typing("event switch", "event", by=CAPTAIN, event="very")).response

    assert isinstance(found, OfferChoices)
    assert len({choice.name for choice in found.choices}) == len(found.choices) == 25


async def test_a_phase_is_set_shown_and_repeated_without_harm(desk_at_event: TeamDesk) -> None:
    said = await desk_at_event.says("event phase", by=CAPTAIN, phase="top_cut")
    again = await desk_at_event.command("event phase", by=CAPTAIN, phase="top_cut")

    assert "Phase: top cut" in said
    assert again.verdict == "refused"
    assert "top cut" in await desk_at_event.says("event show")
    assert deeds(desk_at_event) == ["event_create", "event_phase"]


async def test_a_phase_needs_an_active_event_and_a_known_name(team_desk: TeamDesk) -> None:
    without = await team_desk.command("event phase", by=CAPTAIN, phase="draft")
    await create(team_desk, "Open")
    unknown = await team_desk.command("event phase", by=CAPTAIN, phase="finals")

    assert "Only an active event is in a phase" in as_text(without.response)
    assert "takes one of the choices" in as_text(unknown.response)
    assert deeds(team_desk) == ["event_create"]


async def test_facts_count_players_known_and_unknown_and_what_was_undone_not_at_all(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.scouted("Jane Doe", "Boros Energy", by=ROBIN)
    reported = await desk_at_event.command("scout", opponent="Rick Roe", archetype="Burn")
    assert isinstance(reported.response, Reply)
    await desk_at_event.press(buttons(reported.response)["Undo"])

    shown = await desk_at_event.says("event show")

    assert "1 of 2 players are known" in shown
    assert "2 reports by 2 members" in shown


@pytest.mark.parametrize(
    ("status", "expected"), [("active", [("First", "active"), ("Second", "closed")])]
)
async def test_the_earlier_name_switches(
    team_desk: TeamDesk, status: str, expected: list[tuple[str, str]]
) -> None:
    first = await create(team_desk, "First")
    await create(team_desk, "Second")

    await team_desk.command("admin update-event-status", by=CAPTAIN, event=first, status=status)

    assert statuses(team_desk) == expected


async def test_the_earlier_name_closes_and_takes_no_other_status(desk_at_event: TeamDesk) -> None:
    event = str(
        desk_at_event.rows("select id from scooty_private.events where guild_id = %s")[0][0]
    )

    other = await desk_at_event.command(
        "admin update-event-status", by=CAPTAIN, event=event, status="paused"
    )
    before = statuses(desk_at_event)
    await desk_at_event.command(
        "admin update-event-status", by=CAPTAIN, event=event, status="closed"
    )

    assert other.verdict == "refused"
    assert before == [("Open", "active")]
    assert statuses(desk_at_event) == [("Open", "closed")]


async def test_the_earlier_list_is_the_same_list(desk_at_event: TeamDesk) -> None:
    assert await desk_at_event.says("admin list-events", by=CAPTAIN) == await desk_at_event.says(
        "event list"
    )


async def test_init_db_tells_the_level_and_changes_nothing(desk_at_event: TeamDesk) -> None:
    levels = "select max(number) from scooty_private.migrations"
    before = desk_at_event.rows(levels)

    said = await desk_at_event.says("admin init-db", by=CAPTAIN)

    assert f"at level {before[0][0]}" in said
    assert desk_at_event.rows(levels) == before


async def test_two_switches_at_once_leave_one_active_event(team_desk: TeamDesk) -> None:
    events = [await create(team_desk, f"Open {number}") for number in range(4)]

    await asyncio.gather(
        *(
            team_desk.command("event switch", by=CAPTAIN, event=event)
            for _ in range(5)
            for event in events
        ),
        *(team_desk.command("event close", by=CAPTAIN, event=event) for event in events),
    )

    active = [name for name, status in statuses(team_desk) if status == "active"]
    assert len(active) <= 1


async def test_an_event_that_was_made_active_again_is_not_closed_for_being_old(
    team_desk: TeamDesk,
) -> None:
    first = await create(team_desk, "First")
    await create(team_desk, "Second")
    await team_desk.command("event switch", by=CAPTAIN, event=first)

    team_desk.rows(
        "update scooty_private.events set created_at = now() - interval '9 days'"
        " where guild_id = %s returning id"
    )
    team_desk.rows("select scooty.close_idle_events(3) where %s > 0")

    assert statuses(team_desk) == [("First", "active"), ("Second", "closed")]


@pytest.mark.parametrize("path", ["event create", "event switch", "event close", "event phase"])
async def test_who_is_no_captain_changes_no_event(desk_at_event: TeamDesk, path: str) -> None:
    said = await desk_at_event.command(path, by=SAM, name="x", event="1", phase="draft")

    assert said.verdict == "refused"
    assert statuses(desk_at_event) == [("Open", "active")]
