"""What a project has to be like before it is used, and what a person is told when it is not."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from actors.repository import ConnectFailed, MigrationError, SettingRefused, apply_migrations
from actors.repository.messages import FunctionReturned
from actors.repository.supabase_connection import SupabaseConnection
from actors.repository.supabase_history import Gate
from tests.actors.repository.app_schema import OPAQUE_KEY, REMEDY, SCHEMA, call, project
from tests.postgrest_stand_in.faults import Fault
from tests.postgrest_stand_in.roles import make_supabase_roles
from tests.postgrest_stand_in.server import running_stand_in

if TYPE_CHECKING:
    from actors.repository import Migrations
    from actors.repository.supabase_history import SupabaseProject
    from tests.postgrest_stand_in.server import StandIn


async def open_and_close(to: SupabaseProject, migrations: Migrations = SCHEMA) -> None:
    connection = SupabaseConnection(project=to, migrations=migrations, connections=1)
    try:
        await connection.open()
    finally:
        await connection.close()


@pytest.mark.parametrize("key", ["sb_secret_of_another_project", "hunter2hunter2"])
async def test_a_key_that_the_gateway_does_not_know_is_named_by_its_setting(
    stand_in: StandIn, key: str
) -> None:
    with pytest.raises(
        SettingRefused, match=r"THE_KEY was refused by http://.* \(HTTP 401\)"
    ) as caught:
        await open_and_close(project(stand_in, key=key))

    assert key not in f"{caught.value!r}"


async def test_a_key_without_the_right_to_call_is_named_by_its_setting(stand_in: StandIn) -> None:
    with pytest.raises(SettingRefused, match=f"THE_KEY may not call .*{REMEDY}"):
        await open_and_close(project(stand_in, key=stand_in.gateway.token_key("anon")))


async def test_a_gate_that_does_not_open_is_named_by_its_setting(stand_in: StandIn) -> None:
    gate = Gate(header="x-app-key", key=SecretStr("hunter2"), setting="THE_GATE")
    to = replace(project(stand_in, key=stand_in.gateway.token_key("anon")), gate=gate)

    with pytest.raises(SettingRefused, match=f"THE_GATE is not the key .*{REMEDY}") as caught:
        await open_and_close(to)

    assert "hunter2" not in f"{caught.value!r}"


async def test_a_schema_that_is_not_exposed_is_named_with_the_place_to_expose_it(
    stand_in: StandIn,
) -> None:
    with pytest.raises(MigrationError, match=r"not expose the schema elsewhere.*Data API"):
        await open_and_close(project(stand_in, schema="elsewhere"))


async def test_missing_functions_are_told_with_the_remedy(stand_in: StandIn) -> None:
    to = replace(project(stand_in), history_function="no_history")

    with pytest.raises(MigrationError, match=f"does not know its functions. {REMEDY}"):
        await open_and_close(to)


async def test_a_function_that_is_no_history_is_told_with_the_remedy(stand_in: StandIn) -> None:
    to = replace(project(stand_in), history_function="count_things")

    with pytest.raises(MigrationError, match=f"does not return a history. {REMEDY}"):
        await open_and_close(to)


async def test_what_an_older_database_lacks_is_named_with_the_remedy(stand_in: StandIn) -> None:
    newer = replace(
        SCHEMA,
        steps=(*SCHEMA.steps, replace(SCHEMA.steps[0], number=2, name="more")),
        definitions="",
    )

    with pytest.raises(MigrationError, match=f"lacks 0002_more, definitions. {REMEDY}"):
        await open_and_close(project(stand_in), newer)


async def test_a_newer_project_is_used_as_it_is_with_a_line_in_the_log(stand_in: StandIn) -> None:
    with capture_logs() as lines:
        await open_and_close(project(stand_in), replace(SCHEMA, steps=(), definitions="select 1"))

    assert [line["event"] for line in lines] == ["database.schema_is_newer"]


@pytest.mark.parametrize(
    "fault",
    [Fault(kind="status", status=503), Fault(kind="html"), Fault(kind="drop"), Fault(kind="reset")],
    ids=lambda fault: fault.kind,
)
async def test_a_project_that_does_not_answer_properly_is_away_and_may_come_back(
    stand_in: StandIn, fault: Fault
) -> None:
    stand_in.faults.once(fault)

    with pytest.raises(ConnectFailed):
        await open_and_close(project(stand_in))

    await open_and_close(project(stand_in))


async def test_a_project_that_is_not_there_is_away(stand_in: StandIn) -> None:
    with stand_in.refusing(), pytest.raises(ConnectFailed, match="ConnectError"):
        await open_and_close(project(stand_in))


async def test_a_key_that_is_revoked_later_is_an_outage_and_ends_nothing(
    stand_in: StandIn,
) -> None:
    connection = SupabaseConnection(project=project(stand_in), migrations=SCHEMA)
    keys = stand_in.gateway.opaque_keys
    await connection.open()
    stand_in.gateway = replace(stand_in.gateway, opaque_keys={})
    try:
        with pytest.raises(ConnectFailed, match="THE_KEY was refused"):
            await connection.open()
    finally:
        stand_in.gateway = replace(stand_in.gateway, opaque_keys=keys)
    await connection.open()
    await connection.close()


async def test_a_new_function_is_found_when_the_migrations_told_the_api(
    fresh_database: str,
) -> None:
    make_supabase_roles(fresh_database)
    keys = {OPAQUE_KEY: "service_role"}
    with running_stand_in(fresh_database, schemas=["app"], opaque_keys=keys) as stand_in:
        with pytest.raises(MigrationError, match="does not know its functions"):
            await open_and_close(project(stand_in))

        await asyncio.to_thread(apply_migrations, SecretStr(fresh_database), SCHEMA)
        connection = SupabaseConnection(project=project(stand_in), migrations=SCHEMA)
        while True:
            with contextlib.suppress(MigrationError):
                await connection.open()
                break
        answer = await connection.call(call("count_things"))
        await connection.close()

    assert answer == FunctionReturned.of(0)


def test_no_secret_is_readable_in_a_project_or_a_connection(stand_in: StandIn) -> None:
    gate = Gate(header="x-app-key", key=SecretStr("open sesame"), setting="THE_GATE")
    to = replace(project(stand_in), gate=gate)
    connection = SupabaseConnection(project=to, migrations=SCHEMA)

    printed = f"{to!r} {connection!r} {vars(connection)!r}"

    assert OPAQUE_KEY not in printed
    assert "open sesame" not in printed
