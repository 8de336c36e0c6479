"""What `scooty migrate --print` prints, run as the SQL Editor of a Supabase project runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from pydantic import SecretStr

from actors.repository import apply_migrations
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.storage.supabase import editor_script, fingerprint, only_key_script
from tests.postgrest_stand_in.roles import make_supabase_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER: Final = "project_owner"
KEY: Final = SecretStr("k" * 32)
OTHER_KEY: Final = SecretStr("o" * 32)
EVERYTHING: Final = """
    select 'function', p.oid::regprocedure::text, p.prosrc, p.proacl::text, p.proconfig::text
    from pg_proc p where p.pronamespace::regnamespace::text like 'scooty%'
    union all
    select 'relation', c.oid::regclass::text, c.relkind::text, c.relacl::text, c.reloptions::text
    from pg_class c where c.relnamespace::regnamespace::text like 'scooty%'
    union all
    select 'schema', n.nspname::text, '', n.nspacl::text, ''
    from pg_namespace n where n.nspname like 'scooty%'
    union all
    select 'constraint', c.conrelid::regclass::text, c.conname::text,
      pg_get_constraintdef(c.oid), ''
    from pg_constraint c where c.connamespace::regnamespace::text like 'scooty%'
    union all
    select 'archetype', a.id::text, a.name, a.colours, '' from scooty_private.archetypes a
    union all
    select 'migration', m.number::text, m.name, m.checksum, '' from scooty_private.migrations m
"""


@pytest.fixture
def project(fresh_database: str) -> Iterator[str]:
    """A database whose owner is no superuser, as the SQL Editor's role is none."""
    make_supabase_roles(fresh_database)
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute(f"create role {OWNER} login".encode())
        connection.execute(f"grant create on database {connection.info.dbname} to {OWNER}".encode())
        yield make_conninfo(fresh_database, user=OWNER)
        connection.execute(f"drop owned by {OWNER} cascade".encode())
        connection.execute(f"drop role {OWNER}".encode())


def run(dsn: str, *, db_key: SecretStr | None = None) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(editor_script(db_key=db_key).encode())


def everything(dsn: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn) as connection:
        return sorted(connection.execute(EVERYTHING.encode()).fetchall(), key=repr)


def keys(dsn: str) -> list[str]:
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select encode(key_hash, 'hex') from scooty_private.api_keys order by created_at"
        )
        return [key_hash for (key_hash,) in rows.fetchall()]


def test_the_editor_makes_what_the_program_makes(project: str) -> None:
    apply_migrations(SecretStr(project), MIGRATIONS)
    by_the_program = everything(project)
    with psycopg.connect(project) as connection:
        connection.execute("drop schema scooty, scooty_private, scooty_api cascade")

    run(project)

    assert len(by_the_program) > 100
    assert everything(project) == by_the_program
    assert apply_migrations(SecretStr(project), MIGRATIONS) == ()


def test_running_it_again_changes_nothing(project: str) -> None:
    run(project, db_key=KEY)
    before = everything(project)

    run(project, db_key=KEY)
    run(project)

    assert everything(project) == before
    assert len(keys(project)) == 1


def test_a_new_key_is_let_in_beside_the_one_before(project: str) -> None:
    run(project, db_key=KEY)
    first = keys(project)

    run(project, db_key=OTHER_KEY)

    assert len(first) == 1
    assert keys(project)[:1] == first
    assert len(keys(project)) == 2


def test_the_script_for_the_only_key_ends_all_others(project: str) -> None:
    run(project, db_key=KEY)
    run(project, db_key=OTHER_KEY)
    newest = SecretStr("n" * 32)

    with psycopg.connect(project, autocommit=True) as connection:
        connection.execute(only_key_script(newest).encode())

    with psycopg.connect(project) as connection:
        listed = connection.execute("select scooty.list_api_keys()").fetchone()
    assert listed is not None
    valid = [key["fingerprint"] for key in listed[0] if key["retired_at"] is None]
    assert valid == [fingerprint(newest)]
    assert len(listed[0]) == 3


def test_what_was_stored_is_kept(project: str) -> None:
    run(project)
    with psycopg.connect(project) as connection:
        connection.execute("select scooty.create_event(1, 2, 'Open', 'open', 3)")
        connection.execute("delete from scooty_private.migrations where number = 0")

    run(project)

    with psycopg.connect(project) as connection:
        names = connection.execute("select name from scooty_private.events").fetchall()
    assert names == [("Open",)]


def test_rights_that_were_lost_are_given_again(project: str) -> None:
    run(project)
    before = everything(project)
    with psycopg.connect(project) as connection:
        connection.execute("revoke all on schema scooty_api from service_role")

    run(project)

    assert everything(project) == before
