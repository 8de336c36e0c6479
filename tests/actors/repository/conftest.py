from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from actors.repository import apply_migrations
from tests.actors.repository.app_schema import OPAQUE_KEY, SCHEMA
from tests.postgrest_stand_in.roles import make_supabase_roles
from tests.postgrest_stand_in.server import running_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres
    from tests.postgrest_stand_in.server import StandIn


@pytest.fixture(scope="session")
def app_database(real_postgres: RealPostgres) -> Iterator[str]:
    """A database with the functions of `SCHEMA`, for all tests that do not mind its rows."""
    dsn = real_postgres.dsn.replace("dbname=postgres", "dbname=app")
    with psycopg.connect(real_postgres.dsn, autocommit=True) as administrator:
        administrator.execute("create database app")
        make_supabase_roles(dsn)
        apply_migrations(SecretStr(dsn), SCHEMA)
        yield dsn
        administrator.execute("drop database app with (force)")


@pytest.fixture(scope="session")
def shared_stand_in(app_database: str) -> Iterator[StandIn]:
    """An API over that database."""
    keys = {OPAQUE_KEY: "service_role"}
    with running_stand_in(app_database, schemas=["app"], opaque_keys=keys) as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(shared_stand_in: StandIn) -> Iterator[StandIn]:
    """The same API, well again after the test."""
    shared_stand_in.received.clear()
    yield shared_stand_in
    shared_stand_in.faults.clear()
