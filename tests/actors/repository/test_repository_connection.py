"""What only the connection over PostgreSQL's own protocol does, against a real PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.repository import ConnectFailed, PostgresConnection
from actors.repository.errors import CallFailed
from actors.repository.messages import FunctionReturned
from tests.actors.repository.app_schema import SCHEMA, call

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.postgres_fixture.server import RealPostgres


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


async def test_an_acknowledged_write_survives_a_killed_server(hurt_postgres: RealPostgres) -> None:
    async with connected(hurt_postgres.dsn) as connection:
        kept = await connection.call(call("keep", writes=True, id=7))
    hurt_postgres.kill()
    # The server's start is made of blocking calls with loops of their own.
    await asyncio.to_thread(hurt_postgres.start)
    async with connected(hurt_postgres.dsn) as connection:
        count = await connection.call(call("count_things"))

    assert kept == FunctionReturned.of(7)
    assert count == FunctionReturned.of(1)


async def test_a_stale_connection_is_noticed_before_anything_is_sent(
    hurt_postgres: RealPostgres,
) -> None:
    async with connected(hurt_postgres.dsn) as connection:
        await connection.call(call("count_things"))
        await asyncio.to_thread(hurt_postgres.stop)

        with pytest.raises(CallFailed) as caught:
            await connection.call(call("keep", writes=True, id=1))

    assert not caught.value.answer.may_have_been_saved


async def test_the_server_is_told_how_long_each_call_may_take(app_database: str) -> None:
    async with connected(app_database, statement_timeout_s=60) as connection:
        answers = [
            await connection.call(replace(call("patience"), within_s=within_s))
            for within_s in (1.8, 1.75, 0.5, 10.0, 1.8)
        ]

    patience = [FunctionReturned.of(v) for v in ("1400ms", "1400ms", "200ms", "4s", "1400ms")]
    assert answers == patience


async def test_a_server_that_is_away_is_said_without_its_password() -> None:
    dsn = SecretStr("postgresql://someone:hunter2@127.0.0.1:1/none")
    connection = PostgresConnection(
        dsn=dsn, migrations=SCHEMA, connections=1, statement_timeout_s=1
    )

    with pytest.raises(ConnectFailed) as caught:
        await connection.open()

    assert "hunter2" not in f"{caught.value!r} {connection!r}"
