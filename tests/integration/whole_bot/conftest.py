"""A sandbox, a captain in it, and a folder for the bots of one test module."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Not pytest's own folder: a path that is short enough for PostgreSQL's socket, and open to the
    # user as whom PostgreSQL runs when we are root.
    made = Path(tempfile.mkdtemp(prefix="scooty-whole-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)
