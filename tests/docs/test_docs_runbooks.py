"""The runbooks: both say the same, and every command, event, setting and metric in them exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

import pytest

from scooty.features.jobs.timetable import DEFAULT_TIMES
from scooty.runtime.cli.entry import _parser
from scooty.runtime.config import Settings

ROOT: Final = Path(__file__).parents[2]
RUNBOOKS: Final = {
    language: (ROOT / f"docs/RUNBOOK.{language}.md").read_text() for language in ("en", "fr")
}
RUN_BY: Final = {
    "scooty run": ("tests/integration/whole_bot/bot_process.py", '"scooty", "run"'),
    "scooty verify": ("tests/scooty/runtime/cli/test_cli_verify.py", '"verify"'),
    "scooty verify --logs -": ("tests/scooty/runtime/cli/test_cli_verify.py", '"--logs", "-"'),
    "scooty config": ("tests/scooty/runtime/cli/test_cli_config.py", '"config"'),
    "scooty release": ("tests/scooty/runtime/cli/test_cli_release.py", '"release"'),
    "scooty migrate --print": (
        "tests/scooty/runtime/cli/test_cli_migrate.py",
        '"migrate", "--print"',
    ),
    "scooty commands list": ("tests/scooty/runtime/cli/test_cli_commands.py", '"list"'),
    "scooty commands sync": ("tests/scooty/runtime/cli/test_cli_commands.py", '"sync"'),
    "scooty commands clear": ("tests/scooty/runtime/cli/test_cli_commands.py", '"clear"'),
    "scooty keys add": ("tests/scooty/runtime/cli/test_cli_keys.py", '"keys", "add"'),
    "scooty keys list": ("tests/scooty/runtime/cli/test_cli_keys.py", '"keys", "list"'),
    "scooty keys retire": ("tests/scooty/runtime/cli/test_cli_keys.py", '"keys", "retire"]'),
    "scooty keys retire --print": (
        "tests/scooty/runtime/cli/test_cli_keys.py",
        '"keys", "retire", "--p',
    ),
    "make run": ("tests/acceptance/conftest.py", '"scooty", "run", "--sandbox"'),
    "make test": (".ci/run", "make test"),
}
"""Where each command is run, and by what words. Drills are told apart below."""
DRILLS: Final = "tests/scooty/runtime/drills/test_drills_rehearsed.py"


def commands_of(text: str) -> set[str]:
    """Return the commands of code blocks and of code in a line, without their comments."""
    blocks = re.findall(r"```bash\n(.*?)```", text, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    found = (line.split("  #")[0].split("|")[-1].strip() for line in (*lines, *spans))
    return {line for line in found if line.startswith(("scooty ", "make "))}


def words_of(text: str) -> set[str]:
    """Return what stands in code in a line and is no command: settings, events, metrics."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return {span for span in spans if re.fullmatch(r"[A-Za-z_.]+", span)}


def source_text() -> str:
    folders = (ROOT / "actors", ROOT / "sandbox", ROOT / "scooty")
    return "\n".join(path.read_text() for folder in folders for path in folder.rglob("*.py"))


@pytest.mark.parametrize("language", RUNBOOKS)
def test_every_command_is_one_that_the_program_takes(language: str) -> None:
    makefile = (ROOT / "Makefile").read_text()

    for command in commands_of(RUNBOOKS[language]):
        program, *arguments = shlex.split(command)
        if program == "make":
            assert re.search(rf"^{arguments[0]}:", makefile, flags=re.MULTILINE), command
        else:
            _parser().parse_args(arguments)


@pytest.mark.parametrize("language", RUNBOOKS)
def test_every_command_is_run_by_a_test(language: str) -> None:
    drills = (ROOT / DRILLS).read_text()

    for command in commands_of(RUNBOOKS[language]):
        if command.startswith("scooty drill "):
            assert f'"{command.removeprefix("scooty drill ")}": ' in drills, command
        else:
            where, words = RUN_BY[command]
            assert words in (ROOT / where).read_text(), command


def test_both_languages_name_the_same_commands_and_the_same_things() -> None:
    english, french = RUNBOOKS["en"], RUNBOOKS["fr"]

    assert commands_of(english) == commands_of(french)
    assert words_of(english) == words_of(french)
    assert re.findall(r"^#+", english, flags=re.MULTILINE) == re.findall(
        r"^#+", french, flags=re.MULTILINE
    )


def test_every_setting_event_and_metric_exists() -> None:
    settings = {str(field.alias) for field in Settings.model_fields.values()}
    source = source_text()

    for word in words_of(RUNBOOKS["en"]):
        if word.isupper() and "_" in word:
            assert word in settings, word
        elif re.fullmatch(r"[a-z_]+\.[a-z_]+", word):
            assert f'"{word}"' in source, word
        elif word.startswith("scooty_"):
            # The metrics' library itself adds this to the name of a counter.
            assert f'"{word.removesuffix("_total")}"' in source, word


@pytest.mark.parametrize("language", RUNBOOKS)
def test_the_table_of_jobs_lists_each_job_at_its_time(language: str) -> None:
    rows = dict(
        re.findall(r"^\| `([a-z]\w*)` \| ([^|]+) \|", RUNBOOKS[language], flags=re.MULTILINE)
    )

    assert rows.keys() == DEFAULT_TIMES.keys()
    for name, expression in DEFAULT_TIMES.items():
        minute, hour = expression.split()[:2]
        said = rows[name].replace(" h ", ":")
        assert (minute.removeprefix("*/") if hour == "*" else f"{hour:0>2}:{minute:0>2}") in said


def test_each_line_of_the_earlier_runbooks_sections_has_its_section() -> None:
    sections = (
        "Environments",
        "First start",
        "Deploying",
        "Secrets",
        "Is it well",
        "Going back",
        "Playbooks",
        "Objectives",
        "After a reinstallation",
        "Scheduled jobs",
        "Who to call",
    )

    for section in sections:
        assert re.search(rf"^#+ {section}", RUNBOOKS["en"], flags=re.MULTILINE), section
