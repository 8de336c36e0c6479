"""What tests in many folders share: one PostgreSQL for the whole run, Redis, and the run's log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

from tests.desk_fixture.board import board_desk
from tests.desk_fixture.desk import desk_at_event, desk_database, desk_repository, team_desk
from tests.desk_fixture.planted import planted
from tests.postgres_fixture.server import (
    fresh_database,
    hurt_postgres,
    made_cluster,
    real_postgres,
)
from tests.redis_fixture.server import guarded_redis, redis_server, redis_url
from tests.sandbox.openapi_of_the_run import (
    pytest_configure,
    pytest_runtestloop,
    pytest_terminal_summary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "board_desk",
    "desk_at_event",
    "desk_database",
    "desk_repository",
    "fresh_database",
    "guarded_redis",
    "hurt_postgres",
    "made_cluster",
    "planted",
    "pytest_configure",
    "pytest_runtestloop",
    "pytest_terminal_summary",
    "real_postgres",
    "redis_server",
    "redis_url",
    "team_desk",
]


# By `--hypothesis-profile`: the drills run the full one.
settings.register_profile("quick", max_examples=20)
settings.register_profile("full", max_examples=120)
settings.load_profile("quick")


@pytest.fixture(autouse=True)
def logging_is_put_back() -> Iterator[None]:
    """Let no test write where the one before had its output captured."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the type checkers: their long tests would run alone, were they the last ones."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/typing/"))
