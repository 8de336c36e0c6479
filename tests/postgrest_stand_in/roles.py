"""The roles that Supabase has in every project; they belong to a server, not to a database."""

from __future__ import annotations

import psycopg

__all__ = ["make_supabase_roles"]

_ROLES = """
do $$
declare role text;
begin
  perform pg_advisory_xact_lock(4711);
  if not exists (select from pg_roles where rolname = 'authenticator') then
    create role authenticator login noinherit;
  end if;
  foreach role in array '{anon,authenticated,service_role}'::text[] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I nologin', role);
      execute format('grant %I to authenticator', role);
    end if;
  end loop;
  alter role service_role bypassrls;
end
$$
"""


def make_supabase_roles(dsn: str) -> None:
    """Make the roles that are missing; as often as one likes."""
    with psycopg.connect(dsn) as connection:
        connection.execute(_ROLES.encode())
