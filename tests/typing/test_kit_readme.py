"""The example of the kit's README does what the README says, for a reader who copies it."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.typing.readme import write_example

if TYPE_CHECKING:
    from pathlib import Path


def test_every_block_of_the_readme_passes_as_a_test(tmp_path: Path) -> None:
    files = write_example(tmp_path)

    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-o",
            "asyncio_mode=auto",
            "-o",
            "asyncio_default_fixture_loop_scope=function",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )

    written = sum(file.read_text(encoding="utf-8").count("async def test_") for file in files)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{written} passed" in ran.stdout
    assert len(files) == 9


def test_the_example_runs_until_it_is_told_to_stop(tmp_path: Path) -> None:
    write_example(tmp_path)

    with subprocess.Popen(
        [sys.executable, "-u", "box_office.py"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "actor.started" in line:
                process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)

    assert code == 0, lines
    assert "system.drained" in "".join(lines)
