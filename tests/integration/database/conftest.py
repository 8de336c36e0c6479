"""A real PostgreSQL with the whole schema in it."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from actors.repository import apply_migrations
from scooty.storage.migrations import MIGRATIONS
from tests.postgrest_stand_in.roles import make_supabase_roles


@pytest.fixture
def migrated_database(fresh_database: str) -> str:
    """The connection string of a database with the tables and functions, and without rows."""
    apply_migrations(SecretStr(fresh_database), MIGRATIONS)
    return fresh_database


@pytest.fixture
def database_with_roles(fresh_database: str) -> str:
    """The connection string of an empty database on a server that has Supabase's roles."""
    make_supabase_roles(fresh_database)
    return fresh_database
