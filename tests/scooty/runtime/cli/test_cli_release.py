"""``scooty release``: migrates, looks, and keeps the version at work when something is wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from psycopg.conninfo import conninfo_to_dict

from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from scooty.runtime.cli import main

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def sandbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig(global_requests_per_s=1000)) as running:
        monkeypatch.setenv("DISCORD_TOKEN", running.config.token)
        monkeypatch.setenv("SCOOTY_DISCORD_BASE", running.base_url)
        yield running


@pytest.fixture
def database_url(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = conninfo_to_dict(fresh_database)
    query = "&".join(f"{name}={quote(str(parts[name]), safe='')}" for name in ("host", "user"))
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///{parts['dbname']}?{query}")


async def release() -> int:
    return await asyncio.to_thread(main, ["release"])


@pytest.mark.usefixtures("sandbox", "database_url")
async def test_a_release_migrates_and_then_looks_and_may_be_repeated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = await release()
    printed = capsys.readouterr().out
    again = await release()

    assert (first, again) == (0, 0)
    assert printed.startswith("Applied: ")
    assert "up to date already" in capsys.readouterr().out
    assert [line.split()[:2] for line in printed.splitlines()[1:]] == [
        ["ok", "packages"],
        ["ok", "database"],
        ["ok", "token"],
    ]


@pytest.mark.usefixtures("sandbox")
async def test_without_a_database_of_ours_nothing_is_migrated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = await release()

    assert code == 0
    assert "Applied" not in capsys.readouterr().out


@pytest.mark.usefixtures("sandbox", "database_url")
async def test_a_wrong_token_keeps_the_version_that_is_at_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "wrong-token")

    code = await release()

    printed = capsys.readouterr().out
    assert code == 1
    assert "Not released" in printed
    assert "wrong-token" not in printed


@pytest.mark.usefixtures("sandbox")
async def test_a_database_out_of_reach_ends_before_anything_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://scooty:hunter2@127.0.0.1:9/scooty")

    code = await release()

    assert code == 69
    assert "hunter2" not in "".join(capsys.readouterr())
