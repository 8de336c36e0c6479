"""Prints what the drills of this folder counted at the end of pytest's output, passed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = [
        str(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, value in report.user_properties
        if name == "rivals"
    ]
    if lines:
        terminalreporter.section("two processes and one new opponent at once")
        for line in lines:
            terminalreporter.write_line(line)
