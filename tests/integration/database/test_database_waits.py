"""Two transactions of one player, of which the second begins while the first still runs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.postgres_fixture.server import until

if TYPE_CHECKING:
    from collections.abc import Iterator

Call = tuple[str, tuple[object, ...]]

_CREATE = "select scooty.create_event(1, %s, 'Open', 'open', 7)"
_REPORT = (
    "select scooty.record_report(1, %s, 7, 'Sam', %s, %s, %s, 'boros energy', 'boros energy', %s)"
)
_WAITING = (
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
)
_KEPT = (
    "select player_id, report_count, consensus_report_id from scooty_private.event_players"
    " where report_count > 0 order by player_id"
)
_DERIVED = (
    "select player_id, count(*)::integer, max(id) from scooty_private.reports"
    " where undone_at is null group by player_id order by player_id"
)
_ARCHETYPES_KEPT = (
    "select archetype_id, report_count from scooty_private.event_archetypes where report_count > 0"
)
_ARCHETYPES_DERIVED = (
    "select archetype_id, count(*)::integer from scooty_private.reports"
    " where undone_at is null group by archetype_id"
)


@dataclass
class Team:
    """What a guild asks its database for."""

    dsn: str
    requests: Iterator[int] = field(default_factory=lambda: count(1_000))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(sql.encode()).fetchall()

    def ask(self, call: Call) -> Any:
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute(call[0].encode(), call[1]).fetchone()
        assert row is not None
        return row[0]

    def report(self, name: str, *, written: str | None = None, comment: str | None = None) -> Call:
        return _REPORT, (next(self.requests), written or name.title(), name, name, comment)

    def merge(self, kept: int, merged: int) -> Call:
        sql = "select scooty.merge_players(1, %s, 7, %s, %s)"
        return sql, (next(self.requests), kept, merged)

    def forget(self, player: int) -> Call:
        return "select scooty.forget_player(1, %s, 7, %s)", (next(self.requests), player)

    def undo(self, report: int) -> Call:
        return "select scooty.undo_report(1, %s, %s, 7)", (next(self.requests), report)

    async def overlapping(self, first: Call, second: Call) -> tuple[Any, Any]:
        """Commit the first one when the second one waits for it; returns their answers."""
        async with await psycopg.AsyncConnection.connect(self.dsn) as line:
            row = await (await line.execute(first[0].encode(), first[1])).fetchone()
            assert row is not None
            later = asyncio.create_task(asyncio.to_thread(self.ask, second))
            await until(lambda: later.done() or self.rows(_WAITING))
            assert not later.done()
        return row[0], await later

    def assert_what_is_kept_is_what_the_reports_say(self) -> None:
        assert self.rows(_KEPT) == self.rows(_DERIVED)
        assert sorted(self.rows(_ARCHETYPES_KEPT)) == sorted(self.rows(_ARCHETYPES_DERIVED))


@pytest.fixture
def team(migrated_database: str) -> Team:
    made = Team(migrated_database)
    made.ask((_CREATE, (1,)))
    return made


def player_of(answer: Any) -> int:
    return int(answer["card"]["player_id"])


async def test_a_report_that_begins_while_its_player_is_merged_is_of_the_kept_one(
    team: Team,
) -> None:
    kept, merged = (player_of(team.ask(team.report(name))) for name in ("jane doe", "jan doe"))

    merge, report = await team.overlapping(team.merge(kept, merged), team.report("jan doe"))

    assert merge["outcome"] == "merged"
    assert player_of(report) == kept
    assert report["card"]["report_count"] == 3
    team.assert_what_is_kept_is_what_the_reports_say()


async def test_a_merge_that_begins_while_its_player_is_reported_takes_the_report_along(
    team: Team,
) -> None:
    kept, merged = (player_of(team.ask(team.report(name))) for name in ("jane doe", "jan doe"))

    _, merge = await team.overlapping(team.report("jan doe"), team.merge(kept, merged))

    assert merge["reports"] == 2
    team.assert_what_is_kept_is_what_the_reports_say()
    assert team.rows("select distinct player_id from scooty_private.reports") == [(kept,)]


async def test_a_report_that_is_undone_while_its_player_is_merged_is_taken_off_the_kept_one(
    team: Team,
) -> None:
    kept = player_of(team.ask(team.report("jane doe")))
    report = team.ask(team.report("jan doe"))

    _, undone = await team.overlapping(
        team.merge(kept, player_of(report)), team.undo(report["report_id"])
    )

    assert undone["outcome"] == "undone"
    assert team.rows("select player_id, report_count from scooty_private.event_players") == [
        (kept, 1)
    ]
    team.assert_what_is_kept_is_what_the_reports_say()


async def test_whoever_waited_for_a_merge_to_change_a_report_holds_the_kept_player(
    team: Team,
) -> None:
    kept = player_of(team.ask(team.report("jane doe")))
    report = team.ask(team.report("jan doe"))
    merge, arguments = team.merge(kept, player_of(report))

    async with (
        await psycopg.AsyncConnection.connect(team.dsn) as one,
        await psycopg.AsyncConnection.connect(team.dsn) as two,
    ):
        await two.execute("set search_path = scooty_private")
        await one.execute(merge.encode(), arguments)
        later = asyncio.create_task(
            two.execute("select player_id from lock_report(1, %s)", (report["report_id"],))
        )
        await until(lambda: team.rows(_WAITING))
        await one.commit()

        assert await (await later).fetchone() == (kept,)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            await one.execute(
                "select from scooty_private.event_players where player_id = %s for update nowait",
                (kept,),
            )


async def test_a_player_who_is_forgotten_while_somebody_reports_them_is_gone_with_the_report(
    team: Team,
) -> None:
    player = player_of(team.ask(team.report("jane doe")))
    team.ask((_CREATE.replace("'Open', 'open'", "'Next', 'next'"), (2,)))

    _, forgotten = await team.overlapping(team.report("jane doe"), team.forget(player))

    assert forgotten["outcome"] == "forgotten"
    assert forgotten["reports"] == 2
    assert team.rows("select from scooty_private.players") == []
    team.assert_what_is_kept_is_what_the_reports_say()


async def test_a_report_that_begins_while_its_player_is_forgotten_is_of_a_new_player(
    team: Team,
) -> None:
    player = player_of(team.ask(team.report("jane doe")))

    _, report = await team.overlapping(team.forget(player), team.report("jane doe"))

    assert player_of(report) != player
    assert report["card"]["report_count"] == 1
    team.assert_what_is_kept_is_what_the_reports_say()


async def test_of_a_player_who_is_merged_while_the_kept_one_is_forgotten_no_trace_stays(
    team: Team,
) -> None:
    kept = player_of(team.ask(team.report("jane doe")))
    merged = player_of(team.ask(team.report("jan doe", written="Jän Doe")))
    team.ask(team.report("mo", comment="Beat Jän Doe"))

    _, forgotten = await team.overlapping(team.merge(kept, merged), team.forget(kept))

    assert forgotten["reports"] == 2
    assert team.rows("select name from scooty_private.players") == [("Mo",)]
    assert team.rows("select comment from scooty_private.reports") == [("Beat —",)]
    team.assert_what_is_kept_is_what_the_reports_say()


async def test_a_merge_that_is_undone_while_its_player_is_forgotten_is_gone_and_waits_in_no_circle(
    team: Team,
) -> None:
    kept, merged = (player_of(team.ask(team.report(name))) for name in ("jane doe", "jan doe"))
    merge_id = team.ask(team.merge(kept, merged))["merge_id"]
    forget, arguments = team.forget(kept)

    async with await psycopg.AsyncConnection.connect(team.dsn) as line:
        # As far as the forgetting comes before the undoing begins.
        await line.execute("select from scooty_private.players for update")
        undo = "select scooty.undo_merge(1, %s, 7, %s)", (next(team.requests), merge_id)
        later = asyncio.create_task(asyncio.to_thread(team.ask, undo))
        await until(lambda: team.rows(_WAITING))
        await line.execute(forget.encode(), arguments)

    assert (await later)["outcome"] == "merge_gone"
