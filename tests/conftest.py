"""What tests in many folders share: one PostgreSQL for the whole run, and Redis."""

from __future__ import annotations

from tests.postgres_fixture.server import (
    fresh_database,
    hurt_postgres,
    made_cluster,
    real_postgres,
)
from tests.redis_fixture.server import guarded_redis, redis_server, redis_url

__all__ = [
    "fresh_database",
    "guarded_redis",
    "hurt_postgres",
    "made_cluster",
    "real_postgres",
    "redis_server",
    "redis_url",
]
