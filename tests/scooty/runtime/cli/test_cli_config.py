"""``scooty config``: every setting, where its value comes from, and no secret."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from scooty.runtime.cli import main
from scooty.runtime.config import Settings

if TYPE_CHECKING:
    import pytest

_EXAMPLE = Path(__file__).parents[4] / ".env.example"


def printed_rows(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """Run the command; return value and source by variable."""
    main(["config"])
    lines = capsys.readouterr().out.splitlines()
    return {line.split()[0]: line.split(maxsplit=1)[1].rsplit(maxsplit=1) for line in lines}


def test_every_setting_is_printed_in_the_order_of_the_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = printed_rows(capsys)

    assert list(rows) == [field.alias for field in Settings.model_fields.values()]
    assert {source for _, source in rows.values()} == {"default"}


def test_each_value_names_its_source_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".env").write_text("PORT=1000\nLOG_LEVEL=error\nSCOOTY_COMMAND_LIMIT=5/12.5\n")
    monkeypatch.setenv("PORT", "2000")

    rows = printed_rows(capsys)

    assert rows["PORT"] == ["2000", "environment"]
    assert rows["LOG_LEVEL"] == ["ERROR", ".env"]
    assert rows["SCOOTY_COMMAND_LIMIT"] == ["5/12.5", ".env"]
    assert rows["SCOOTY_STATE_DIR"] == ["var", "default"]


def test_a_blank_in_the_environment_hides_the_env_file_and_means_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".env").write_text("PORT=1000\n")
    monkeypatch.setenv("PORT", "")

    rows = printed_rows(capsys)

    assert rows["PORT"] == ["8080", "default"]


def test_a_copy_of_the_example_file_is_a_usable_configuration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(_EXAMPLE, ".env")

    code = main(["config"])

    assert (code, capsys.readouterr().err) == (0, "")


def test_a_wrong_value_is_not_shown_and_the_form_is_told_after_all_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPABASE_URL", "sb_secret_planted_in_the_wrong_place")
    monkeypatch.setenv("PORT", "2000")

    code = main(["config"])

    printed = capsys.readouterr()
    assert code == 78
    assert "planted" not in printed.out + printed.err
    assert re.search(r"^SUPABASE_URL +cannot be used +environment$", printed.out, re.MULTILINE)
    assert re.search(r"^PORT +2000 ", printed.out, re.MULTILINE)
    assert "SUPABASE_URL is set to something that cannot be used." in printed.err
