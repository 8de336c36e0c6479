"""A real PostgreSQL with the whole schema in it."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from actors.repository import apply_migrations
from scooty.storage.migrations import MIGRATIONS
from tests.postgres_fixture.server import fresh_database, real_postgres

__all__ = ["fresh_database", "real_postgres"]


@pytest.fixture
def migrated_database(fresh_database: str) -> str:
    """The connection string of a database with the tables and functions, and without rows."""
    apply_migrations(SecretStr(fresh_database), MIGRATIONS)
    return fresh_database
