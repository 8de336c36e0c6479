"""Calls over one connection, against a real PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.repository import ConnectFailed, Migrations, Step
from actors.repository.errors import CallFailed
from actors.repository.messages import CallFunction, FunctionRefused, FunctionReturned, JsonValue
from actors.repository.postgres import PostgresConnection

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.postgres_fixture.server import RealPostgres

SCHEMA = Migrations(
    functions_schema="app",
    history_schema="app_private",
    steps=(
        Step(
            number=1, name="things", sql="create schema app; create table app.things (id bigint);"
        ),
    ),
    definitions="""
        create or replace function app.echo(number bigint, words text, whole jsonb)
        returns jsonb language sql as
        $$ select jsonb_build_object('number', number, 'words', words, 'whole', whole) $$;
        create or replace function app.keep(id bigint) returns jsonb language plpgsql as
        $$ begin insert into app.things values (id); return to_jsonb(id); end $$;
        create or replace function app.refuse() returns jsonb language plpgsql as
        $$ begin raise exception 'no such thing' using errcode = 'P0002'; end $$;
        create or replace function app.dawdle() returns jsonb language sql as
        $$ select to_jsonb(pg_sleep(30)::text) $$;
        create or replace function app.count_things() returns jsonb language sql as
        $$ select to_jsonb(count(*)) from app.things $$;
        create or replace function app.cut_off() returns jsonb language sql as
        $$ select to_jsonb(pg_terminate_backend(pg_backend_pid())) $$;
    """,
)


@asynccontextmanager
async def connected(
    dsn: str, *, statement_timeout_s: float = 2.0
) -> AsyncIterator[PostgresConnection]:
    connection = PostgresConnection(
        dsn=SecretStr(dsn),
        migrations=SCHEMA,
        connections=2,
        statement_timeout_s=statement_timeout_s,
    )
    try:
        await connection.open()
        yield connection
    finally:
        await connection.close()


def call(name: str, *, writes: bool = False, **arguments: JsonValue) -> CallFunction:
    return CallFunction(name=name, arguments=tuple(arguments.items()), writes=writes)


@pytest.mark.parametrize("number", [1, 2**31, 1_500_000_000_000_000_000, -1])
async def test_values_come_back_as_they_went(fresh_database: str, number: int) -> None:
    whole: JsonValue = {"list": [1, None, "é"], "flag": True}

    async with connected(fresh_database) as connection:
        answer = await connection.call(call("echo", number=number, words="o'k %s", whole=whole))

    assert answer == FunctionReturned(value={"number": number, "words": "o'k %s", "whole": whole})


async def test_a_function_that_raises_is_a_refusal_with_its_code(fresh_database: str) -> None:
    async with connected(fresh_database) as connection:
        answer = await connection.call(call("refuse"))

    assert answer == FunctionRefused(code="P0002", message="no such thing")


async def test_a_statement_over_its_time_fails_and_the_connection_stays(
    fresh_database: str,
) -> None:
    async with connected(fresh_database, statement_timeout_s=0.05) as connection:
        with pytest.raises(CallFailed) as caught:
            await connection.call(call("dawdle"))
        after = await connection.call(call("count_things"))

    assert not caught.value.connection_lost
    assert not caught.value.answer.may_have_been_saved
    assert after == FunctionReturned(value=0)


@pytest.mark.parametrize("writes", [True, False])
async def test_a_line_cut_in_the_middle_tells_whether_it_may_have_been_saved(
    fresh_database: str, *, writes: bool
) -> None:
    async with connected(fresh_database) as connection:
        with pytest.raises(CallFailed) as caught:
            await connection.call(call("cut_off", writes=writes))

    assert caught.value.connection_lost
    assert caught.value.answer.may_have_been_saved is writes


async def test_an_acknowledged_write_survives_a_killed_server(hurt_postgres: RealPostgres) -> None:
    async with connected(hurt_postgres.dsn) as connection:
        kept = await connection.call(call("keep", writes=True, id=7))
    hurt_postgres.kill()
    # The server's start is made of blocking calls with loops of their own.
    await asyncio.to_thread(hurt_postgres.start)
    async with connected(hurt_postgres.dsn) as connection:
        count = await connection.call(call("count_things"))

    assert kept == FunctionReturned(value=7)
    assert count == FunctionReturned(value=1)


async def test_a_stale_connection_is_noticed_before_anything_is_sent(
    hurt_postgres: RealPostgres,
) -> None:
    async with connected(hurt_postgres.dsn) as connection:
        await connection.call(call("count_things"))
        await asyncio.to_thread(hurt_postgres.stop)

        with pytest.raises(CallFailed) as caught:
            await connection.call(call("keep", writes=True, id=1))

    assert not caught.value.answer.may_have_been_saved


async def test_a_closed_connection_saves_nothing(fresh_database: str) -> None:
    async with connected(fresh_database) as connection:
        await connection.close()

        with pytest.raises(CallFailed) as caught:
            await connection.call(call("keep", writes=True, id=1))

    assert not caught.value.answer.may_have_been_saved


async def test_a_server_that_is_away_is_said_without_its_password() -> None:
    dsn = SecretStr("postgresql://someone:hunter2@127.0.0.1:1/none")
    connection = PostgresConnection(
        dsn=dsn, migrations=SCHEMA, connections=1, statement_timeout_s=1
    )

    with pytest.raises(ConnectFailed) as caught:
        await connection.open()

    assert "hunter2" not in f"{caught.value!r} {connection!r}"
