"""``scooty migrate`` and ``scooty migrate --print``, without a database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from scooty.cli import main
from scooty.config import Settings

if TYPE_CHECKING:
    from pathlib import Path

DB_KEY = "k" * 32


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def test_printing_needs_no_settings_and_says_what_to_do_with_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["migrate", "--print"])

    printed = capsys.readouterr().out
    assert code == 0
    assert printed.startswith("-- Scooty's tables and functions, for a Supabase project.")
    assert "Exposed schemas: add scooty_api" in printed
    assert "select scooty_private.set_api_key(" not in printed


def test_the_hash_of_the_key_is_printed_and_the_key_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPABASE_URL", "https://project.supabase.co")
    monkeypatch.setenv("SUPABASE_ANON_KEY", "sb_publishable_x")
    monkeypatch.setenv("SCOOTY_DB_KEY", DB_KEY)

    code = main(["migrate", "--print"])

    printed = capsys.readouterr().out
    assert code == 0
    assert hashlib.sha256(DB_KEY.encode()).hexdigest() in printed
    assert DB_KEY not in printed


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        (
            {"SUPABASE_URL": "https://project.supabase.co", "SUPABASE_KEY": "sb_secret_x"},
            "scooty migrate --print",
        ),
        ({}, "DATABASE_URL is not set"),
    ],
)
def test_without_a_database_that_can_be_migrated_the_way_is_shown(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variables: dict[str, str],
    sentence: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    code = main(["migrate"])

    assert code == 78
    assert sentence in capsys.readouterr().err.replace("\n", " ")
