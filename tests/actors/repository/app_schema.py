"""A small schema for both connections: the same functions, called directly and over an API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from actors.repository import Migrations, Step
from actors.repository.messages import CallFunction
from actors.repository.supabase_history import SupabaseProject

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from tests.postgrest_stand_in.server import StandIn

__all__ = ["OPAQUE_KEY", "REMEDY", "SCHEMA", "call", "project"]

OPAQUE_KEY = "sb_secret_for_tests"
REMEDY = "Run the script"
SCHEMA = Migrations(
    functions_schema="app",
    history_schema="app_private",
    steps=(
        Step(
            number=1, name="things", sql="create schema app; create table app.things (id bigint);"
        ),
    ),
    definitions="""
        create or replace function app.echo(number bigint, words text, whole jsonb)
        returns jsonb language sql as
        $$ select jsonb_build_object('number', number, 'words', words, 'whole', whole) $$;
        create or replace function app.keep(id bigint) returns jsonb language plpgsql as
        $$ begin insert into app.things values (id); return to_jsonb(id); end $$;
        create or replace function app.refuse() returns jsonb language plpgsql as
        $$ begin raise exception 'no such thing' using errcode = 'P0002'; end $$;
        create or replace function app.dawdle() returns jsonb language sql
        set statement_timeout = '50ms' as
        $$ select to_jsonb(pg_sleep(30)::text) $$;
        create or replace function app.patience() returns jsonb language sql as
        $$ select to_jsonb(current_setting('statement_timeout')) $$;
        create or replace function app.count_things() returns jsonb language sql as
        $$ select to_jsonb(count(*)) from app.things $$;
        create or replace function app.cut_off() returns jsonb language sql security definer as
        $$ select to_jsonb(pg_terminate_backend(pg_backend_pid())) $$;
        create or replace function app.history() returns jsonb language sql as
        $$ select jsonb_agg(jsonb_build_array(number, name, checksum))
           from app_private.migrations $$;
        do $$ begin
          if exists (select from pg_roles where rolname = 'service_role') then
            grant usage on schema app, app_private to service_role;
            grant all on all tables in schema app, app_private to service_role;
            revoke execute on all functions in schema app from public;
            grant execute on all functions in schema app to service_role;
            grant usage on schema app to anon;
          end if;
        end $$;
        notify pgrst, 'reload schema';
    """,
)


def call(name: str, *, writes: bool = False, **arguments: JsonValue) -> CallFunction:
    """Build a call."""
    return CallFunction(name=name, arguments=tuple(arguments.items()), writes=writes)


def project(stand_in: StandIn, *, key: str = OPAQUE_KEY, schema: str = "app") -> SupabaseProject:
    """Say how a stand-in that serves `SCHEMA` is reached."""
    return SupabaseProject(
        url=stand_in.url,
        key=SecretStr(key),
        key_setting="THE_KEY",
        schema=schema,
        history_function="history",
        remedy=REMEDY,
    )
