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
    mended: list[str] = []
    structlog.configure(processors=[partial(_drop, itertools.count(), mended)])
    monkeypatch.setattr("sys.stderr", io.StringIO())
    yield
    structlog.reset_defaults()
    assert not mended, "messages waited beside an idle actor, of those that are gone too"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if findings:
        terminalreporter.section("what the drills of the actor kit found")
        for line in findings:
            terminalreporter.write_line(line)


def _drop(
    number: itertools.count[int], mended: list[str], _logger: object, _method: str, event: Any
) -> Any:
    if event["event"] == "actor.mended":
        mended.append(event["actor"])
    raise structlog.DropEvent if next(number) % 2 else BrokenPipeError
