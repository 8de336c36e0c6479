from __future__ import annotations

import io
import itertools
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from tests.chaos.kernel.findings import findings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def no_logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # Thousands of failures on purpose: formatting their tracebacks would be most of the work. Every
    # other line fails itself, which must not matter.
    structlog.configure(processors=[partial(_drop, itertools.count())])
    monkeypatch.setattr("sys.stderr", io.StringIO())
    yield
    structlog.reset_defaults()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if findings:
        terminalreporter.section("what the drills of the actor kit found")
        for line in findings:
            terminalreporter.write_line(line)


def _drop(number: itertools.count[int], _logger: object, _method: str, _event: Any) -> Any:
    raise structlog.DropEvent if next(number) % 2 else BrokenPipeError
