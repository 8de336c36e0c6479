"""What ``scooty verify`` says of each kind of database, and that it changes none."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from pydantic import SecretStr

from actors.kernel import ActorSystem
from actors.repository import apply_migrations
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.health import PartHealth
from scooty.runtime.config import load_settings
from scooty.runtime.verify.database import check_database
from scooty.runtime.verify.round_trips import Surroundings, check_commands_answer
from scooty.runtime.wiring import storage_specs
from tests.postgrest_stand_in.scooty_project import (
    PUBLIC_KEY,
    SECRET_KEY,
    running_scooty_project,
)
from tests.scooty.runtime.verify.conftest import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scooty.runtime.config import Settings
    from scooty.runtime.verify.findings import Finding
    from tests.postgres_fixture.server import RealPostgres
    from tests.postgrest_stand_in.scooty_project import ScootyProject

NEWEST = str(MIGRATIONS.steps[-1])
SURROUNDINGS = Surroundings(
    gateway=PartHealth(state="connected"), cache=PartHealth(state="in_memory"), guild_id=1
)


def settings(**variables: Any) -> Settings:
    return load_settings(env_file=None, overrides=variables)


async def finding_of(**variables: Any) -> Finding:
    return (await check_database(settings(**variables))).finding


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own folder: a path that is short enough for PostgreSQL's socket, and open to the
    # user as whom PostgreSQL runs when we are root.
    made = Path(tempfile.mkdtemp(prefix="scooty-verify-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def project(real_postgres: RealPostgres) -> Iterator[ScootyProject]:
    with running_scooty_project(real_postgres.dsn, "verified_project") as project:
        yield project


async def test_an_empty_database_lacks_everything_and_stays_empty(fresh_database: str) -> None:
    finding = await finding_of(DATABASE_URL=url_of(fresh_database))

    assert finding.state == "failed"
    assert f", {NEWEST}, definitions" in finding.fact
    assert finding.todo == "run scooty migrate, or start the bot, which does the same"
    with psycopg.connect(fresh_database) as connection:
        schemas = connection.execute("select from pg_namespace where nspname like 'scooty%'")
        assert schemas.rowcount == 0


async def test_a_function_that_is_missing_is_found_by_the_business_command(
    fresh_database: str,
) -> None:
    await asyncio.to_thread(apply_migrations, SecretStr(fresh_database), MIGRATIONS)
    with psycopg.connect(fresh_database) as connection:
        connection.execute("drop function scooty.check_player")

    verdict = await check_database(settings(DATABASE_URL=url_of(fresh_database)))
    ping, check = await check_commands_answer(verdict.specs, SURROUNDINGS)

    assert verdict.finding.state == "ok"
    assert ping.state == "ok"
    assert (check.state, check.fact) == ("failed", "ends in StorageError")


async def test_commands_over_a_database_that_went_are_red(fresh_database: str) -> None:
    gone = url_of(fresh_database.replace("dbname=", "dbname=no_such_"))
    specs = storage_specs(settings(DATABASE_URL=gone))

    ping, check = await check_commands_answer(specs, SURROUNDINGS)

    # /ping has to answer in any state of the program: that the database is away is its answer.
    assert ping.state == "ok"
    assert check.fact == "is answered with an apology (unavailable)"


async def test_commands_over_an_address_that_cannot_be_used_are_red() -> None:
    specs = storage_specs(settings(DATABASE_URL="postgresql:///x?no_such_option=1"))

    findings = await check_commands_answer(specs, SURROUNDINGS)

    assert [finding.state for finding in findings] == ["failed", "failed"]
    assert findings[0].fact.startswith("DATABASE_URL is not understood")


async def test_a_supabase_project_is_well_by_either_key(project: ScootyProject) -> None:
    by_secret = await finding_of(SUPABASE_URL=project.stand_in.url, SUPABASE_KEY=SECRET_KEY)
    by_public = await finding_of(
        SUPABASE_URL=project.stand_in.url,
        SUPABASE_ANON_KEY=PUBLIC_KEY,
        SCOOTY_DB_KEY=project.db_key.get_secret_value(),
    )

    assert by_secret.fact.startswith(f"Supabase takes SUPABASE_KEY, schema {NEWEST}, a query in ")
    assert by_public.fact.startswith(f"Supabase takes SUPABASE_ANON_KEY, schema {NEWEST}, a query")


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"SUPABASE_KEY": "sb_secret_planted"}, "SUPABASE_KEY was refused by http"),
        (
            {"SUPABASE_ANON_KEY": PUBLIC_KEY, "SCOOTY_DB_KEY": "planted-" * 5},
            "SCOOTY_DB_KEY is not the key that this database knows",
        ),
    ],
)
async def test_a_wrong_key_is_named_and_not_repeated(
    project: ScootyProject, keys: dict[str, str], sentence: str
) -> None:
    finding = await finding_of(SUPABASE_URL=project.stand_in.url, **keys)

    assert finding.state == "failed"
    assert finding.fact.startswith(sentence)
    assert "planted" not in finding.fact + finding.todo


async def test_a_supabase_project_out_of_reach_may_be_paused() -> None:
    finding = await finding_of(SUPABASE_URL="http://127.0.0.1:1", SUPABASE_KEY=SECRET_KEY)

    assert finding.state == "failed"
    assert finding.fact.startswith("Supabase cannot be reached: ")
    assert "whether the project is paused" in finding.todo


async def test_an_embedded_database_that_was_never_made_is_not_made_here(tmp_path: Path) -> None:
    verdict = await check_database(settings(SCOOTY_STATE_DIR=tmp_path / "state"))

    assert verdict.finding.state == "skipped"
    assert verdict.specs == ()
    assert not (tmp_path / "state").exists()


async def test_an_embedded_database_is_looked_at_whether_the_bot_runs_or_not(
    folder: Path, made_cluster: Path
) -> None:
    (folder / "postgres").mkdir(mode=0o700)
    shutil.copytree(made_cluster, folder / "postgres" / "data")
    embedded = settings(SCOOTY_STATE_DIR=folder)

    async with ActorSystem().running(storage_specs(embedded)):
        while_it_runs = await check_database(embedded)
        answers = await check_commands_answer(while_it_runs.specs, SURROUNDINGS)
    afterwards = await check_database(embedded)

    assert while_it_runs.finding.fact.startswith("the running bot's PostgreSQL 1")
    assert [finding.state for finding in answers] == ["ok", "ok"]
    assert afterwards.finding.state == "ok"
    assert afterwards.finding.fact.startswith("embedded PostgreSQL 1")
    assert not (folder / "postgres" / "data" / "postmaster.pid").exists()
