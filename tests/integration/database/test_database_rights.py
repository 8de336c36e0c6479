"""Who may call what: the program's functions are the only way in."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import psycopg
import pytest
from pydantic import SecretStr

from actors.repository import apply_migrations
from scooty.core.storage.migrations import FUNCTIONS, MIGRATIONS


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
        connection.execute("select scooty_private.add_api_key(sha256('secret'))")
        with_key = connection.execute(callable_by).fetchall()
        connection.execute("select scooty_private.retire_api_keys(null)")
        after = connection.execute(callable_by).fetchall()

    assert before == [("service_role",)]
    assert with_key == [("anon",), ("service_role",)]
    assert after == before


def add_key(connection: psycopg.Connection, key: bytes) -> None:
    connection.execute("select scooty_private.add_api_key(sha256(%s))", (key,))


def valid_keys(connection: psycopg.Connection) -> list[bytes]:
    rows = connection.execute(
        "select key_hash from scooty_private.api_keys where retired_at is null order by created_at"
    ).fetchall()
    return [key_hash for (key_hash,) in rows]


def test_a_second_key_is_valid_beside_the_first_and_a_third_is_refused(
    migrated_database: str,
) -> None:
    with psycopg.connect(migrated_database, autocommit=True) as connection:
        for key in (b"first", b"second", b"second"):
            add_key(connection, key)

        with pytest.raises(psycopg.errors.RaiseException, match="two keys are valid already"):
            add_key(connection, b"third")

        assert valid_keys(connection) == [sha256(b"first").digest(), sha256(b"second").digest()]


def test_a_retired_key_cannot_come_back_and_leaves_its_place(migrated_database: str) -> None:
    with psycopg.connect(migrated_database, autocommit=True) as connection:
        add_key(connection, b"first")
        add_key(connection, b"second")
        ended = connection.execute(
            "select scooty_private.retire_api_keys(sha256('second'))"
        ).fetchone()

        with pytest.raises(psycopg.errors.RaiseException, match="was retired at"):
            add_key(connection, b"first")
        add_key(connection, b"third")

        assert ended == (1,)
        assert valid_keys(connection) == [sha256(b"second").digest(), sha256(b"third").digest()]


def test_a_key_of_the_level_before_two_were_allowed_stays_valid(fresh_database: str) -> None:
    one_key_only = replace(MIGRATIONS, steps=MIGRATIONS.steps[:3], definitions="")
    apply_migrations(SecretStr(fresh_database), one_key_only)
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute(
            "insert into scooty_private.api_keys (key_hash) values (sha256('former'))"
        )

    apply_migrations(SecretStr(fresh_database), MIGRATIONS)

    with psycopg.connect(fresh_database, autocommit=True) as connection:
        add_key(connection, b"new")
        assert valid_keys(connection) == [sha256(b"former").digest(), sha256(b"new").digest()]
