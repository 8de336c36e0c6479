from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import structlog

from tests.chaos.kernel.findings import findings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def no_logs() -> Iterator[None]:
    # Thousands of failures on purpose: formatting their tracebacks would be most of the work.
    structlog.configure(processors=[_drop])
    yield
    structlog.reset_defaults()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if findings:
        terminalreporter.section("what the drills of the actor kit found")
        for line in findings:
            terminalreporter.write_line(line)


def _drop(_logger: object, _method: str, _event: Any) -> Any:
    raise structlog.DropEvent
