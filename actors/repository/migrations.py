"""Bringing a database's schema up to date: numbered steps once each, definitions when they change.

Each step, and the definitions, have a transaction of their own that begins by taking one advisory
lock and then looks again at what is recorded. So several programs may do this at once, and no lock
outlives a transaction, which also suits a connection pooler between us and the database.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import structlog

from actors.repository.errors import ConnectFailed, MigrationError
from actors.repository.schema import (
    LOCK,
    check_history,
    checksum,
    create_history,
    missing_steps,
    newer_steps,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

    from actors.repository.schema import Migrations, Step

_log = structlog.get_logger("actors.repository")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFound:
    """How a database's schema is, compared with what this program wants."""

    server: str
    """The server's version, such as ``18.3``."""
    missing: tuple[str, ...]
    """The names of what was not applied with its present text."""
    newer: tuple[str, ...] = ()
    """The names of what a newer version of the program applied; this one can use it."""


def apply_migrations(dsn: SecretStr, migrations: Migrations) -> tuple[str, ...]:
    """Bring the database at ``dsn`` up to date, from a command line without a loop.

    Returns:
        The names of what was applied; empty when there was nothing to do.

    Raises:
        ConnectFailed: When the database cannot be reached.
        MigrationError: When the schema needs a person; the sentence says which step.
    """

    async def connect_and_apply() -> tuple[str, ...]:
        try:
            connection = await psycopg.AsyncConnection.connect(
                dsn.get_secret_value(), autocommit=True, connect_timeout=10
            )
        except psycopg.Error as error:
            raise ConnectFailed(_reason(error)) from None
        async with connection:
            return await bring_up_to_date(connection, migrations)

    return asyncio.run(connect_and_apply())


async def inspect_schema(dsn: SecretStr, migrations: Migrations) -> SchemaFound:
    """Compare the schema of the database at ``dsn``, and change nothing.

    Raises:
        ConnectFailed: When the database cannot be reached.
        MigrationError: When the schema needs a person; the sentence says which step.
    """
    try:
        async with await psycopg.AsyncConnection.connect(
            dsn.get_secret_value(), autocommit=True, connect_timeout=5
        ) as connection:
            recorded = await _read_history(connection, migrations)
            row = await (await connection.execute("show server_version")).fetchone()
    except (psycopg.Error, OSError) as error:
        raise ConnectFailed(_reason(error)) from None
    check_history(recorded, migrations)
    return SchemaFound(
        server=str(row[0]).split()[0] if row else "unknown",
        missing=tuple(str(step) for step in missing_steps(recorded, migrations)),
        newer=newer_steps(recorded, migrations),
    )


async def bring_up_to_date(
    connection: psycopg.AsyncConnection, migrations: Migrations
) -> tuple[str, ...]:
    """Apply what is missing over a connection in autocommit mode; see `apply_migrations`."""
    try:
        recorded = await _read_history(connection, migrations)
        check_history(recorded, migrations)
        note_newer(recorded, migrations)
        pending = missing_steps(recorded, migrations)
        applied = [str(step) for step in pending if await _apply(connection, migrations, step)]
    except psycopg.Error as error:
        if connection.broken or isinstance(error, psycopg.OperationalError):
            raise ConnectFailed(_reason(error)) from error
        raise MigrationError(f"the migrations could not be read: {_reason(error)}") from error
    return tuple(applied)


def note_newer(recorded: Mapping[int, tuple[str, str]], migrations: Migrations) -> None:
    """Leave a line in the log when the database is newer than the program."""
    if newer := newer_steps(recorded, migrations):
        known = str(migrations.steps[-1]) if migrations.steps else "none"
        _log.warning("database.schema_is_newer", newer=list(newer), known=known)


def _reason(error: psycopg.Error | OSError) -> str:
    first_line = str(error).partition("\n")[0].strip() or type(error).__name__
    sqlstate = error.sqlstate if isinstance(error, psycopg.Error) else None
    return f"{first_line} ({sqlstate})" if sqlstate else first_line


async def _read_history(
    connection: psycopg.AsyncConnection, migrations: Migrations
) -> dict[int, tuple[str, str]]:
    table = f"{migrations.history_schema}.migrations"
    # Not to_regclass: that asks a cache, which does not know of a table that another program made
    # while this one waited for the lock.
    known = await connection.execute(
        "select exists (select from pg_tables where schemaname = %s and tablename = 'migrations')",
        (migrations.history_schema,),
    )
    if (await known.fetchone()) != (True,):
        return {}
    rows = await connection.execute(f"select number, name, checksum from {table}".encode())  # noqa: S608 - our own constant
    return {number: (name, checksum) for number, name, checksum in await rows.fetchall()}


async def _apply(connection: psycopg.AsyncConnection, migrations: Migrations, step: Step) -> bool:
    """Apply one step, unless somebody did by now or went further; tell whether it was applied."""
    schema, wanted = migrations.history_schema, checksum(step.sql)
    try:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
            recorded = await _read_history(connection, migrations)
            done = recorded.get(step.number, ("", ""))[1] == wanted
            if done or newer_steps(recorded, migrations):
                return False
            await connection.execute(create_history(schema).encode())
            await connection.execute(step.sql.encode())
            await connection.execute(
                f"insert into {schema}.migrations (number, name, checksum)"  # noqa: S608 - our own constant
                " values (%s, %s, %s) on conflict (number) do update"
                " set checksum = excluded.checksum, applied_at = excluded.applied_at".encode(),
                (step.number, step.name, wanted),
            )
    except psycopg.Error as error:
        if connection.broken or isinstance(error, psycopg.OperationalError):
            raise  # a full disk or a server that is stopping says nothing about the step
        raise MigrationError(
            f"migration {step} failed and was rolled back: {_reason(error)}"
        ) from error
    return True
