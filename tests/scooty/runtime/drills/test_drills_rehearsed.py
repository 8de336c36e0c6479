"""Each drill as an operator runs it: the bot does what the runbook promises."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped] # its stubs are one more package
import pytest

from scooty.runtime.cli.drill import NAMES
from tests.redis_fixture.server import REAL_REDIS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(150)]

_EVENTS = {
    "rate-limited": {"interaction.handled", "gateway.paused", "gateway.accepted_again"},
    "redis-down": {"redis.degraded", "redis.connected"},
    "supabase-errors": {
        "database.call_failed",
        "database.breaker_changed",
        "outbox.queued",
        "outbox.delivered",
    },
    "bad-permissions": {
        "gateway.resumed",
        "gateway.commands_restored",
        "gateway.registration_failed",
        "gateway.commands_unchanged",
        "system.fatal",
    },
    "gateway-drop": {"gateway.disconnected", "gateway.resumed", "gateway.connected"},
    "actor-crash": {"actor.failed", "actor.restarted", "gateway.connected"},
}
"""The log lines that each drill shows, and that its playbook names."""


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own folder: a path that is short enough for PostgreSQL's socket, and open to the
    # user as whom PostgreSQL runs when we are root.
    made = Path(tempfile.mkdtemp(prefix="scooty-drills-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("name", NAMES)
def test_the_bot_does_what_the_runbook_promises_and_nothing_is_left_behind(
    name: str, folder: Path
) -> None:
    if name == "redis-down" and REAL_REDIS is None:
        pytest.skip("needs redis-server on the PATH")
    settings_of_this_machine = {
        "DISCORD_TOKEN": "a-planted-token",
        "DATABASE_URL": "postgresql://scooty:a-planted-password@127.0.0.1:1/x",
        "SCOOTY_STATE_DIR": str(folder / "not-to-be-touched"),
    }

    ran = subprocess.run(
        [sys.executable, "-m", "scooty", "drill", name],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **settings_of_this_machine, "TMPDIR": str(folder)},
    )

    lines = [line.strip() for line in ran.stdout.splitlines()]
    logged = [json.loads(line.removeprefix("log: ")) for line in lines if line.startswith("log: ")]
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stderr == ""
    assert lines[-1].startswith("As the runbook promises: ")
    assert {line["event"] for line in logged} == _EVENTS[name]
    assert "planted" not in ran.stdout
    assert list(folder.iterdir()) == []


def test_a_drill_that_is_interrupted_ends_its_bot_and_cleans_up(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "scooty", "drill", "gateway-drop"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder)},
    ) as drill:
        assert drill.stdout is not None
        assert drill.stderr is not None
        for line in drill.stdout:
            if "/scout" in line:
                break
        [bot] = psutil.Process(drill.pid).children()

        drill.send_signal(signal.SIGINT)

        errors = drill.stderr.read()
    assert (drill.returncode, errors) == (130, "")
    assert not bot.is_running()
    assert list(folder.iterdir()) == []
