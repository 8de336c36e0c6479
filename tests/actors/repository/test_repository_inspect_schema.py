"""Comparing a schema with what is wanted, without changing it, against a real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from pydantic import SecretStr

from actors.repository import ConnectFailed, MigrationError, inspect_schema
from tests.actors.repository.test_repository_migrations import TWO, WANTED, apply


async def test_an_empty_database_lacks_every_step_and_stays_empty(fresh_database: str) -> None:
    found = await inspect_schema(SecretStr(fresh_database), WANTED)

    assert found.missing == ("0001_things", "0002_names", "definitions")
    assert found.server[0].isdigit()
    with psycopg.connect(fresh_database) as connection:
        schemas = connection.execute("select from pg_namespace where nspname like 'app%'")
        assert schemas.rowcount == 0


async def test_a_database_that_is_up_to_date_lacks_nothing(fresh_database: str) -> None:
    await apply(fresh_database, WANTED)

    found = await inspect_schema(SecretStr(fresh_database), WANTED)

    assert found.missing == ()


async def test_changed_definitions_are_missing_until_they_are_applied(fresh_database: str) -> None:
    await apply(fresh_database, WANTED)
    newer = replace(WANTED, definitions=WANTED.definitions + " -- changed")

    found = await inspect_schema(SecretStr(fresh_database), newer)

    assert found.missing == ("definitions",)


async def test_a_schema_that_needs_a_person_says_for_which_step(fresh_database: str) -> None:
    await apply(fresh_database, WANTED)
    edited = replace(WANTED, steps=(WANTED.steps[0], replace(TWO, sql="select 1")))

    with pytest.raises(MigrationError, match="0002_names differs"):
        await inspect_schema(SecretStr(fresh_database), edited)


async def test_a_database_out_of_reach_is_told_without_its_password() -> None:
    dsn = SecretStr("postgresql://scooty:a-planted-password@127.0.0.1:1/scooty")

    with pytest.raises(ConnectFailed, match=r"127\.0\.0\.1") as caught:
        await inspect_schema(dsn, WANTED)

    assert "planted" not in str(caught.value)
