"""What makes a drill fail, and what it says then."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from scooty.runtime.cli import drill as command
from scooty.runtime.cli import main
from scooty.runtime.drills.bot import Bot
from scooty.runtime.drills.catalogue import DRILLS
from scooty.runtime.drills.drill import Drill, rehearse
from scooty.runtime.drills.stage import open_stage

if TYPE_CHECKING:
    from pathlib import Path

    from scooty.runtime.drills.account import Account


def drill(*promises: str) -> Drill:
    async def play(account: Account, folder: Path) -> None:
        account.happens("Something is broken")
        for kept in promises:
            account.promise(f"it is {kept} in {folder.name[:6]}", kept=kept == "kept")

    return Drill(name="any", summary="something breaks", play=play)


def test_a_drill_with_every_promise_kept_says_so() -> None:
    told: list[str] = []

    kept = rehearse(drill("kept", "kept"), told.append)

    assert kept
    assert told[0] == "Drill any: something breaks."
    assert told[-1] == "\nAs the runbook promises: 2 of 2 promises kept."


def test_a_broken_promise_fails_the_drill_and_is_named_at_the_end() -> None:
    told: list[str] = []

    kept = rehearse(drill("kept", "broken"), told.append)

    assert not kept
    assert "    BROKEN: it is broken in scooty" in told
    assert told[-1] == "\nNOT as the runbook promises:\n  - it is broken in scooty"


def test_a_bot_that_ends_at_once_fails_the_drill_with_its_last_words() -> None:
    async def play(account: Account, folder: Path) -> None:
        async with open_stage(account, folder, REDIS_URL="a-planted-password"):
            pass

    told: list[str] = []

    kept = rehearse(Drill(name="any", summary="it ends", play=play), told.append)

    assert not kept
    assert "the bot ended with 78: " in told[-1]
    assert "REDIS_URL is set to something that cannot be used" in told[-1]
    assert "planted" not in "".join(told)


def test_the_command_knows_every_drill() -> None:
    assert tuple(DRILLS) == command.NAMES


def test_a_drill_that_needs_redis_says_so_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    code = main(["drill", "redis-down"])

    assert code == 69
    assert capsys.readouterr().err.startswith("This drill needs redis-server on the PATH")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    lines = [
        {"event": "old", "actor": "desk"},
        {"event": "seen", "actor": "desk"},
        {"event": "seen", "actor": "cache"},
    ]
    path = tmp_path / "bot.log"
    path.write_text("no JSON\n" + "".join(f"{json.dumps(line)}\n" for line in lines) + '{"half')
    return path


async def test_a_log_line_is_found_by_event_fields_number_and_position(log: Path) -> None:
    process = await asyncio.create_subprocess_exec("true")
    bot = Bot(process, log.parent, {})
    await process.wait()
    after_old = len('no JSON\n{"event": "old", "actor": "desk"}\n')

    by_field = await bot.find_line("seen", since=0, within_s=5.0, actor="cache")
    second = await bot.find_line("seen", since=0, nth=2, within_s=5.0)
    too_early = await bot.find_line("old", since=after_old, within_s=0.0)

    assert by_field == second == {"event": "seen", "actor": "cache"}
    assert too_early is None
