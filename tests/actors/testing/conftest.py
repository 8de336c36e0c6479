from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import structlog

from actors.kernel import ActorSystem

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    # The default renderer paints tracebacks with all local variables, 20 ms each.
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.ReturnLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def frozen_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActorSystem, "check_messages", True)
