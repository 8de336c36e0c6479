from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A data folder that is not there yet; as root, one that the server's user cannot walk to."""
    return tmp_path / "postgres"
