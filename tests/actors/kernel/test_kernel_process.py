from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(__file__).with_name("system_in_process.py")
ROOT = Path(__file__).parents[3]


class Ran:
    """A finished run: its exit code, its log lines, and how long it took to end."""

    def __init__(self, code: int, output: str, ending_s: float) -> None:
        self.code = code
        self.output = output
        self.ending_s = ending_s

    def line(self, event: str) -> dict[str, Any]:
        for text in self.output.splitlines():
            if text.startswith("{") and json.loads(text)["event"] == event:
                found: dict[str, Any] = json.loads(text)
                return found
        raise AssertionError(f"no {event} in {self.output}")


@contextmanager
def started(mode: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), mode],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        output_of(process).close()


def output_of(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def wait_ready(process: subprocess.Popen[str]) -> None:
    wait_for(process, "ready")


def wait_for(process: subprocess.Popen[str], beginning: str) -> str:
    """Read up to a line, and return what it says further."""
    for line in output_of(process):
        if line.startswith(beginning):
            return line.removeprefix(beginning).strip()
    raise AssertionError(f"ended before it said {beginning}")


def finish(process: subprocess.Popen[str]) -> Ran:
    began = time.monotonic()
    output = output_of(process).read()
    return Ran(process.wait(), output, time.monotonic() - began)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_an_idle_system_in_good_order(number: signal.Signals) -> None:
    with started("idle") as process:
        wait_ready(process)
        process.send_signal(number)
        ran = finish(process)

    assert ran.code == 0
    assert "handled 0" in ran.output
    assert ran.line("system.stop_requested")["signal"] == number.name


def test_a_drain_stops_at_its_budget_and_reports_what_it_left() -> None:
    with started("drain") as process:
        wait_ready(process)
        process.send_signal(signal.SIGTERM)
        ran = finish(process)

    drained = ran.line("system.drained")
    found = re.search(r"handled (\d+)", ran.output)
    assert found is not None
    assert ran.code == 0
    left = drained["left"]["subject"] + drained["cut_off"].get("subject", 0)
    assert int(found[1]) + left == 2000
    assert 0.4 < drained["duration_s"] < 5


def test_a_second_signal_ends_at_once() -> None:
    with started("hang_at_stop") as process:
        wait_ready(process)
        process.send_signal(signal.SIGTERM)
        for line in output_of(process):
            if "system.draining" in line:
                break
        process.send_signal(signal.SIGTERM)
        ran = finish(process)

    assert ran.code == 128 + signal.SIGTERM


def test_a_dependency_that_is_down_at_start_ends_in_exit_code_70() -> None:
    with started("broken") as process:
        ran = finish(process)

    assert ran.code == 70
    assert "more than 2 restarts within 5 s" in ran.line("system.gave_up")["reason"]


def test_a_fatal_error_ends_in_its_own_exit_code_with_its_sentence() -> None:
    with started("fatal") as process:
        ran = finish(process)

    assert ran.code == 78
    assert ran.line("system.fatal")["sentence"] == "The token is wrong; set DISCORD_TOKEN."
    assert '"incarnation": 2' not in ran.output


def test_a_stuck_loop_is_reported_with_its_source_line_and_ended() -> None:
    with started("stuck") as process:
        wait_ready(process)
        ran = finish(process)

    stuck = ran.line("loop.stuck")
    assert ran.code == 70
    assert stuck["loop"] == "main"
    assert "in hold_the_loop: time.sleep(60)" in stuck["line"]


def test_a_stuck_supervisor_is_itself_noticed_and_ended() -> None:
    with started("supervisor_stuck") as process:
        wait_ready(process)
        ran = finish(process)

    assert ran.code == 70
    assert ran.line("loop.stuck")["loop"] == "supervisor"


def test_a_program_whose_output_nobody_reads_any_more_can_still_be_terminated() -> None:
    with started("idle") as process:
        wait_ready(process)
        output_of(process).close()
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)

    assert code in (0, 120)  # 120: Python itself could not write out the rest


def test_a_fork_that_is_terminated_leaves_its_parent_alone() -> None:
    with started("fork") as process:
        child = int(wait_for(process, "forked"))
        os.kill(child, signal.SIGTERM)
        ended_by = wait_for(process, "ended by")
        process.send_signal(signal.SIGTERM)
        ran = finish(process)

    assert ended_by == str(int(signal.SIGTERM))
    assert ran.code == 0
    assert ran.output.count("system.stop_requested") == 1


def test_time_for_which_the_process_was_suspended_does_not_count_against_a_handler() -> None:
    with started("suspended") as process:
        wait_for(process, "worked")
        process.send_signal(signal.SIGTERM)
        ran = finish(process)

    assert ran.code == 0
    assert "handled 1" in ran.output
