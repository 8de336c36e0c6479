"""Does what the Dockerfile says, without Docker: each step in a folder of its own, not as root.

A path such as ``/opt/scooty`` is the same path below the folder, in both stages, since a virtual
environment holds its own path. What needs root is left out and told: ``useradd``, ``chown``, and to
become another user. The Python is this machine's, not the base image's, and its pip downloads.

``python -m tests.deployment.image_steps FOLDER`` does it and prints what the image would hold.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Image", "Instruction", "build_image", "folder_sizes", "read_dockerfile"]

_ROOT: Final = Path(__file__).parents[2]
_PLACES: Final = re.compile(r"(?<![\w./])/(?=(?:opt|build|data|home)\b)")
"""The absolute paths that the Dockerfile makes itself."""
_NEEDS_ROOT: Final = ("useradd", "chown")
_PASSED_ON: Final = ("PIP_", "SSL_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "https_proxy")
"""What the way to the package index may need; of all else the steps know nothing."""
_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One line of a Dockerfile."""

    keyword: str
    text: str


@dataclass(slots=True, kw_only=True)
class Image:
    """What came of the steps."""

    root: Path
    """Stands for ``/``."""
    environment: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)
    health_check: list[str] = field(default_factory=list)
    directory: Path = Path()
    left_out: list[str] = field(default_factory=list)
    """The commands that need root."""

    def variables(self, **more: str) -> dict[str, str]:
        """Return the whole environment of a process in the image."""
        path = os.pathsep.join([self.environment.get("PATH", ""), "/usr/bin", "/bin"])
        return {**self.environment, "PATH": path, "HOME": str(self.root), **more}


def read_dockerfile(path: Path) -> list[Instruction]:
    """Return a Dockerfile's instructions in order."""
    text = re.sub(r"\\\n\s*", " ", path.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [
        Instruction(keyword=keyword, text=rest.strip())
        for keyword, _, rest in (line.partition(" ") for line in lines)
    ]


def build_image(folder: Path, *, context: Path = _ROOT) -> Image:
    """Do all steps; the result is in ``folder/root``.

    Raises:
        subprocess.CalledProcessError: A step failed.
        ValueError: The Dockerfile has an instruction that is not known here.
    """
    return _Build(folder, context).run(read_dockerfile(context / "Dockerfile"))


def folder_sizes(root: Path, *, depth: int = 6, least_mib: float = 3.0) -> list[tuple[str, float]]:
    """Return the larger folders below a root and how many MiB are in each, by name."""
    sizes: dict[str, float] = {}
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(root).parts[:-1]
            for length in range(min(depth, len(parts)) + 1):
                name = "/" + "/".join(parts[:length])
                sizes[name] = sizes.get(name, 0.0) + path.stat().st_size / _MIB
    return sorted((name, size) for name, size in sizes.items() if size >= least_mib)


class _Build:
    def __init__(self, folder: Path, context: Path) -> None:
        self._context = context
        self._kept = folder / "kept"
        """What later stages copy from earlier ones."""
        self._tools = folder / "tools"
        self._tools.mkdir(parents=True)
        base = Path(sys.base_prefix) / "bin" / "python3"
        (self._tools / "python").symlink_to(base)
        self._stage_names: list[str] = []
        self._image = Image(root=folder / "root")

    def run(self, instructions: Iterable[Instruction]) -> Image:
        for each in instructions:
            self._do(each)
        return self._image

    def _do(self, each: Instruction) -> None:
        match each.keyword:
            case "FROM":
                self._begin_stage(each.text)
            case "WORKDIR":
                self._image.directory = self._place(each.text)
                self._image.directory.mkdir(parents=True, exist_ok=True)
            case "ENV":
                self._set_variables(each.text)
            case "COPY":
                self._copy(each.text)
            case "RUN":
                self._run(each.text)
            case "CMD":
                self._image.command = json.loads(each.text)
            case "HEALTHCHECK":
                self._image.health_check = json.loads(each.text.partition(" CMD ")[2])
            case "EXPOSE" | "LABEL" | "USER":
                pass
            case _:
                raise ValueError(f"{each.keyword} is not known here")

    def _begin_stage(self, text: str) -> None:
        root = self._image.root
        if root.exists():  # whatever the next stage copies from this one is taken from there
            root.rename(self._kept / self._stage_names[-1])
        self._kept.mkdir(exist_ok=True)
        name = text.partition(" AS ")[2] or str(len(self._stage_names))
        self._stage_names.append(name)
        root.mkdir()
        self._image = Image(root=root, directory=root, left_out=self._image.left_out)

    def _place(self, path: str) -> Path:
        """Return where an absolute path of the image is on this machine, or one below WORKDIR."""
        if path.startswith("/"):
            return self._image.root / path.lstrip("/")
        return self._image.directory / path

    def _moved(self, text: str) -> str:
        return _PLACES.sub(f"{self._image.root}/", text)

    def _set_variables(self, text: str) -> None:
        for word in shlex.split(text):
            name, _, value = word.partition("=")
            moved = self._moved(value.replace(":$PATH", ""))
            self._image.environment[name] = moved

    def _copy(self, text: str) -> None:
        words = text.split()
        source_root = self._context
        if words[0].startswith("--from="):
            source_root = self._kept / words.pop(0).removeprefix("--from=")
        *sources, target = words
        for source in sources:
            found = source_root / source.lstrip("/")
            place = self._place(target)
            if len(sources) > 1 or target.endswith("/"):
                place /= found.name
            self._copy_one(found, place, ignores=source_root == self._context)

    def _copy_one(self, found: Path, place: Path, *, ignores: bool) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        if not found.is_dir():
            shutil.copy2(found, place)
            return
        left_behind = shutil.ignore_patterns(*self._ignored_names()) if ignores else None
        shutil.copytree(found, place, symlinks=True, ignore=left_behind, dirs_exist_ok=True)

    def _ignored_names(self) -> Iterator[str]:
        lines = (self._context / ".dockerignore").read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line.startswith("**/"):
                yield line.removeprefix("**/")

    def _run(self, text: str) -> None:
        for command in text.split(" && "):
            program = shlex.split(command)[0]
            if program in _NEEDS_ROOT:
                self._image.left_out.append(command.strip())
            else:
                self._run_one(self._moved(command))

    def _run_one(self, command: str) -> None:
        passed_on = {
            name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)
        }
        variables = self._image.variables()
        variables["PATH"] = f"{self._tools}{os.pathsep}{variables['PATH']}"
        subprocess.run(  # noqa: S602 - the Dockerfile's own words, which Docker gives to a shell too
            command.replace("mkdir ", "mkdir -p "),
            shell=True,
            check=True,
            cwd=self._image.directory,
            env={**variables, **passed_on},
        )


def _main(folder: str) -> None:
    image = build_image(Path(folder))
    write = sys.stdout.write
    write("MiB of the last stage, by folder (without the base image):\n")
    for name, size in folder_sizes(image.root):
        write(f"{size:8.1f}  {name}\n")
    write(f"left out, since it needs root: {'; '.join(image.left_out)}\n")
    write(f"the command: {image.command}\n")


if __name__ == "__main__":
    _main(sys.argv[1])
