"""One bot to a folder: a lock that the operating system takes back from the dead."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Final

from actors.kernel import FatalError

if TYPE_CHECKING:
    from pathlib import Path

EX_CONFIG: Final = 78
"""Restarting cannot help.

Source: sysexits.h
"""


class FolderLock:
    """Held from `take` until `release` or the end of this process, however it ends.

    Args:
        path: The lock file; made when missing, never removed, since removing it would let a
            waiting process lock a file that nobody else sees.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Lock, or say who has it.

        Raises:
            FatalError: When somebody else holds it.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise FatalError(
                f"Another bot is using the data folder {self._path.parent}. Stop it, or give this "
                "one a folder of its own with SCOOTY_STATE_DIR.",
                exit_code=EX_CONFIG,
            ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; does nothing when it is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
