from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postgres_fixture.server import open_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def directory() -> Iterator[Path]:
    """A data folder that is not there yet, in a place that every user can reach."""
    with open_folder() as place:
        yield place / "postgres"
