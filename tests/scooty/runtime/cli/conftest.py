"""A console command that finds no settings of this machine: neither a variable nor a ``.env``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.runtime.config import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
