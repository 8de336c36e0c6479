"""Bringing a schema up to date, against a real PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import psycopg
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from actors.repository import (
    ConnectFailed,
    MigrationError,
    Migrations,
    Step,
    apply_migrations,
)
from actors.repository.schema import LOCK
from tests.postgres_fixture.server import until

ONE = Step(number=1, name="things", sql="create schema app; create table app.things (id int);")
TWO = Step(number=2, name="names", sql="alter table app.things add column name text;")
WANTED = Migrations(
    functions_schema="app",
    history_schema="app_private",
    steps=(ONE, TWO),
    definitions=(
        "create or replace function app.answer() returns jsonb language sql as"
        " $$ select to_jsonb(1) $$;"
    ),
)

HISTORY = "select json_agg(m order by m.number)::text from app_private.migrations m"

WAITING = (
    "select count(*) from pg_locks where not granted and database ="
    " (select oid from pg_database where datname = current_database())"
)


async def apply(dsn: str, migrations: Migrations) -> tuple[str, ...]:
    return await asyncio.to_thread(apply_migrations, SecretStr(dsn), migrations)


def read(dsn: str, query: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


async def test_an_empty_database_gets_every_step_in_order(fresh_database: str) -> None:
    applied = await apply(fresh_database, WANTED)

    assert applied == ("0001_things", "0002_names", "definitions")
    assert read(fresh_database, "select count(name) from app.things") == 0


async def test_a_second_time_there_is_nothing_to_do(fresh_database: str) -> None:
    await apply(fresh_database, WANTED)

    assert await apply(fresh_database, WANTED) == ()


async def test_an_edited_step_is_refused_by_name(fresh_database: str) -> None:
    await apply(fresh_database, WANTED)
    edited = replace(WANTED, steps=(ONE, replace(TWO, sql=TWO.sql + " -- edited")))

    with pytest.raises(MigrationError, match="0002_names differs"):
        await apply(fresh_database, edited)


async def test_an_older_program_uses_a_newer_database_says_so_and_changes_nothing(
    fresh_database: str,
) -> None:
    await apply(fresh_database, WANTED)
    before = read(fresh_database, HISTORY)
    older = replace(WANTED, steps=(ONE,), definitions="drop function app.answer();")

    with capture_logs() as lines:
        applied = await apply(fresh_database, older)

    assert applied == ()
    assert read(fresh_database, HISTORY) == before
    assert read(fresh_database, "select app.answer()") == 1
    assert lines == [
        {
            "event": "database.schema_is_newer",
            "log_level": "warning",
            "newer": ["0002_names"],
            "known": "0001_things",
        }
    ]


async def test_an_older_program_that_looked_before_a_newer_one_was_done_changes_nothing(
    fresh_database: str,
) -> None:
    older = replace(WANTED, steps=(ONE,), definitions="drop function app.answer();")
    await apply(fresh_database, replace(older, definitions="select 1;"))
    async with await psycopg.AsyncConnection.connect(fresh_database) as newer:
        # Holds the lock under which schemas are changed, while the older one has looked already.
        await newer.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        late = asyncio.create_task(apply(fresh_database, older))
        await until(lambda: read(fresh_database, WAITING))
        await newer.execute(TWO.sql.encode())
        await newer.execute(
            "insert into app_private.migrations (number, name, checksum) values (2, 'names', 'x')"
        )

    assert await late == ()


async def test_a_failing_step_leaves_nothing_and_keeps_the_steps_before_it(
    fresh_database: str,
) -> None:
    broken = replace(TWO, sql="create table app.half (id int); select 1 / 0;")

    with pytest.raises(MigrationError, match="0002_names failed and was rolled back"):
        await apply(fresh_database, replace(WANTED, steps=(ONE, broken)))

    assert read(fresh_database, "select to_regclass('app.half')::text") is None
    assert read(fresh_database, "select to_regclass('app.things')::text") == "app.things"
    assert await apply(fresh_database, WANTED) == ("0002_names", "definitions")


async def test_changed_definitions_are_run_again(fresh_database: str) -> None:
    await apply(fresh_database, WANTED)
    changed = replace(WANTED, definitions=WANTED.definitions.replace("(1)", "(2)"))

    assert await apply(fresh_database, changed) == ("definitions",)
    assert read(fresh_database, "select app.answer()") == 2


async def test_two_programs_at_once_apply_each_step_once(fresh_database: str) -> None:
    both = await asyncio.gather(apply(fresh_database, WANTED), apply(fresh_database, WANTED))

    assert sorted(both[0] + both[1]) == ["0001_things", "0002_names", "definitions"]


async def test_a_database_that_is_away_is_said_without_its_password() -> None:
    dsn = "postgresql://someone:hunter2@127.0.0.1:1/none"

    with pytest.raises(ConnectFailed) as caught:
        await apply(dsn, WANTED)

    assert "hunter2" not in str(caught.value)
