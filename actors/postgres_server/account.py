"""Who the server runs as: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.kernel import FatalError
from actors.postgres_server.lock import EX_CONFIG

if TYPE_CHECKING:
    from pathlib import Path

    from actors.postgres_server.folder import Folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user, and whether this process has to change to it."""

    uid: int
    gid: int
    is_other: bool

    def may_enter(self, directory: Path) -> bool:
        """Whether this user may pass through ``directory``, by its mode alone."""
        return self._has(directory, stat.S_IXOTH)

    def may_read_and_enter(self, path: Path) -> bool:
        """Whether this user may read and execute ``path``, or list and pass through it."""
        return self._has(path, stat.S_IROTH | stat.S_IXOTH)

    def _has(self, path: Path, bits: int) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            bits <<= 6
        elif status.st_gid == self.gid:
            bits <<= 3
        return status.st_mode & bits == bits


def account_for(folder: Folder) -> Account:
    """Choose: oneself; as root the owner of the data, or ``nobody`` when there is none yet.

    Raises:
        FatalError: When the data belongs to somebody else.
    """
    euid = os.geteuid()
    owner = folder.data.stat() if folder.data.exists() else None
    if euid != 0:
        if owner is not None and owner.st_uid != euid:
            raise FatalError(
                f"The database in {folder.root} belongs to another user (number {owner.st_uid}). "
                "Run the bot as that user, or choose another folder with SCOOTY_STATE_DIR.",
                exit_code=EX_CONFIG,
            )
        return Account(uid=euid, gid=os.getegid(), is_other=False)
    if owner is not None and owner.st_uid != 0:
        return Account(uid=owner.st_uid, gid=owner.st_gid, is_other=True)
    nobody = pwd.getpwnam("nobody")
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid, is_other=True)


def prepare_folder(folder: Folder, account: Account) -> None:
    """Make the folders that are there before the data: for this account, closed to all others.

    Raises:
        FatalError: When the account cannot get to the folder, or somebody has put up a trap.
    """
    if account.is_other and sys.platform != "linux":  # where folders cannot be handed over
        folder.root.chmod(0o711)
        check_the_way(folder, account)
    _make_private(folder.socket_directory, account)
    if account.is_other and folder.data.exists() and folder.data.stat().st_uid == 0:
        for parent, _, names in os.walk(folder.data):
            for path in (parent, *(os.path.join(parent, name) for name in names)):  # noqa: PTH118 - os.walk gives strings
                os.chown(path, account.uid, account.gid, follow_symlinks=False)


def check_the_way(folder: Folder, account: Account) -> None:
    """Refuse a folder that the account cannot walk to.

    Raises:
        FatalError: Naming what is closed.
    """
    closed = [parent for parent in folder.root.parents if not account.may_enter(parent)]
    if closed:
        name = pwd.getpwuid(account.uid).pw_name
        raise FatalError(
            f"PostgreSQL does not run as root, and {name}, as whom it would run, cannot reach the "
            f"data folder {folder.root}, because {closed[-1]} is closed to others. Run the bot as "
            "an ordinary user, or choose an open place such as /var/lib/scooty with "
            "SCOOTY_STATE_DIR.",
            exit_code=EX_CONFIG,
        )


def _make_private(directory: Path, account: Account) -> None:
    directory.mkdir(mode=0o700, exist_ok=True)
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), account.uid):
        raise FatalError(
            f"{directory} is in the way: the database's socket belongs there, but somebody else "
            "has made it. Remove it, or choose another folder with SCOOTY_STATE_DIR.",
            exit_code=EX_CONFIG,
        )
    if account.is_other:
        os.chown(directory, account.uid, account.gid)
    directory.chmod(0o700)
