"""Who may call what: the program's functions are the only way in."""

from __future__ import annotations

import psycopg
import pytest
from pydantic import SecretStr

from actors.repository import apply_migrations
from scooty.storage.migrations import FUNCTIONS, MIGRATIONS


def test_nothing_is_left_to_do_after_the_migrations(migrated_database: str) -> None:
    assert apply_migrations(SecretStr(migrated_database), MIGRATIONS) == ()


def test_every_file_of_functions_is_made(migrated_database: str) -> None:
    with psycopg.connect(migrated_database) as connection:
        made = connection.execute(
            "select proname from pg_proc"
            " where pronamespace in ('scooty'::regnamespace, 'scooty_private'::regnamespace)"
        ).fetchall()

    assert sorted(name for (name,) in made) == sorted(FUNCTIONS)


def test_the_programs_functions_run_as_their_owner_with_a_fixed_search_path(
    migrated_database: str,
) -> None:
    with psycopg.connect(migrated_database) as connection:
        loose = connection.execute(
            "select proname from pg_proc where pronamespace = 'scooty'::regnamespace"
            " and not (prosecdef and array_to_string(proconfig, ' ') like '%search_path=%')"
        ).fetchall()

    assert loose == []


@pytest.mark.parametrize(
    "statement",
    ["select scooty.health()", "select * from scooty_private.reports"],
)
def test_a_stranger_to_the_database_may_do_nothing(migrated_database: str, statement: str) -> None:
    with psycopg.connect(migrated_database) as connection:
        connection.execute("create role stranger")
        connection.execute("set role stranger")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
        connection.rollback()


def test_the_service_role_may_call_functions_and_read_no_table(fresh_database: str) -> None:
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute("create role service_role")
        try:
            apply_migrations(SecretStr(fresh_database), MIGRATIONS)
            connection.execute("set role service_role")
            assert connection.execute("select scooty.health()").fetchone() is not None
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("select * from scooty_private.reports")
        finally:
            connection.execute("reset role")
            connection.execute("drop owned by service_role")
            connection.execute("drop role service_role")
