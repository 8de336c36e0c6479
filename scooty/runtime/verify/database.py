"""The database: is it there, does it take the key, and is its schema this version's?

Nothing is changed: a schema that lacks something is said to lack it, and an embedded PostgreSQL
that was never made is not made here. One that does not run is started, looked at and stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from pydantic import SecretStr

from actors.kernel import ActorKitError, ActorSystem, FatalError
from actors.postgres_server import dsn_for
from actors.repository import (
    ConnectFailed,
    MigrationError,
    SettingRefused,
    SupabaseConnection,
    inspect_schema,
)
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.storage.supabase import supabase_project
from scooty.runtime.database_settings import Embedded, GivenPostgres, GivenSupabase, choose_database
from scooty.runtime.verify.findings import failed, ok, skipped
from scooty.runtime.wiring import storage_specs

if TYPE_CHECKING:
    from actors.kernel import ChildSpec
    from scooty.runtime.config import Settings
    from scooty.runtime.verify.findings import Finding

_CHECK: Final = "database"
_NEWEST: Final = str(MIGRATIONS.steps[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseVerdict:
    """What was found, and with it a way to use the database."""

    finding: Finding
    specs: tuple[ChildSpec, ...] = ()
    """The actors through which commands reach it; none unless it can be used."""


async def check_database(settings: Settings) -> DatabaseVerdict:
    """Make a real query of the database that the settings name."""
    match choose_database(settings):
        case GivenSupabase() as project:
            return _usable(await _check_supabase(project), settings)
        case GivenPostgres(url=dsn):
            return _usable(await _check_postgres(dsn), settings)
        case Embedded():
            return await _check_embedded(settings)
        case _ as other:
            assert_never(other)


def _usable(finding: Finding, settings: Settings, *, starts_server: bool = True) -> DatabaseVerdict:
    if finding.state != "ok":
        return DatabaseVerdict(finding=finding)
    specs = storage_specs(settings, starts_server=starts_server)
    return DatabaseVerdict(finding=finding, specs=specs)


async def _check_supabase(given: GivenSupabase) -> Finding:
    project = supabase_project(
        url=given.url, key=given.key, key_setting=given.key_setting, db_key=given.db_key
    )
    connection = SupabaseConnection(project=project, migrations=MIGRATIONS, connections=1)
    try:
        await connection.open()
        took_ms = await connection.measure_ms()
    except SettingRefused as error:
        is_key = str(error).startswith(given.key_setting)
        todo = "copy it again from the project (Project Settings, API Keys)" if is_key else ""
        return failed(_CHECK, str(error), todo)
    except MigrationError as error:
        return failed(_CHECK, f"Supabase: {error}")
    except ActorKitError as error:  # it cannot be reached, or went while it was measured
        todo = "see whether the project is paused, and correct SUPABASE_URL"
        return failed(_CHECK, f"Supabase cannot be reached: {error}", todo)
    finally:
        await connection.close()
    return ok(
        _CHECK, f"Supabase takes {given.key_setting}, schema {_NEWEST}, a query in {took_ms:.0f} ms"
    )


async def _check_postgres(dsn: SecretStr) -> Finding:
    try:
        return await _judge("PostgreSQL", dsn)
    except ConnectFailed as error:
        todo = "correct DATABASE_URL, or see whether that server runs"
        return failed(_CHECK, f"PostgreSQL cannot be reached: {error}", todo)


async def _judge(name: str, dsn: SecretStr) -> Finding:
    """Judge a schema.

    Raises:
        ConnectFailed: When the database cannot be reached.
    """
    try:
        found = await inspect_schema(dsn, MIGRATIONS)
    except MigrationError as error:
        return failed(_CHECK, f"{name}: {error}", "run a version of Scooty that made it, unedited")
    if found.missing:
        return failed(
            _CHECK,
            f"{name} {found.server} lacks {', '.join(found.missing)}",
            "run scooty migrate, or start the bot, which does the same",
        )
    if found.newer:
        newest = f"{found.newer[-1]} of a newer version, which this one can use"
        return ok(_CHECK, f"{name} {found.server}, schema {newest}")
    return ok(_CHECK, f"{name} {found.server}, schema {_NEWEST}")


async def _check_embedded(settings: Settings) -> DatabaseVerdict:
    directory = settings.state_dir / "postgres"
    if not (directory / "data").exists():
        why = f"there is none in {settings.state_dir} yet; the bot makes it when it first starts"
        return DatabaseVerdict(finding=skipped(_CHECK, f"embedded PostgreSQL: {why}"))
    dsn = SecretStr(dsn_for(directory))
    try:
        of_the_bot = await _judge("the running bot's PostgreSQL", dsn)
    except ConnectFailed:
        return _usable(await _start_and_judge(settings, dsn), settings)
    return _usable(of_the_bot, settings, starts_server=False)


async def _start_and_judge(settings: Settings, dsn: SecretStr) -> Finding:
    server, _ = storage_specs(settings)
    try:
        async with ActorSystem().running([server]):
            return await _judge("embedded PostgreSQL", dsn)
    except FatalError as error:
        return failed(_CHECK, error.sentence)
    except ActorKitError as error:
        todo = f"read {settings.state_dir / 'postgres' / 'server.log'}"
        return failed(_CHECK, f"embedded PostgreSQL does not come up: {error}", todo)
