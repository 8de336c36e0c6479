"""A version that is rolled back to: its schema is older than the database's, and people scout."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from actors.repository import apply_migrations
from bench.processes import bot_environment
from scooty.core.storage.migrations import MIGRATIONS
from tests.chaos.operations.test_two_instances import (
    captain,
    folder,
    instance,
    sandbox,
    url_of,
)
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.client import Person
    from sandbox.server import Sandbox

__all__ = ["captain", "folder", "sandbox"]

pytestmark = pytest.mark.chaos

HISTORY = b"select number, name, checksum from scooty_private.migrations order by number"
OF_TOMORROW = b"""
    alter table scooty_private.reports add column certainty integer not null default 3;
    create function scooty.certainty_of(report_id bigint) returns jsonb
      language sql as $$ select to_jsonb(3) $$;
    insert into scooty_private.migrations (number, name, checksum)
      values (9000, 'certainty', 'of tomorrow');
    update scooty_private.migrations set checksum = 'of tomorrow' where number = 0;
"""


@pytest.fixture
def newer_database(fresh_database: str) -> str:
    apply_migrations(SecretStr(fresh_database), MIGRATIONS)
    with psycopg.connect(fresh_database) as connection:
        connection.execute(OF_TOMORROW)
    return fresh_database


def history(dsn: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(HISTORY).fetchall()


async def test_the_older_version_is_released_and_people_scout_as_before(
    sandbox: Sandbox,
    captain: Person,
    folder: Path,
    newer_database: str,
) -> None:
    before = history(newer_database)
    settings = {
        **bot_environment(discord_base=sandbox.base_url, state_dir=folder),
        **NOTHING_ELSE,
        "DATABASE_URL": url_of(newer_database),
    }
    release = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scooty", "release"),
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await asyncio.wait_for(release.communicate(), 30)

    async with instance("back", sandbox, newer_database, folder) as bot:
        await bot.until_at_work()
        await captain.wait_until_online(timeout_s=40)
        made = await captain.command("admin create-event", name="Rolled Back Open")
        saved = await captain.command("scout", opponent="Jane Doe", archetype="Boros Energy")
        told = bot.lines("database.schema_is_newer")

    assert release.returncode == 0
    assert b"schema 9000_certainty of a newer version, which this one can use" in printed
    assert (made.ok, saved.ok) == (True, True)
    assert [line["newer"] for line in told] == [["9000_certainty"]]
    assert history(newer_database) == before
    with psycopg.connect(newer_database) as connection:
        kept = connection.execute("select scooty.certainty_of(1)").fetchone()
        certain = connection.execute("select certainty from scooty_private.reports").fetchall()
    assert (kept, certain) == ((3,), [(3,)])
