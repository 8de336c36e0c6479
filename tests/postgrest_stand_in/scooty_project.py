"""A Supabase project with Scooty in it, made as a person makes one: by what is printed for them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg.conninfo import make_conninfo
from pydantic import SecretStr

from scooty.core.storage.supabase import editor_script, supabase_project
from tests.postgrest_stand_in.roles import make_supabase_roles
from tests.postgrest_stand_in.server import running_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.repository import SupabaseProject
    from tests.postgrest_stand_in.server import StandIn

__all__ = ["PUBLIC_KEY", "SECRET_KEY", "ScootyProject", "running_scooty_project"]

SECRET_KEY: Final = "sb_secret_of_the_tests"  # noqa: S105 - opens nothing but the stand-in
PUBLIC_KEY: Final = "sb_publishable_of_the_tests"
_DB_KEY: Final = SecretStr("a-key-of-the-tests-with-32-letters")
_MAKE_OWNER: Final = """
do $$ begin
  if not exists (select from pg_roles where rolname = 'supabase_owner') then
    create role supabase_owner login;
  end if;
end $$
"""
"""Whoever runs the SQL Editor is no superuser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScootyProject:
    """A running project."""

    stand_in: StandIn
    dsn: str
    """How its database is reached by an administrator."""
    db_key: SecretStr
    """The key that goes with the public one."""

    def by_secret_key(self) -> SupabaseProject:
        """Return how the bot reaches it with ``SUPABASE_KEY``."""
        return supabase_project(
            url=self.stand_in.url,
            key=SecretStr(SECRET_KEY),
            key_setting="SUPABASE_KEY",
            db_key=None,
        )

    def by_public_key(self, db_key: SecretStr | None = None) -> SupabaseProject:
        """Return how the bot reaches it with ``SUPABASE_ANON_KEY`` and ``SCOOTY_DB_KEY``."""
        return supabase_project(
            url=self.stand_in.url,
            key=SecretStr(PUBLIC_KEY),
            key_setting="SUPABASE_ANON_KEY",
            db_key=db_key or self.db_key,
        )


@contextlib.contextmanager
def running_scooty_project(administrator_dsn: str, name: str) -> Iterator[ScootyProject]:
    """Make a database of that name on a server, and serve it.

    Args:
        administrator_dsn: How the server's database ``postgres`` is reached.
        name: Of the new database; it is dropped at the end.
    """
    make_supabase_roles(administrator_dsn)
    dsn = make_conninfo(administrator_dsn, dbname=name)
    keys = {SECRET_KEY: "service_role", PUBLIC_KEY: "anon"}
    with psycopg.connect(administrator_dsn, autocommit=True) as administrator:
        administrator.execute(_MAKE_OWNER)
        administrator.execute(f"create database {name} owner supabase_owner".encode())
        try:
            with psycopg.connect(make_conninfo(dsn, user="supabase_owner")) as editor:
                editor.execute(editor_script(db_key=_DB_KEY).encode())
            schemas = ["public", "scooty_api"]
            with running_stand_in(dsn, schemas=schemas, opaque_keys=keys) as stand_in:
                yield ScootyProject(stand_in=stand_in, dsn=dsn, db_key=_DB_KEY)
        finally:
            administrator.execute(f"drop database {name} with (force)".encode())
