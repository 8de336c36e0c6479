"""A version that is rolled back to runs against the newer schema of the version after it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from actors.kernel import ActorSystem, ChildSpec
from actors.repository import Migrations, PostgresConnection, Repository, apply_migrations
from actors.repository.schema import checksum
from scooty.core.calls import Sql
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.features.events.calls import EventCreated
from tests.asked import Asked
from tests.integration.database.recorded_level import (
    LEVELS,
    call,
    differences,
    level_path,
    read_signatures,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres

RECORDED: Final = sorted(int(path.stem) for path in LEVELS.glob("*.json"))
NO_LONGER_CALLED: Final[dict[str, str]] = {}
"""Functions that may go, with the version since which nobody has called them: a function goes one
release after the last version that calls it."""


def level(number: int) -> dict[str, Any]:
    recorded: dict[str, Any] = json.loads(level_path(number).read_text(encoding="utf-8"))
    return recorded


@pytest.fixture(scope="module")
def newest(real_postgres: RealPostgres) -> Iterator[psycopg.Connection]:
    with real_postgres.database() as dsn:
        apply_migrations(SecretStr(dsn), MIGRATIONS)
        with psycopg.connect(dsn, autocommit=True) as connection:
            yield connection


@pytest.mark.parametrize("number", RECORDED)
def test_every_function_of_a_level_is_still_there_with_its_arguments_and_result(
    newest: psycopg.Connection, number: int
) -> None:
    now = read_signatures(newest)

    for name, former in level(number)["functions"].items():
        if name in NO_LONGER_CALLED:
            continue
        assert name in now, f"{name} is gone: keep it until no version that calls it can come back"
        arguments, _, result = former.rpartition(" -> ")
        now_arguments, _, now_result = now[name].rpartition(" -> ")
        assert now_result == result, name
        assert now_arguments.startswith(arguments[:-1]), name
        added = now_arguments[len(arguments) - 1 : -1].strip(", ")
        assert all(" DEFAULT " in argument for argument in added.split(", ") if argument), name


@pytest.mark.parametrize("number", [number for number in RECORDED if level(number)["calls"]])
def test_the_calls_of_a_level_are_answered_as_the_program_of_that_level_reads_them(
    fresh_database: str, number: int
) -> None:
    apply_migrations(SecretStr(fresh_database), MIGRATIONS)
    unlike = []

    with psycopg.connect(fresh_database, autocommit=True) as connection:
        for place, each in enumerate(level(number)["calls"]):
            reply = call(connection, each["function"], each["arguments"])
            path = f"{place} {each['function']}"
            unlike += differences(each["reply"], reply, path)

    assert unlike == []


@pytest.mark.parametrize("number", [number for number in RECORDED if level(number)["calls"]])
def test_a_recorded_level_calls_each_of_its_functions(number: int) -> None:
    recorded = level(number)

    assert {each["function"] for each in recorded["calls"]} == set(recorded["functions"])


def test_the_functions_of_a_release_are_changed_only_with_a_migration() -> None:
    newest_step = MIGRATIONS.steps[-1].number
    released = level(newest_step).get("released") if newest_step in RECORDED else None

    if released is not None:
        assert released["definitions"] == checksum(MIGRATIONS.definitions), (
            f"{released['version']} has other functions under the same number, so nobody could "
            "tell which are newer: add a migration, if only an empty one"
        )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"outcome": "saved"}, {"outcome": "kept"}, ".outcome was saved, is kept"),
        ({"id": 1}, {}, ".id is gone"),
        ({"id": 1}, {"id": "1"}, ".id was int, is str"),
        ([[1, "a"]], [[1]], "[0] lacks fields"),
        ([{"id": 1}], [], " has no rows"),
        ("2026-11-24T09:00:00Z", "yesterday", " is no moment"),
    ],
)
def test_a_reply_that_an_older_program_cannot_read_is_noticed(
    old: object, new: object, said: str
) -> None:
    assert differences(old, new) == [said]


def test_what_was_added_to_a_reply_does_not_disturb_an_older_program() -> None:
    old = {"outcome": "saved", "rows": [[1, "a"]], "at": "2026-11-24T09:00:00Z"}
    new = {"outcome": "saved", "rows": [[2, "b", 3]], "at": "2026-11-25T09:00:00Z", "more": 1}

    assert differences(old, new) == []


def older_version() -> Migrations:
    """Return what the version before knew; its functions would be others, were they made anew."""
    return replace(
        MIGRATIONS, steps=MIGRATIONS.steps[:-1], definitions="drop function scooty.create_event;"
    )


async def test_an_older_version_works_on_the_newer_schema_and_leaves_it_as_it_is(
    migrated_database: str,
) -> None:
    history = "select * from scooty_private.migrations order by number"
    with psycopg.connect(migrated_database) as connection:
        before = connection.execute(history.encode()).fetchall()
    old = PostgresConnection(dsn=SecretStr(migrated_database), migrations=older_version())
    system = ActorSystem()

    with capture_logs() as lines:
        async with system.running([ChildSpec(name="repository", start=lambda: Repository(old))]):
            created = await Asked(Sql(system.address("repository"))).create_event(
                guild_id=GuildId(1), request_id=RequestId(2), name="Open", member_id=MemberId(3)
            )

    assert isinstance(created, EventCreated)
    told = [line for line in lines if line["event"] == "database.schema_is_newer"]
    assert [line["newer"] for line in told] == [[str(MIGRATIONS.steps[-1])]]
    with psycopg.connect(migrated_database) as connection:
        assert connection.execute(history.encode()).fetchall() == before
