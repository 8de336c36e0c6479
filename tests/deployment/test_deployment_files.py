"""The files that a platform reads: their fields, and that they name the same things."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from scooty.runtime.config import Settings

ROOT: Final = Path(__file__).parents[2]

FLY_FIELDS: Final[dict[str, type | dict[str, Any]]] = {
    "app": str,
    "primary_region": str,
    "kill_signal": str,
    "kill_timeout": int,
    "build": {"dockerfile": str},
    "deploy": {"strategy": str, "release_command": str},
    "env": {"LOG_LEVEL": str, "PORT": str, "SCOOTY_STATE_DIR": str},
    "processes": {"worker": str},
    "mounts": {"source": str, "destination": str, "processes": list},
    "checks": {
        "alive": {
            "type": str,
            "port": int,
            "method": str,
            "path": str,
            "interval": str,
            "timeout": str,
            "grace_period": str,
            "processes": list,
        }
    },
    "metrics": {"port": int, "path": str, "processes": list},
    "vm": list,
}
"""The fields that we use, with their types.

Source: https://fly.io/docs/reference/configuration/
"""


@pytest.fixture(scope="module")
def fly() -> dict[str, Any]:
    return tomllib.loads((ROOT / "fly.toml").read_text())


@pytest.fixture(scope="module")
def procfile() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}


@pytest.fixture(scope="module")
def dockerfile() -> list[str]:
    """The Dockerfile's instructions, each in one line."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _wrong_fields(found: dict[str, Any], known: dict[str, Any], path: str = "") -> list[str]:
    wrong = []
    for name, value in found.items():
        expected = known.get(name)
        if isinstance(expected, dict) and isinstance(value, dict):
            wrong += _wrong_fields(value, expected, f"{path}{name}.")
        elif not isinstance(expected, type) or not isinstance(value, expected):
            wrong.append(f"{path}{name}")
    return wrong


def test_flys_file_has_only_fields_that_fly_knows_of_the_right_type(fly: dict[str, Any]) -> None:
    assert _wrong_fields(fly, FLY_FIELDS) == []


def test_nothing_can_stop_the_machine_for_want_of_traffic(fly: dict[str, Any]) -> None:
    assert not {"http_service", "services"} & set(fly)


def test_the_processes_are_the_procfiles(fly: dict[str, Any], procfile: dict[str, str]) -> None:
    # A Procfile's commands go through a shell, which would hear the signals in the bot's place.
    assert all(command.startswith("exec ") for command in procfile.values())
    assert fly["processes"] == {
        name: command.removeprefix("exec ") for name, command in procfile.items()
    }
    groups = [fly["mounts"], fly["checks"]["alive"], fly["metrics"], *fly["vm"]]
    assert {name for group in groups for name in group["processes"]} == set(procfile)


def test_the_process_has_time_to_drain(fly: dict[str, Any]) -> None:
    drain_budget_s = 10

    assert fly["kill_signal"] == "SIGTERM"
    assert fly["kill_timeout"] >= 2 * drain_budget_s


def test_the_port_and_the_folder_are_the_same_everywhere(
    fly: dict[str, Any], dockerfile: list[str]
) -> None:
    port, folder = fly["env"]["PORT"], fly["env"]["SCOOTY_STATE_DIR"]

    assert {fly["checks"]["alive"]["port"], fly["metrics"]["port"]} == {int(port)}
    assert fly["mounts"]["destination"] == folder
    assert f"EXPOSE {port}" in dockerfile
    assert any(f"PORT={port} SCOOTY_STATE_DIR={folder}" in line for line in dockerfile)


def test_every_variable_that_is_set_is_a_setting(fly: dict[str, Any]) -> None:
    known = {field.alias for field in Settings.model_fields.values()}

    assert set(fly["env"]) <= known


def test_the_image_is_built_in_two_stages_of_one_pinned_slim_debian(dockerfile: list[str]) -> None:
    bases = [line.split()[1] for line in dockerfile if line.startswith("FROM ")]

    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-bookworm", bases[0])


def test_the_image_installs_only_pinned_and_hashed_packages(dockerfile: list[str]) -> None:
    commands = [part for line in dockerfile for part in line.split(" && ")]
    installs = [
        command for command in commands if re.search(r"/pip .*\b(install|wheel)\b", command)
    ]

    assert len(installs) == 4
    assert all("--require-hashes" in each or "--no-deps" in each for each in installs)
    assert not any("apt-get" in line or "curl" in line for line in dockerfile)
    locks = [(ROOT / f"requirements/{name}.txt").read_text() for name in ("build", "runtime")]
    assert not any("://" in re.sub(r"#.*", "", lock) for lock in locks)


def test_the_image_says_what_it_is(dockerfile: list[str]) -> None:
    [label] = [line for line in dockerfile if line.startswith("LABEL ")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    labels = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', label))

    assert labels["title"].lower() == project["name"]
    assert labels["licenses"] == project["license"]
    assert labels["description"]


def test_the_image_holds_no_secret_and_adds_nothing_from_elsewhere(
    dockerfile: list[str],
) -> None:
    words = {line.split()[0] for line in dockerfile}
    variables = " ".join(line for line in dockerfile if line.startswith(("ENV", "ARG")))

    assert words <= {
        *("FROM", "WORKDIR", "ENV", "RUN", "COPY", "LABEL", "USER", "EXPOSE", "HEALTHCHECK", "CMD")
    }
    assert not re.search("TOKEN|KEY|PASSWORD|_URL", variables)
    paths = [line.split()[1] for line in dockerfile if line.startswith("WORKDIR ")]
    assert all(path.startswith("/") for path in paths)
    assert not any("sudo" in line or "latest" in line for line in dockerfile)


def test_the_image_runs_one_program_in_exec_form_as_a_plain_user(dockerfile: list[str]) -> None:
    last_stage = dockerfile[
        max(i for i, line in enumerate(dockerfile) if line.startswith("FROM")) :
    ]
    users = [line.split()[1] for line in last_stage if line.startswith("USER ")]

    assert users == ["scooty"]
    assert last_stage[-1] == 'CMD ["scooty", "run"]'
    assert any(re.match(r"HEALTHCHECK .*CMD \[", line) for line in last_stage)


def test_everything_that_the_image_copies_is_sent_to_the_builder(dockerfile: list[str]) -> None:
    sent = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }

    for line in dockerfile:
        if line.startswith("COPY ") and "--from=" not in line:
            for source in line.split()[1:-1]:
                assert source.split("/")[0] in sent, source


def test_the_workflow_calls_targets_that_the_makefile_has() -> None:
    makefile = (ROOT / "Makefile").read_text()
    workflow = (ROOT / ".github/workflows/ci.yml").read_text()

    targets = set(re.findall(r"run: make (\w+)", workflow))

    assert targets == {"test", "check", "drills"}
    for target in targets:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)
