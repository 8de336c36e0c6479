"""``scooty keys``: SCOOTY_DB_KEY is exchanged while the bot is at work, as the runbook says."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from actors.repository import SettingRefused, SupabaseConnection
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.storage.supabase import fingerprint
from scooty.runtime.cli import main
from tests.postgrest_stand_in.scooty_project import (
    PUBLIC_KEY,
    SECRET_KEY,
    ScootyProject,
    running_scooty_project,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres


@pytest.fixture
def project(
    real_postgres: RealPostgres, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ScootyProject]:
    with running_scooty_project(real_postgres.dsn, "exchanged_keys") as running:
        monkeypatch.setenv("SUPABASE_URL", running.stand_in.url)
        monkeypatch.setenv("SUPABASE_ANON_KEY", PUBLIC_KEY)
        monkeypatch.setenv("SCOOTY_DB_KEY", running.db_key.get_secret_value())
        yield running


def run_in_the_editor(project: ScootyProject, script: str) -> None:
    with psycopg.connect(project.dsn, user="supabase_owner", autocommit=True) as connection:
        connection.execute(script.encode())


async def opens(project: ScootyProject, key: SecretStr) -> bool:
    connection = SupabaseConnection(project=project.by_public_key(key), migrations=MIGRATIONS)
    try:
        await connection.open()
    except SettingRefused:
        return False
    finally:
        await connection.close()
    return True


def opening_keys(project: ScootyProject, *keys: SecretStr) -> list[bool]:
    async def try_all() -> list[bool]:
        return [await opens(project, key) for key in keys]

    return asyncio.run(try_all())


def new_key(monkeypatch: pytest.MonkeyPatch) -> SecretStr:
    key = secrets.token_urlsafe(32)
    monkeypatch.setenv("SCOOTY_DB_KEY", key)
    return SecretStr(key)


def test_a_key_is_exchanged_with_both_valid_until_the_old_one_is_retired(
    project: ScootyProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = project.db_key, new_key(monkeypatch)

    assert main(["keys", "add"]) == 0
    run_in_the_editor(project, capsys.readouterr().out)
    both = opening_keys(project, old, new)
    assert main(["keys", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert main(["keys", "retire"]) == 0

    assert both == [True, True]
    assert [line.split()[0] for line in listed] == [fingerprint(old), fingerprint(new)]
    assert listed[1].endswith("valid  <- SCOOTY_DB_KEY")
    assert opening_keys(project, old, new) == [False, True]
    assert capsys.readouterr().out == "The key before was ended.\n"
    assert main(["keys", "retire"]) == 0
    assert capsys.readouterr().out == "SCOOTY_DB_KEY was the only one already.\n"


def test_an_old_key_cannot_end_the_new_one(
    project: ScootyProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = project.db_key, new_key(monkeypatch)
    main(["migrate", "--print"])
    run_in_the_editor(project, capsys.readouterr().out)
    monkeypatch.setenv("SCOOTY_DB_KEY", old.get_secret_value())

    code = main(["keys", "retire"])

    assert code == 1
    assert "the older of two keys" in capsys.readouterr().err
    assert opening_keys(project, old, new) == [True, True]


def test_a_lost_or_leaked_key_is_ended_in_the_editor(
    project: ScootyProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    leaked, new = project.db_key, new_key(monkeypatch)

    assert main(["keys", "retire", "--print"]) == 0
    printed = capsys.readouterr().out
    run_in_the_editor(project, printed)

    assert new.get_secret_value() not in printed
    assert opening_keys(project, leaked, new) == [False, True]
    assert main(["keys", "list"]) == 0
    assert "retired 20" in capsys.readouterr().out


def test_a_key_that_the_project_does_not_know_is_told_with_the_remedy(
    project: ScootyProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = new_key(monkeypatch)

    code = main(["keys", "list"])

    said = capsys.readouterr().err
    assert (code, project.db_key.get_secret_value() in said) == (78, False)
    assert "SCOOTY_DB_KEY is not the key that this database knows" in said
    assert key.get_secret_value() not in said


def test_the_secret_key_lists_keys_and_has_none_to_keep(
    project: ScootyProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SUPABASE_ANON_KEY")
    monkeypatch.delenv("SCOOTY_DB_KEY")
    monkeypatch.setenv("SUPABASE_KEY", SECRET_KEY)

    assert main(["keys", "list"]) == 0
    assert capsys.readouterr().out.split()[0] == fingerprint(project.db_key)
    assert main(["keys", "retire"]) == 78
    assert "SCOOTY_DB_KEY is not set" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["list", "retire"])
def test_without_a_project_there_are_no_keys(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["keys", what])

    assert code == 78
    assert "SUPABASE_URL is not set" in capsys.readouterr().err


def test_a_project_out_of_reach_is_69(
    project: ScootyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    with project.stand_in.refusing():
        code = main(["keys", "list"])

    assert code == 69
    assert "Supabase cannot be reached" in capsys.readouterr().err
