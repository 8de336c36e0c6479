"""Two connections that do the same thing at the same moment."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg

ROUNDS = 200
FEWER_ROUNDS = 50

_EVENT = "select scooty.create_event(1, %s, %s, %s, 7)"
_REPORT = (
    "select scooty.record_report(1, %s, 7, 'Sam', %s, %s, %s, 'boros energy', 'boros energy', null)"
)
_UNDO = "select scooty.undo_report(1, %s, %s, 7)"


async def call(line: psycopg.AsyncConnection, sql: str, *arguments: object) -> Any:
    row = await (await line.execute(sql.encode(), arguments)).fetchone()
    assert row is not None
    return row[0]


async def report(line: psycopg.AsyncConnection, request_id: int, name: str) -> Any:
    return await call(line, _REPORT, request_id, name.title(), name, name)


async def test_two_scouts_of_one_new_opponent_make_one_player(migrated_database: str) -> None:
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        await call(one, _EVENT, 1, "Open", "open")

        for number in range(ROUNDS):
            name, request_id = f"opponent {number}", 1_000 + number * 2
            first, second = await asyncio.gather(
                report(one, request_id, name), report(two, request_id + 1, name)
            )
            assert first["card"]["player_id"] == second["card"]["player_id"]

        assert await counted(one) == (ROUNDS, ROUNDS, ROUNDS * 2, ROUNDS * 2)


async def test_one_request_twice_at_once_makes_one_report(migrated_database: str) -> None:
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        await call(one, _EVENT, 1, "Open", "open")

        for number in range(FEWER_ROUNDS):
            name, request_id = f"opponent {number}", 1_000 + number
            first, second = await asyncio.gather(
                report(one, request_id, name), report(two, request_id, name)
            )
            changes = [answer.pop("index_change", None) for answer in (first, second)]
            assert first == second
            assert changes.count(None) == 1  # only who stored it says what has to change

        assert await counted(one) == (FEWER_ROUNDS, FEWER_ROUNDS, FEWER_ROUNDS, FEWER_ROUNDS)


async def test_one_report_undone_twice_at_once_is_taken_off_once(migrated_database: str) -> None:
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        await call(one, _EVENT, 1, "Open", "open")

        for number in range(FEWER_ROUNDS):
            recorded = await report(one, 1_000 + number, "jane doe")
            answers = await asyncio.gather(
                call(one, _UNDO, 2_000 + number * 2, recorded["report_id"]),
                call(two, _UNDO, 2_001 + number * 2, recorded["report_id"]),
            )
            outcomes = sorted(answer["outcome"] for answer in answers)
            assert outcomes == ["report_gone", "undone"]

        assert await counted(one) == (1, 1, FEWER_ROUNDS, 0)


async def test_two_events_created_at_once_leave_one_active(migrated_database: str) -> None:
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        for number in range(20):
            names = [f"event {number} {letter}" for letter in "ab"]
            await asyncio.gather(
                call(one, _EVENT, number * 2, names[0], names[0]),
                call(two, _EVENT, number * 2 + 1, names[1], names[1]),
            )

        statuses = await one.execute(
            "select status, count(*) from scooty_private.events group by status order by status"
        )
        assert await statuses.fetchall() == [("active", 1), ("closed", 39)]


async def counted(line: psycopg.AsyncConnection) -> tuple[Any, ...]:
    """Count players, their names and reports, and what the counters say."""
    rows = await line.execute(
        "select (select count(*) from scooty_private.players),"
        " (select count(*) from scooty_private.player_names),"
        " (select count(*) from scooty_private.reports),"
        " (select sum(report_count) from scooty_private.event_players)"
    )
    row = await rows.fetchone()
    assert row is not None
    by_archetype = await rows.connection.execute(
        "select sum(report_count) from scooty_private.event_archetypes"
    )
    assert await by_archetype.fetchone() == (row[3],)
    return row
