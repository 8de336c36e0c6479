"""The release checklist: its commands exist and are run, and the workflow does its part."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest
import yaml  # type: ignore[import-untyped] # its stubs are one more package

from scooty import __version__
from tests.docs.test_docs_runbooks import RUN_BY, commands_of

ROOT: Final = Path(__file__).parents[2]
CHECKLIST: Final = (ROOT / "docs/RELEASE.md").read_text(encoding="utf-8")
MODULES: Final = {
    "tests.integration.database.recorded_level": (
        "tests/integration/database/test_database_rollback.py"
    ),
    "tests.deployment.image_steps": "tests/chaos/operations/test_image_steps.py",
}
"""What is run as a module, and the test that uses it."""


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    text = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    loaded: dict[Any, Any] = yaml.safe_load(text)
    return loaded


def steps(workflow: dict[Any, Any], job: str) -> list[str]:
    return [str(step.get("run", step.get("uses"))) for step in workflow["jobs"][job]["steps"]]


def test_every_make_target_and_command_of_the_checklist_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = commands_of(CHECKLIST)

    assert {"make lock", "make check", "make test", "make drills"} <= commands
    for command in commands:
        if command.startswith("make "):
            assert re.search(rf"^{command.removeprefix('make ')}:", makefile, flags=re.MULTILINE)
        else:
            assert command in RUN_BY


def test_every_module_of_the_checklist_is_used_by_a_test() -> None:
    named = set(re.findall(r"python -m ([\w.]+)", CHECKLIST))

    assert named == MODULES.keys()
    for module, test in MODULES.items():
        assert find_spec(module) is not None
        assert f"from {module} import" in (ROOT / test).read_text(encoding="utf-8")


def test_every_file_of_the_checklist_exists() -> None:
    for name in re.findall(r"`([\w/]+\.(?:md|toml|py))`", CHECKLIST):
        assert (ROOT / name).is_file(), name


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == __version__


def test_the_workflow_tests_each_supported_python_and_checks_types_and_style(
    workflow: dict[Any, Any],
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pythons = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]

    assert pythons == ["3.11", "3.12", "3.13"]
    assert project["requires-python"] == f">={pythons[0]}"
    assert {"make test", "make check"} <= set(steps(workflow, "test"))
    assert "make drills" in steps(workflow, "drills")
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"^FROM python:([\d.]+)", dockerfile, flags=re.MULTILINE)) <= set(pythons)


def test_the_workflow_deploys_a_tag_after_everything_else_and_nothing_but_a_tag(
    workflow: dict[Any, Any],
) -> None:
    deploy = workflow["jobs"]["deploy"]
    events = workflow[True]  # YAML reads the key "on" so

    assert events["push"]["tags"] == ["v*"]
    assert "pull_request" in events
    assert deploy["if"] == "startsWith(github.ref, 'refs/tags/v')"
    assert set(deploy["needs"]) == workflow["jobs"].keys() - {"deploy"}
    assert steps(workflow, "deploy")[-1] == "flyctl deploy --remote-only --ha=false"
    assert workflow["permissions"] == {"contents": "read"}


def test_no_job_of_the_workflow_can_hang_for_hours_or_sees_a_secret_that_it_does_not_need(
    workflow: dict[Any, Any],
) -> None:
    text = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")

    assert all(job["timeout-minutes"] <= 90 for job in workflow["jobs"].values())
    assert re.findall(r"secrets\.(\w+)", text) == ["FLY_API_TOKEN"]
    assert "FLY_API_TOKEN" in str(workflow["jobs"]["deploy"])
