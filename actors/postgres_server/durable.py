"""Puts a new data directory on the disk, so that a power cut finds all of it or nothing of it.

``initdb`` writes about a thousand files out one after the other, each of which the disk answers on
its own: a third of a second on an idle machine and several on a busy one. Asked for together, the
disk answers most of them at once.
"""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WriteOut: TypeAlias = "Callable[[str], None]"
"""Returns when a file's content, or the names in a folder, are on the disk."""

_AT_ONCE: Final = 16
_NOT_FOR_FOLDERS: Final = frozenset({errno.EBADF, errno.EINVAL})
"""Where file systems write folders out by themselves.

Source: PostgreSQL, src/common/file_utils.c, fsync_fname
"""


def write_out(path: str) -> None:
    """Write one file or folder out.

    Raises:
        OSError: When the disk does not take it.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if not os.path.isdir(path) or error.errno not in _NOT_FOR_FOLDERS:  # noqa: PTH112 - names come from os.walk
            raise
    finally:
        os.close(descriptor)


def write_out_tree(root: Path, *, write: WriteOut = write_out) -> None:
    """Write out all that is in ``root``, and ``root`` itself; not its name in the folder above.

    Raises:
        OSError: When the disk does not take it.
    """
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="write-out") as threads:
        for _ in threads.map(write, _walk(root)):
            pass


def _walk(root: Path) -> Iterator[str]:
    for folder, _, files in os.walk(root):
        yield folder
        for name in files:
            yield os.path.join(folder, name)  # noqa: PTH118 - os.walk gives strings
