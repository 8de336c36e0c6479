"""A real PostgreSQL with the whole schema in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from psycopg.conninfo import conninfo_to_dict
from pydantic import SecretStr

from actors.repository import apply_migrations
from scooty.core.storage.migrations import MIGRATIONS
from tests.postgrest_stand_in.roles import make_supabase_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres


@pytest.fixture(scope="session")
def migrated_once(real_postgres: RealPostgres) -> Iterator[str]:
    """The name of a database to copy: with the tables and functions, and without rows."""
    with real_postgres.database() as dsn:
        apply_migrations(SecretStr(dsn), MIGRATIONS)
        yield str(conninfo_to_dict(dsn)["dbname"])


@pytest.fixture
def migrated_database(real_postgres: RealPostgres, migrated_once: str) -> Iterator[str]:
    """The connection string of such a database."""
    with real_postgres.database(copied_from=migrated_once) as dsn:
        yield dsn


@pytest.fixture
def database_with_roles(fresh_database: str) -> str:
    """The connection string of an empty database on a server that has Supabase's roles."""
    make_supabase_roles(fresh_database)
    return fresh_database
