"""``scooty migrate`` and ``scooty migrate --print``, without a database."""

from __future__ import annotations

import hashlib

import pytest

from scooty.runtime.cli import main

DB_KEY = "k" * 32


def test_printing_needs_no_settings_and_says_what_to_do_with_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["migrate", "--print"])

    printed = capsys.readouterr().out
    assert code == 0
    assert printed.startswith("-- Scooty's tables and functions, for a Supabase project.")
    assert "Exposed schemas: add scooty_api" in printed
    assert "select scooty_private.add_api_key(" not in printed


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


def test_a_database_out_of_reach_is_told_in_one_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    password = "a-planted-password"  # noqa: S105 - planted
    monkeypatch.setenv("DATABASE_URL", f"postgresql://scooty:{password}@127.0.0.1:1/scooty")

    code = main(["migrate"])

    printed = capsys.readouterr()
    assert code == 69
    assert printed.err.startswith("The database of DATABASE_URL cannot be reached: ")
    assert password not in printed.err + printed.out
