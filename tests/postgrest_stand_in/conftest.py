from __future__ import annotations

from tests.postgres_fixture.server import fresh_database, real_postgres

__all__ = ["fresh_database", "real_postgres"]
