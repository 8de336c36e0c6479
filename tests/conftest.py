"""What tests in many folders share: one PostgreSQL for the whole run, Redis, and the run's log."""

from __future__ import annotations

from tests.postgres_fixture.server import (
    fresh_database,
    hurt_postgres,
    made_cluster,
    real_postgres,
)
from tests.redis_fixture.server import guarded_redis, redis_server, redis_url
from tests.scooty.sandbox.openapi_of_the_run import (
    pytest_configure,
    pytest_runtestloop,
    pytest_terminal_summary,
)

__all__ = [
    "fresh_database",
    "guarded_redis",
    "hurt_postgres",
    "made_cluster",
    "pytest_configure",
    "pytest_runtestloop",
    "pytest_terminal_summary",
    "real_postgres",
    "redis_server",
    "redis_url",
]
