"""The migrations as one statement for somebody's SQL editor, against a real PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import psycopg
import pytest
from pydantic import SecretStr

from actors.repository import Migrations, Step, apply_migrations, migration_script

ONE = Step(number=1, name="things", sql="create schema app; create table app.things (id int);")
TWO = Step(number=2, name="names", sql="alter table app.things add column name text;")
WANTED = Migrations(
    functions_schema="app",
    history_schema="app_private",
    steps=(ONE, TWO),
    definitions=(
        "do $$ begin perform '$script_1$'; end $$;"
        "create or replace function app.answer() returns jsonb language sql as"
        " $$ select to_jsonb(1) $$;"
    ),
)
HISTORY = "select json_agg(m) from (select number, name, checksum from app_private.migrations) m"


async def apply(dsn: str, migrations: Migrations = WANTED) -> tuple[str, ...]:
    return await asyncio.to_thread(apply_migrations, SecretStr(dsn), migrations)


def run(dsn: str, migrations: Migrations = WANTED, *, afterwards: str = "") -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(migration_script(migrations, afterwards=afterwards).encode())


def read(dsn: str, query: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


async def test_the_script_leaves_nothing_for_the_program_to_do(fresh_database: str) -> None:
    run(fresh_database)

    assert await apply(fresh_database) == ()
    assert read(fresh_database, "select app.answer()") == 1


async def test_the_script_does_nothing_after_the_program(fresh_database: str) -> None:
    await apply(fresh_database)
    before = read(fresh_database, HISTORY)

    run(fresh_database)

    assert read(fresh_database, HISTORY) == before


async def test_the_script_applies_what_an_older_database_lacks(fresh_database: str) -> None:
    await apply(fresh_database, replace(WANTED, steps=(ONE,), definitions=""))

    run(fresh_database)
    run(fresh_database)

    assert await apply(fresh_database) == ()


def test_a_failing_step_leaves_nothing_of_the_whole_script(fresh_database: str) -> None:
    broken = replace(TWO, sql="create table app.half (id int); select 1 / 0;")

    with pytest.raises(psycopg.errors.DivisionByZero):
        run(fresh_database, replace(WANTED, steps=(ONE, broken)))

    assert read(fresh_database, "select to_regnamespace('app')::text") is None
    assert read(fresh_database, "select to_regnamespace('app_private')::text") is None


@pytest.mark.parametrize(
    "other",
    [
        replace(WANTED, steps=(ONE,)),
        replace(WANTED, steps=(ONE, replace(TWO, sql=TWO.sql + " -- edited"))),
    ],
    ids=["an older program's", "an edited step"],
)
async def test_a_script_that_does_not_fit_the_database_is_refused(
    fresh_database: str, other: Migrations
) -> None:
    await apply(fresh_database)
    before = read(fresh_database, HISTORY)

    with pytest.raises(psycopg.errors.RaiseException):
        run(fresh_database, other)

    assert read(fresh_database, HISTORY) == before


def test_what_comes_last_runs_every_time(fresh_database: str) -> None:
    run(fresh_database, afterwards="create table app.seen (); ")

    with pytest.raises(psycopg.errors.DuplicateTable):
        run(fresh_database, afterwards="create table app.seen (); ")
