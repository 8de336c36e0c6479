"""The migrations, applied one after the other, lead to the tables that are declared."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

import psycopg

from scooty.core.storage.migrations import MIGRATIONS

COLUMNS: Final = """
    select c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname like 'scooty%' and c.relkind = 'r'
"""
CONSTRAINTS: Final = """
    select c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where n.nspname like 'scooty%' and c.contype <> 'n'
"""
INDEXES: Final = "select indexname, indexdef from pg_indexes where schemaname like 'scooty%'"
RIGHTS: Final = """
    select c.relname, c.relacl::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname like 'scooty%' and c.relkind in ('r', 'S')
    union all
    select n.nspname, n.nspacl::text from pg_namespace n where n.nspname like 'scooty%'
"""
TRIGGERS: Final = """
    select t.tgrelid::regclass::text, t.tgname, pg_get_triggerdef(t.oid)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname like 'scooty%' and not t.tgisinternal
"""


def described(connection: psycopg.Connection, sql: str) -> list[tuple[Any, ...]]:
    return sorted(connection.execute(sql.encode()).fetchall(), key=repr)


def test_the_migrations_make_the_declared_tables(fresh_database: str) -> None:
    declared = (files("scooty.core") / "sql" / "schema.sql").read_text("utf-8")
    snapshots = []

    for script in (declared, "\n".join(step.sql for step in MIGRATIONS.steps)):
        with psycopg.connect(fresh_database) as connection:
            connection.execute(script.encode())
            queries = (COLUMNS, CONSTRAINTS, INDEXES, RIGHTS, TRIGGERS)
            snapshots.append([described(connection, query) for query in queries])
            connection.rollback()

    made, migrated = snapshots
    assert made == migrated
    assert all(made[:4])


def test_every_foreign_key_of_what_a_guild_owns_carries_the_guild(fresh_database: str) -> None:
    declared = (files("scooty.core") / "sql" / "schema.sql").read_text("utf-8")

    with psycopg.connect(fresh_database) as connection:
        connection.execute(declared.encode())
        keys = connection.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where contype = 'f'"
            " and connamespace = 'scooty_private'::regnamespace and exists ("
            "  select from pg_attribute a where a.attrelid = conrelid and a.attname = 'guild_id'"
            " )"
        ).fetchall()
        connection.rollback()

    assert keys
    assert [key for (key,) in keys if "guild_id" not in key.partition("REFERENCES")[2]] == []
