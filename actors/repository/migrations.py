"""Bringing a database's schema up to date: numbered steps once each, definitions when they change.

A *step* is a numbered SQL file that is applied once and then never edited; what was applied is
recorded with a checksum. The *definitions* (functions and the like, which have no data) are one
script that replaces them all, run whenever its text differs from the one that ran last.

Each step, and the definitions, have a transaction of their own that begins by taking one advisory
lock and then looks again at what is recorded. So several programs may do this at once, and no lock
outlives a transaction, which also suits a connection pooler between us and the database.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psycopg
from typing_extensions import override

from actors.repository.errors import ConnectFailed, MigrationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

__all__ = ["Migrations", "Step", "apply_migrations", "bring_up_to_date"]

_LOCK: Final = 7_306_016_422_617_813_090
"""Any number will do, as long as every version of this program uses the same one."""
_DEFINITIONS: Final = 0
"""The row that holds the definitions' checksum; steps count from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One numbered change of the schema."""

    number: int
    """From 1, without gaps."""
    name: str
    sql: str

    @override
    def __str__(self) -> str:
        return f"{self.number:04}_{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrations:
    """A schema as this version of the program wants it."""

    functions_schema: str
    """Where the callable functions are."""
    history_schema: str
    """Where the table ``migrations`` is kept; created when missing."""
    steps: tuple[Step, ...]
    """In order."""
    definitions: str
    """SQL that replaces all functions, whatever was there before."""


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


async def bring_up_to_date(
    connection: psycopg.AsyncConnection, migrations: Migrations
) -> tuple[str, ...]:
    """Apply what is missing over a connection in autocommit mode; see `apply_migrations`."""
    try:
        recorded = await _read_history(connection, migrations)
        _check_history(recorded, migrations)
        pending = [step for step in migrations.steps if step.number not in recorded]
        applied = [str(step) for step in pending if await _apply(connection, migrations, step)]
        if await _apply(connection, migrations, _definitions_step(migrations)):
            applied.append("definitions")
    except psycopg.Error as error:
        if connection.broken or isinstance(error, psycopg.OperationalError):
            raise ConnectFailed(_reason(error)) from error
        raise MigrationError(f"the migrations could not be read: {_reason(error)}") from error
    return tuple(applied)


def _checksum(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def _reason(error: psycopg.Error) -> str:
    first_line = str(error).partition("\n")[0].strip() or type(error).__name__
    return f"{first_line} ({error.sqlstate})" if error.sqlstate else first_line


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


def _check_history(recorded: Mapping[int, tuple[str, str]], migrations: Migrations) -> None:
    steps = {step.number: step for step in migrations.steps}
    for number, (name, checksum) in sorted(recorded.items()):
        if number == _DEFINITIONS:
            continue
        if number not in steps:
            raise MigrationError(
                f"migration {number:04}_{name} was applied to this database, but this version of"
                " the program does not have it; run the newer version"
            )
        if checksum != _checksum(steps[number].sql):
            raise MigrationError(
                f"migration {steps[number]} differs from the one that was applied to this"
                " database; an applied migration is never edited, write a new one"
            )
    missed = set(steps) - set(recorded)
    if missed and min(missed) < max(recorded, default=0):
        raise MigrationError(
            f"migration {steps[min(missed)]} was never applied to this database, though a later"
            " one was; it must get a number after the last one"
        )


def _definitions_step(migrations: Migrations) -> Step:
    return Step(number=_DEFINITIONS, name="definitions", sql=migrations.definitions)


async def _apply(connection: psycopg.AsyncConnection, migrations: Migrations, step: Step) -> bool:
    """Apply one step, unless its text is recorded by now; tell whether it was applied."""
    schema, checksum = migrations.history_schema, _checksum(step.sql)
    recorded = await _read_history(connection, migrations)
    if recorded.get(step.number, ("", ""))[1] == checksum:
        return False
    try:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
            recorded = await _read_history(connection, migrations)
            if recorded.get(step.number, ("", ""))[1] == checksum:
                return False
            await connection.execute(_create_history(schema).encode())
            await connection.execute(step.sql.encode())
            await connection.execute(
                f"insert into {schema}.migrations (number, name, checksum)"  # noqa: S608 - our own constant
                " values (%s, %s, %s) on conflict (number) do update"
                " set checksum = excluded.checksum, applied_at = excluded.applied_at".encode(),
                (step.number, step.name, checksum),
            )
    except psycopg.Error as error:
        if connection.broken or isinstance(error, psycopg.OperationalError):
            raise  # a full disk or a server that is stopping says nothing about the step
        raise MigrationError(
            f"migration {step} failed and was rolled back: {_reason(error)}"
        ) from error
    return True


def _create_history(schema: str) -> str:
    return (
        f"create schema if not exists {schema};"
        f"create table if not exists {schema}.migrations ("
        " number integer primary key, name text not null, checksum text not null,"
        " applied_at timestamptz not null default clock_timestamp())"
    )
