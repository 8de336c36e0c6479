"""An installation in which all is well, to be broken one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from psycopg.conninfo import conninfo_to_dict
from pydantic import SecretStr

from actors.repository import apply_migrations
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from scooty.core.storage.migrations import MIGRATIONS
from scooty.runtime.cli.registered import carry_out_at_discord
from scooty.runtime.config import Settings, load_settings
from scooty.runtime.verify.report import verify

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from pathlib import Path

    from scooty.runtime.verify.findings import Finding
    from tests.postgres_fixture.server import RealPostgres

GOOD_LOGS = ('{"event": "gateway.connected", "level": "info"}',)


def url_of(dsn: str) -> str:
    """Write a connection string as the address that DATABASE_URL takes."""
    parts = conninfo_to_dict(dsn)
    query = "&".join(f"{name}={quote(str(parts[name]), safe='')}" for name in ("host", "user"))
    return f"postgresql:///{parts['dbname']}?{query}"


@dataclass(slots=True)
class Scene:
    """An installation: its settings, and the Discord that it talks to."""

    sandbox: Sandbox
    variables: dict[str, Any]
    logs: Iterable[str] | None = GOOD_LOGS

    @property
    def settings(self) -> Settings:
        return load_settings(env_file=None, overrides=self.variables)

    async def verify(self) -> list[Finding]:
        return [finding async for finding in verify(self.settings, logs=self.logs)]

    async def sync_commands(self) -> None:
        assert await carry_out_at_discord("sync", self.settings) == 0


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in Settings.model_fields.values():
        monkeypatch.delenv(str(each.alias), raising=False)


@pytest.fixture(scope="module")
def migrated(real_postgres: RealPostgres) -> Iterator[str]:
    """The address of a database with this version's schema; tests only read."""
    with real_postgres.database() as dsn:
        apply_migrations(SecretStr(dsn), MIGRATIONS)
        yield url_of(dsn)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig(global_requests_per_s=1000)) as running:
        yield running


@pytest.fixture
async def scene(sandbox: Sandbox, migrated: str, redis_url: str, tmp_path: Path) -> Scene:
    scene = Scene(
        sandbox=sandbox,
        variables={
            "DISCORD_TOKEN": sandbox.config.token,
            "DISCORD_CLIENT_ID": int(sandbox.config.application_id),
            "SCOOTY_DISCORD_BASE": sandbox.base_url,
            "DATABASE_URL": migrated,
            "REDIS_URL": redis_url,
            "SCOOTY_STATE_DIR": tmp_path,
            "PORT": 0,
        },
    )
    await scene.sync_commands()
    return scene
