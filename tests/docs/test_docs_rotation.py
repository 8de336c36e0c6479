"""The runbooks' ways to change a secret: each is walked, command by command, on a real server.

``SCOOTY_DB_KEY`` is exchanged in ``tests/scooty/runtime/cli/test_cli_keys.py``.
"""

from __future__ import annotations

import re
import secrets
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from scooty.runtime.config import load_settings
from scooty.runtime.verify.at_discord import check_discord
from scooty.runtime.verify.database import check_database
from scooty.runtime.verify.redis_server import check_redis
from tests.postgrest_stand_in.scooty_project import SECRET_KEY, running_scooty_project
from tests.redis_fixture.server import RealRedis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres
    from tests.postgrest_stand_in.scooty_project import ScootyProject

ROOT: Final = Path(__file__).parents[2]
TITLES: Final = {
    "en": ("Changing the Discord token", "the Supabase key", "SCOOTY_DB_KEY", "the Redis password"),
    "fr": ("Changer le jeton Discord", "la clé Supabase", "SCOOTY_DB_KEY", "le mot de passe Redis"),
}


def steps(language: str, title: str) -> list[str]:
    """Return the commands of one section, in order, without their comments."""
    text = (ROOT / f"docs/RUNBOOK.{language}.md").read_text(encoding="utf-8")
    found = re.search(rf"^### .*{re.escape(title)}$(.*?)^##", text, flags=re.DOTALL | re.MULTILINE)
    assert found is not None, title
    blocks = re.findall(r"```bash\n(.*?)```", found[1], flags=re.DOTALL)
    lines = [line.split("   #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


async def state_of_database(**variables: Any) -> str:
    settings = load_settings(env_file=None, overrides=variables)
    return (await check_database(settings)).finding.state


def test_both_languages_go_the_same_way() -> None:
    for english, french in zip(TITLES["en"], TITLES["fr"], strict=True):
        assert steps("en", english) == steps("fr", french)


def test_every_secret_of_fly_is_one_of_the_settings() -> None:
    ways = [step for title in TITLES["en"] for step in steps("en", title)]
    named = {name for step in ways for name in re.findall(r"fly secrets set (\w+)=", step)}

    assert named == {"DISCORD_TOKEN", "SUPABASE_KEY", "SCOOTY_DB_KEY", "REDIS_URL"}


async def test_a_new_discord_token_is_green_and_the_old_one_red() -> None:
    old, new = "old-token", secrets.token_urlsafe(16)
    assert [step.split()[0] for step in steps("en", TITLES["en"][0])] == ["fly", "scooty"]

    async with Sandbox(SandboxConfig(token=new, global_requests_per_s=1000)) as after_the_reset:
        states = []
        for token in (old, new):
            settings = load_settings(
                env_file=None,
                overrides={
                    "DISCORD_TOKEN": token,
                    "SCOOTY_DISCORD_BASE": after_the_reset.base_url,
                },
            )
            states.append((await check_discord(settings))[0].state)

    assert states == ["failed", "ok"]


@pytest.fixture
def project(real_postgres: RealPostgres) -> Iterator[ScootyProject]:
    with running_scooty_project(real_postgres.dsn, "rotated_key") as running:
        yield running


async def test_two_supabase_keys_are_valid_until_the_old_one_is_deleted(
    project: ScootyProject,
) -> None:
    new_key = "sb_secret_that_is_new"
    gateway = project.stand_in.gateway

    async def states() -> list[str]:
        url = project.stand_in.url
        return [
            await state_of_database(SUPABASE_URL=url, SUPABASE_KEY=key)
            for key in (SECRET_KEY, new_key)
        ]

    project.stand_in.gateway = replace(
        gateway, opaque_keys={**gateway.opaque_keys, new_key: "service_role"}
    )
    both = await states()
    project.stand_in.gateway = replace(gateway, opaque_keys={new_key: "service_role"})

    assert both == ["ok", "ok"]
    assert await states() == ["failed", "ok"]


@pytest.mark.skipif(shutil.which("redis-cli") is None, reason="needs redis-cli on the PATH")
async def test_two_redis_passwords_are_valid_until_the_old_one_is_taken_away(
    tmp_path: Path,
) -> None:
    old, new = secrets.token_hex(8), secrets.token_hex(8)
    adds, sets, verifies, takes_away = steps("en", TITLES["en"][3])
    server = RealRedis(tmp_path, password=old)
    server.start()

    def run(step: str) -> str:
        placed = step.replace("HOST", "127.0.0.1").replace("6379", str(server.port))
        words = shlex.split(placed.replace("OLD", old).replace("NEW", new))
        return subprocess.run(["env", *words], capture_output=True, text=True, check=True).stdout

    async def states() -> list[str]:
        found: list[str] = []
        for password in (old, new):
            url = f"redis://:{password}@127.0.0.1:{server.port}/0"
            settings = load_settings(env_file=None, overrides={"REDIS_URL": url})
            found.append((await check_redis(settings.redis_url)).state)
        return found

    try:
        assert run(adds) == "OK\n"
        both = await states()
        assert run(takes_away) == "OK\n"
        after = await states()
    finally:
        server.end()

    assert sets.startswith("fly secrets set REDIS_URL=")
    assert verifies == "scooty verify"
    assert (both, after) == (["ok", "ok"], ["failed", "ok"])
