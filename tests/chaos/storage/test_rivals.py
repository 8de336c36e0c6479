"""Two processes report the same new opponent at the same moment, round after round."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from scooty.core.storage.supabase import editor_script
from tests.chaos.storage.rival import opponent
from tests.integration.whole_bot.bot_process import NOTHING_ELSE
from tests.postgrest_stand_in.roles import make_supabase_roles
from tests.postgrest_stand_in.scooty_project import PUBLIC_KEY, SECRET_KEY
from tests.postgrest_stand_in.server import running_stand_in

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Callable, Mapping

pytestmark = pytest.mark.chaos

_FIRST_REQUESTS: Final = (1_000_000, 2_000_000)
_ANSWER_WITHIN_S: Final = 20.0


@asynccontextmanager
async def rival(first_request: int, settings: Mapping[str, str]) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.chaos.storage.rival", str(first_request)),
        env={**os.environ, **NOTHING_ELSE, **settings},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin is not None
    try:
        yield process
    finally:
        process.stdin.close()
        await asyncio.wait_for(process.wait(), _ANSWER_WITHIN_S)


async def next_word(process: Process) -> str:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), _ANSWER_WITHIN_S)
    return line.decode().strip()


async def compete(settings: Mapping[str, str], rounds: int) -> set[str]:
    """Let two processes report each round's opponent at once; return all that they were told."""
    told = set()
    async with AsyncExitStack() as stack:
        rivals = []
        for first_request in _FIRST_REQUESTS:  # one after the other: the first one migrates
            process = await stack.enter_async_context(rival(first_request, settings))
            assert await next_word(process) == "ready"
            rivals.append(process)
        for number in range(rounds):
            for process in rivals:
                assert process.stdin is not None
                process.stdin.write(f"{number}\n".encode())
            told.update(await asyncio.gather(*map(next_word, rivals)))
    return told


def stored(dsn: str) -> tuple[list[str], int, int]:
    """Return the players' names, and how many reports and how many different requests there are."""
    with psycopg.connect(dsn) as connection:
        names = [name for (name,) in connection.execute("select name from scooty_private.players")]
        row = connection.execute(
            "select count(*), count(distinct request_id) from scooty_private.reports"
        ).fetchone()
    assert row is not None
    return names, row[0], row[1]


def counted(connection: str, rounds: int, names: list[str], reports: int, requests: int) -> str:
    return (
        f"{connection}: {rounds} opponents reported twice at once, {len(names)} players stored,"
        f" {len(names) - len(set(names))} of them twice; {reports} reports of {requests} requests"
        f" stored, {2 * rounds - requests} lost"
    )


def url(dsn: str) -> str:
    parts = conninfo_to_dict(dsn)
    socket = quote(str(parts["host"]), safe="")
    return f"postgresql://{parts['user']}@/{parts['dbname']}?host={socket}"


async def test_a_thousand_opponents_reported_twice_at_once_are_a_thousand_players(
    fresh_database: str, record_property: Callable[[str, object], None]
) -> None:
    told = await compete({"DATABASE_URL": url(fresh_database)}, 1_000)

    names, reports, requests = stored(fresh_database)
    record_property("rivals", counted("PostgreSQL", 1_000, names, reports, requests))
    assert told == {"ReportRecorded"}
    assert sorted(names) == sorted(map(opponent, range(1_000)))
    assert (reports, requests) == (2_000, 2_000)


async def test_the_same_over_supabase(
    fresh_database: str, record_property: Callable[[str, object], None]
) -> None:
    make_supabase_roles(fresh_database)
    with psycopg.connect(fresh_database, autocommit=True) as editor:
        editor.execute(editor_script(db_key=None).encode())
    keys = {SECRET_KEY: "service_role", PUBLIC_KEY: "anon"}
    schemas = ["public", "scooty_api"]
    with running_stand_in(fresh_database, schemas=schemas, opaque_keys=keys) as stand_in:
        settings = {"SUPABASE_URL": stand_in.url, "SUPABASE_KEY": SECRET_KEY}
        told = await compete(settings, 200)

    names, reports, requests = stored(fresh_database)
    record_property("rivals", counted("supabase", 200, names, reports, requests))
    assert told == {"ReportRecorded"}
    assert sorted(names) == sorted(map(opponent, range(200)))
    assert (reports, requests) == (400, 400)
