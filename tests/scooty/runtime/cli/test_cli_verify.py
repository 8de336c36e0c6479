"""``scooty verify`` as an operator runs it: its lines, its JSON and its exit code."""

from __future__ import annotations

import asyncio
import io
import json
from typing import TYPE_CHECKING

import pytest

from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from scooty.runtime.cli import main

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

GOOD = '{"event": "gateway.connected", "level": "info"}\n'
BAD = '{"event": "actor.gave_up", "level": "error"}\n'


@pytest.fixture
async def sandbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig(global_requests_per_s=1000)) as running:
        monkeypatch.setenv("DISCORD_TOKEN", running.config.token)
        monkeypatch.setenv("SCOOTY_DISCORD_BASE", running.base_url)
        monkeypatch.setenv("PORT", "0")
        assert await asyncio.to_thread(main, ["commands", "sync"]) == 0
        yield running


@pytest.fixture
def good_logs(tmp_path: Path) -> Path:
    path = tmp_path / "bot.log"
    path.write_text(GOOD)
    return path


async def test_a_green_report_has_a_line_for_each_check_and_exit_code_0(
    sandbox: Sandbox, good_logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    code = await asyncio.to_thread(main, ["verify", "--logs", str(good_logs)])

    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    assert [line.split()[:2] for line in printed.out.splitlines()] == [
        ["ok", "packages"],
        ["skipped", "redis"],
        ["skipped", "database"],
        ["ok", "token"],
        ["ok", "intents"],
        ["ok", "permissions"],
        ["ok", "permissions"],
        ["ok", "commands"],
        ["skipped", "bot"],
        ["skipped", "/ping"],
        ["skipped", "/check"],
        ["ok", "logs"],
    ]
    assert sandbox.state.trace.breach_count == 0


async def test_a_red_line_is_followed_by_what_to_do_and_exit_code_1(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.state.commands.scope(None).clear()
    capsys.readouterr()

    code = await asyncio.to_thread(main, ["verify"])

    lines = capsys.readouterr().out.splitlines()
    [red] = [number for number, line in enumerate(lines) if line.startswith("FAILED")]
    assert code == 1
    assert lines[red].startswith("FAILED   commands      not registered: /admin")
    assert lines[red + 1].strip() == "-> run scooty commands sync, or start the bot"


@pytest.mark.usefixtures("sandbox")
async def test_logs_are_read_from_a_pipe_and_the_report_is_one_json_object(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(GOOD + BAD))
    capsys.readouterr()

    code = await asyncio.to_thread(main, ["verify", "--json", "--logs", "-"])

    report = json.loads(capsys.readouterr().out)
    assert (code, report["ok"]) == (1, False)
    assert report["findings"][-1] == {
        "check": "logs",
        "state": "failed",
        "fact": "errors in 2 lines: 1 x actor.gave_up",
        "todo": "see the runbook on them",
    }


def test_a_wrong_setting_is_a_red_line_and_not_repeated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root:a-planted-password@localhost/x")

    text_code, text = main(["verify"]), capsys.readouterr().out
    json_code, report = main(["verify", "--json"]), capsys.readouterr().out

    assert (text_code, json_code) == (1, 1)
    assert text.startswith("FAILED   settings      DATABASE_URL is set to something that cannot")
    assert json.loads(report)["findings"][0]["check"] == "settings"
    assert "planted" not in text + report


def test_a_log_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["verify", "--logs", "no-such.log"])

    assert code == 78
    assert capsys.readouterr().err.startswith("The log file no-such.log cannot be read: No such")
