"""Where everything of one server lies, known before it runs.

<directory>/lock         held for life
<directory>/data         the cluster
<directory>/server.log   what the server said since its last start
<directory>/socket       the only way in, for this user only
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROLE: Final = "scooty"
DATABASE: Final = "postgres"
SOCKET_NAME: Final = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH: Final = 103
"""The shorter of what Linux (107) and macOS (103) allow.

Source: unix(7), sys/un.h
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The paths of one server, all absolute."""

    root: Path

    @classmethod
    def at(cls, directory: Path) -> Folder:
        """Resolve links, so that two ways to name one folder are one lock and one socket."""
        return cls(root=directory.resolve())

    @property
    def lock(self) -> Path:
        """The file whose lock says that somebody uses this folder."""
        return self.root / "lock"

    @property
    def data(self) -> Path:
        """What PostgreSQL calls its data directory."""
        return self.root / "data"

    @property
    def unfinished_data(self) -> Path:
        """A data directory in the making, worth nothing if it is found at a start."""
        return self.root / "data.new"

    @property
    def log(self) -> Path:
        """The server's own words, written anew at each start."""
        return self.root / "server.log"

    @property
    def socket_directory(self) -> Path:
        """In the folder, or in a temporary one when that path is too long for a socket."""
        name = f"scooty-{hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]}"
        temporary = Path(tempfile.gettempdir()).resolve() / name
        for place in (self.root / "socket", temporary):
            if len(os.fsencode(place / SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
                return place
        return Path("/tmp").resolve() / name  # noqa: S108 - as the other, for this user only


def dsn_for(directory: Path) -> str:
    """Return how to connect to the server of ``directory``, whether it runs or not."""
    host = str(Folder.at(directory).socket_directory).replace("\\", "\\\\").replace("'", "\\'")
    return f"host='{host}' user={ROLE} dbname={DATABASE}"
