"""What is kept for a time goes when the time is over, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from actors.repository.messages import CallFunction, DatabaseUnavailable, FunctionReturned
from actors.scheduler.messages import RunJob
from actors.testing import Probe
from scooty.core.cached.stale import GuildInDoubt
from scooty.errors import StorageUnavailable
from scooty.features.jobs.retention import retention
from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.planted_round import plant_round

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from tests.desk_fixture.desk import TeamDesk

RUN = RunJob(job="retention", key="k", due_at=datetime(2026, 1, 1, tzinfo=UTC))
TABLES = (
    "events",
    "event_players",
    "event_archetypes",
    "players",
    "player_names",
    "reports",
    "report_revisions",
)


async def run(desk: TeamDesk) -> str:
    """Run the job on the desk's database."""
    repository = desk.repository
    return await retention(RUN, repository=repository, desk=Probe("desk").address)


def age(desk: TeamDesk, days: int) -> None:
    """Make everything of the guild, but for open drafts, that much older."""
    for table, column in (
        ("events", "created_at"),
        ("events", "closed_at"),
        ("players", "created_at"),
        ("audit", "at"),
        ("answered_requests", "answered_at"),
    ):
        desk.execute(
            f"update scooty_private.{table} set {column} = {column} - interval '{days} days'"  # noqa: S608 - this file's own names
            " where guild_id = %s",
        )


def counts(desk: TeamDesk) -> dict[str, int]:
    """Return how many rows of the guild there are."""
    found = (
        (table, desk.rows(f"select 1 from scooty_private.{table} where guild_id = %s"))  # noqa: S608 - this file's own names
        for table in TABLES
    )
    return {table: len(rows) for table, rows in found}


async def closed_event(desk: TeamDesk) -> None:
    """Have an event with two reports, which is closed because the next one was opened."""
    await desk.command("admin create-event", by=CAPTAIN, name="First")
    await desk.scouted("Jane Doe")
    await desk.scouted("Jon Roe")
    desk.execute(
        "insert into scooty_private.report_revisions (guild_id, report_id, revision, content,"
        " changed_by) select guild_id, id, 1, '{}', 1 from scooty_private.reports"
        " where guild_id = %s",
    )
    await desk.command("admin create-event", by=CAPTAIN, name="Second")
    await desk.scouted("Jane Doe", "Jeskai Control")


@pytest.mark.parametrize(
    ("chosen", "days", "goes"),
    [(None, 366, True), (None, 364, False), (30, 31, True), (30, 29, False), (3650, 400, False)],
)
async def test_a_closed_event_goes_after_its_guilds_period(
    team_desk: TeamDesk, chosen: int | None, days: int, *, goes: bool
) -> None:
    await closed_event(team_desk)
    if chosen is not None:
        team_desk.execute(
            "insert into scooty_private.guild_settings (guild_id, updated_by) values (%s, 1)",
        )
        team_desk.execute(
            f"update scooty_private.guild_settings set retention_days = {chosen}"  # noqa: S608 - a number of this file
            " where guild_id = %s",
        )
    age(team_desk, days)

    await run(team_desk)

    left = [
        name
        for (name,) in team_desk.rows(
            "select name from scooty_private.events where guild_id = %s order by id"
        )
    ]
    assert left == (["Second"] if goes else ["First", "Second"])


async def test_all_of_an_event_goes_and_nothing_of_the_next_one(team_desk: TeamDesk) -> None:
    await run(team_desk)  # nothing of other guilds is left to go
    await closed_event(team_desk)
    age(team_desk, 400)

    detail = await run(team_desk)

    assert detail.startswith("1 events, 2 reports, 1 players, ")
    assert counts(team_desk) == {
        "events": 1,
        "event_players": 1,
        "event_archetypes": 1,
        "players": 1,
        "player_names": 1,
        "reports": 1,
        "report_revisions": 0,
    }
    assert "Jeskai Control" in await team_desk.says("check", name="Jane Doe")


async def test_rounds_go_with_their_event_and_a_fresh_link_stays(team_desk: TeamDesk) -> None:
    """A member says who they are before anybody is paired, or reported in the new event."""
    await team_desk.command("admin create-event", by=CAPTAIN, name="First")
    for name in ("Jane Doe", "Jon Roe"):
        await team_desk.scouted(name)
    plant_round(team_desk, "Jane Doe", "Jon Roe")
    await team_desk.command("admin create-event", by=CAPTAIN, name="Second")
    age(team_desk, 366)

    await run(team_desk)

    for table in ("rounds", "pairings", "results", "standings", "assignments", "decklists"):
        rows = team_desk.rows(f"select from scooty_private.{table} where guild_id = %s")
        assert rows == [], table
    known = "select name from scooty_private.players where guild_id = %s"
    assert team_desk.rows(known) == [("Jane Doe",)]

    team_desk.execute(
        "update scooty_private.team_links set linked_at = linked_at - interval '366 days'"
        " where guild_id = %s"
    )
    await run(team_desk)

    assert team_desk.rows(known) == []


async def test_what_went_is_in_the_log_without_a_name(team_desk: TeamDesk) -> None:
    await closed_event(team_desk)
    age(team_desk, 400)

    await run(team_desk)

    assert team_desk.rows(
        "select action, member_id, detail from scooty_private.audit where guild_id = %s"
    ) == [("retention", 0, {"reports": 2})]


async def test_drafts_and_answers_go_after_a_day(desk_at_event: TeamDesk) -> None:
    for opponent in ("Jane Doe", "Jon Roe"):
        await desk_at_event.command("scout", opponent=opponent, archetype="zzz")
    desk_at_event.execute(
        "update scooty_private.drafts set expires_at = expires_at - interval '25 hours'"
        " where guild_id = %s and opponent = 'Jane Doe'",
    )
    desk_at_event.execute(
        "insert into scooty_private.answered_requests (guild_id, request_id, answer, answered_at)"
        " select e.guild_id, n, '{}', clock_timestamp() - n * interval '23 hours'"
        " from scooty_private.events e, generate_series(1, 2) n where e.guild_id = %s",
    )

    await run(desk_at_event)

    assert desk_at_event.rows("select opponent from scooty_private.drafts where guild_id = %s") == [
        ("Jon Roe",)
    ]
    assert desk_at_event.rows(
        "select request_id from scooty_private.answered_requests where guild_id = %s"
    ) == [(1,)]


async def test_retention_is_shown_with_what_goes_when(team_desk: TeamDesk) -> None:
    await closed_event(team_desk)

    shown = await team_desk.says("privacy retention")
    in_french = await team_desk.in_french().says("privacy retention")

    (goes_at,) = team_desk.rows(
        "select floor(extract(epoch from closed_at + interval '365 days'))::bigint"
        " from scooty_private.events where guild_id = %s and status = 'closed'"
    )[0]
    assert f"• **First** · <t:{goes_at}:R> · 2 reports" in shown
    assert f"• **First** · <t:{goes_at}:R> · 2 signalements" in in_french
    assert "Second" not in shown


async def test_of_many_closed_events_those_that_go_first_are_shown_and_the_others_counted(
    team_desk: TeamDesk,
) -> None:
    for number in range(13):
        await team_desk.command("admin create-event", by=CAPTAIN, name=f"Event {number:02}")

    shown = await team_desk.says("privacy retention")

    assert "Event 09" in shown
    assert "Event 10" not in shown
    assert "… and 2 more closed events, later" in shown


async def test_the_desk_keeps_nothing_of_what_went_and_is_not_disturbed_for_nothing() -> None:
    somebodys: JsonValue = {"reports": 3}
    for expired in ([somebodys, None], [None]):
        repository, desk = Probe("repository"), Probe("desk")
        rest = {"players": 0, "drafts": 1, "answers": 2, "audit": 3}
        answers = [FunctionReturned.of(value) for value in (*expired, rest)]
        repository.answer_in_turn(CallFunction, *answers)

        await retention(RUN, repository=repository.address, desk=desk.address)

        if len(expired) > 1:
            assert (await desk.expect(GuildInDoubt)).guild_id is None
        desk.expect_no_message()


async def test_retention_fails_while_the_database_is_away() -> None:
    repository = Probe("repository")
    away = DatabaseUnavailable(detail="away", may_have_been_saved=False)
    repository.answer(CallFunction, away)

    with pytest.raises(StorageUnavailable):
        await retention(RUN, repository=repository.address, desk=Probe("desk").address)
