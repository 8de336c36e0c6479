"""The repository under a supervisor, with a database that comes and goes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from actors.kernel import ActorSystem, ChildSpec, FatalError
from actors.repository import Migrations, PostgresConnection, Repository, Step
from actors.repository.messages import (
    CallFunction,
    DatabaseHealth,
    DatabaseUnavailable,
    FunctionRefused,
    FunctionReturned,
    GetDatabaseHealth,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address
    from tests.postgres_fixture.server import RealPostgres

SCHEMA = Migrations(
    functions_schema="app",
    history_schema="app_private",
    steps=(Step(number=1, name="schema", sql="create schema app;"),),
    definitions=(
        "create or replace function app.answer() returns jsonb language sql as"
        " $$ select to_jsonb(42) $$;"
    ),
)
ANSWER = CallFunction(name="answer", arguments=(), writes=False)
SAVE = CallFunction(name="answer", arguments=(), writes=True)


@asynccontextmanager
async def repository(dsn: str, migrations: Migrations = SCHEMA) -> AsyncIterator[Address]:
    system = ActorSystem()
    spec = ChildSpec(
        name="repository",
        start=lambda: Repository(
            PostgresConnection(dsn=SecretStr(dsn), migrations=migrations, connections=2)
        ),
        concurrency=16,
    )
    async with system.running([spec]):
        yield system.address("repository")


async def wait_for_state(address: Address, state: str) -> DatabaseHealth:
    while True:
        health = await address.ask(GetDatabaseHealth(), timeout_s=5)
        if health.state == state:
            return health
        await asyncio.sleep(0.01)


async def test_a_call_is_answered(fresh_database: str) -> None:
    async with repository(fresh_database) as address:
        answer = await address.ask(ANSWER, timeout_s=5)

    assert answer == FunctionReturned.of(42)


async def test_more_calls_than_connections_are_all_answered(fresh_database: str) -> None:
    async with repository(fresh_database) as address:
        answers = await asyncio.gather(*(address.ask(ANSWER, timeout_s=5) for _ in range(50)))

    assert answers == [FunctionReturned.of(42)] * 50


@pytest.mark.parametrize("name", ["answer()--", 'answer"', "Answer", "", "pg_catalog.version"])
async def test_a_name_that_is_none_never_reaches_the_database(
    fresh_database: str, name: str
) -> None:
    async with repository(fresh_database) as address:
        query = CallFunction(name=name, arguments=(), writes=False)
        answer = await address.ask(query, timeout_s=5)

    assert isinstance(answer, FunctionRefused)
    assert answer.code == "42602"


async def test_a_connected_database_has_a_latency(fresh_database: str) -> None:
    async with repository(fresh_database) as address:
        health = await address.ask(GetDatabaseHealth(), timeout_s=5)

    assert health.state == "connected"
    assert health.latency_ms is not None


async def test_a_database_that_goes_and_comes_back_is_used_again(
    hurt_postgres: RealPostgres,
) -> None:
    async with repository(hurt_postgres.dsn) as address:
        await address.ask(ANSWER, timeout_s=5)
        await asyncio.to_thread(hurt_postgres.stop)
        away = await wait_for_state(address, "unreachable")
        refused = await address.ask(SAVE, timeout_s=5)
        await asyncio.to_thread(hurt_postgres.start)
        await wait_for_state(address, "connected")
        answer = await address.ask(ANSWER, timeout_s=5)

    assert away.latency_ms is None
    assert isinstance(refused, DatabaseUnavailable)
    assert not refused.may_have_been_saved
    assert answer == FunctionReturned.of(42)


async def test_a_database_that_is_away_at_first_is_migrated_when_it_comes(
    hurt_postgres: RealPostgres,
) -> None:
    await asyncio.to_thread(hurt_postgres.stop)
    async with repository(hurt_postgres.dsn) as address:
        first = await address.ask(ANSWER, timeout_s=5)
        await asyncio.to_thread(hurt_postgres.start)
        await wait_for_state(address, "connected")
        answer = await address.ask(ANSWER, timeout_s=5)

    assert isinstance(first, DatabaseUnavailable)
    assert answer == FunctionReturned.of(42)


async def test_a_changed_migration_ends_the_program_with_its_name(fresh_database: str) -> None:
    async with repository(fresh_database):
        pass
    with psycopg.connect(fresh_database) as connection:
        connection.execute("update app_private.migrations set checksum = 'x'")

    with pytest.raises(FatalError, match="0001_schema") as caught:
        async with repository(fresh_database):
            pytest.fail("it started")

    assert caught.value.exit_code == 78


async def test_a_connection_string_that_is_none_is_refused_without_showing_it() -> None:
    with pytest.raises(FatalError, match="DATABASE_URL") as caught:
        async with repository("hunter2 is no connection string"):
            pytest.fail("it started")

    assert "hunter2" not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_the_password_is_in_no_answer_and_no_log_line(
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with repository("postgresql://someone:hunter2@127.0.0.1:1/none") as address:
        answer = await address.ask(ANSWER, timeout_s=5)
        health = await address.ask(GetDatabaseHealth(), timeout_s=5)

    said = capfd.readouterr()
    assert "database.unreachable" in said.out
    assert "hunter2" not in f"{answer} {health} {said.out} {said.err}"
