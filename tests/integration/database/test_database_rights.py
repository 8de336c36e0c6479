"""Who may call what: the program's functions are the only way in."""

from __future__ import annotations

from hashlib import sha256

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
    [
        "select scooty.health()",
        "select scooty_api.health()",
        "select * from scooty_private.reports",
        "select * from scooty_private.api_keys",
    ],
)
def test_a_stranger_to_the_database_may_do_nothing(migrated_database: str, statement: str) -> None:
    with psycopg.connect(migrated_database) as connection:
        connection.execute("create role stranger")
        connection.execute("set role stranger")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
        connection.rollback()


def test_the_service_role_may_call_the_apis_functions_and_nothing_else(
    database_with_roles: str,
) -> None:
    apply_migrations(SecretStr(database_with_roles), MIGRATIONS)
    with psycopg.connect(database_with_roles, autocommit=True) as connection:
        connection.execute("set role service_role")

        assert connection.execute("select scooty_api.health()").fetchone() is not None
        for statement in ("select scooty.health()", "select * from scooty_private.reports"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_every_function_of_the_program_is_published_with_its_arguments(
    migrated_database: str,
) -> None:
    described = (
        "select proname, pg_get_function_arguments(oid), provolatile from pg_proc"
        " where pronamespace = %s::regnamespace order by proname"
    )
    with psycopg.connect(migrated_database) as connection:
        originals = connection.execute(described, ("scooty",)).fetchall()
        published = connection.execute(described, ("scooty_api",)).fetchall()

    assert originals
    assert published == originals


def test_the_public_roles_may_call_only_while_there_is_a_key(database_with_roles: str) -> None:
    apply_migrations(SecretStr(database_with_roles), MIGRATIONS)
    callable_by = (
        "select rolname from pg_roles where has_schema_privilege(oid, 'scooty_api', 'usage')"
        " and has_function_privilege(oid, 'scooty_api.health()', 'execute')"
        " and rolname in ('anon', 'authenticated', 'service_role') order by rolname"
    )
    with psycopg.connect(database_with_roles, autocommit=True) as connection:
        before = connection.execute(callable_by).fetchall()
        connection.execute("select scooty_private.set_api_key(sha256('secret'))")
        with_key = connection.execute(callable_by).fetchall()
        connection.execute("select scooty_private.set_api_key(null)")
        after = connection.execute(callable_by).fetchall()

    assert before == [("service_role",)]
    assert with_key == [("anon",), ("service_role",)]
    assert after == before


def test_a_new_key_ends_the_one_before(database_with_roles: str) -> None:
    apply_migrations(SecretStr(database_with_roles), MIGRATIONS)
    with psycopg.connect(database_with_roles, autocommit=True) as connection:
        for key in ("first", "second", "second"):
            connection.execute("select scooty_private.set_api_key(sha256(%s))", (key.encode(),))
        kept = connection.execute("select key_hash from scooty_private.api_keys").fetchall()

    assert kept == [(sha256(b"second").digest(),)]
