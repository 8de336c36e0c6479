"""Children that do not outlive the bot, and leftovers of a bot that was killed."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from actors.kernel import Clock
    from actors.postgres_server.account import Account
    from actors.postgres_server.folder import Folder

__all__ = ["before_exec", "clear_leftovers", "end_child", "start_child"]

_PR_SET_PDEATHSIG: Final = 1
"""Source: prctl(2)"""
_GRACE_S: Final = 5.0
_POLL_S: Final = 0.02


async def start_child(
    command: Sequence[str | Path], *, account: Account, output: IO[bytes], directory: Path
) -> asyncio.subprocess.Process:
    """Start a program in a session of its own, which ends when this process ends.

    A terminal's Ctrl-C reaches the bot only, which then stops the program in its turn. The
    environment is not handed on: it holds the bot's secrets.
    """
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=directory,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        start_new_session=True,
        preexec_fn=before_exec(account),  # between fork and exec: system calls only
    )


def before_exec(account: Account) -> Callable[[], None]:
    """Return what a child does before it becomes the program: change user, and end with us."""
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def enter() -> None:
        if account.is_other:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
        os.umask(0o077)
        if prctl is not None:
            # After setuid, which would undo it. SIGINT is PostgreSQL's fast shutdown.
            prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != parent:
                os._exit(1)

    return enter


async def end_child(process: asyncio.subprocess.Process, *, grace_s: float = _GRACE_S) -> None:
    """Ask for a fast shutdown, insist after ``grace_s``, and wait for the end."""
    if process.returncode is not None:
        return
    try:
        with contextlib.suppress(ProcessLookupError, TimeoutError):
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), grace_s)
    finally:
        # Also when this is cancelled: a server without a bot would keep the folder.
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
    await process.wait()


async def clear_leftovers(folder: Folder, clock: Clock) -> tuple[int, ...]:
    """End servers that still run on the folder, and remove what they left; under the lock only.

    Without ``/proc`` nothing is touched, and PostgreSQL decides for itself.

    Returns:
        The processes that were ended.
    """
    if sys.platform != "linux":
        return ()
    leftovers = _servers_on(folder.data)
    postmaster = _recorded_pid(folder)
    if postmaster in leftovers:
        _send(postmaster, signal.SIGINT)
    # Without their postmaster the others end by themselves; with it, it ends them.
    if not await _gone(folder, clock):
        for pid in _servers_on(folder.data):
            _send(pid, signal.SIGKILL)
        if not await _gone(folder, clock):
            raise TimeoutError("an old PostgreSQL server on this folder cannot be ended")
    (folder.data / "postmaster.pid").unlink(missing_ok=True)
    for socket in folder.socket_directory.glob(".s.PGSQL.*"):
        socket.unlink(missing_ok=True)
    return leftovers


async def _gone(folder: Folder, clock: Clock) -> bool:
    until_s = clock.monotonic_s() + _GRACE_S
    while _servers_on(folder.data):
        if clock.monotonic_s() >= until_s:
            return False
        await clock.sleep(_POLL_S)
    return True


def _recorded_pid(folder: Folder) -> int | None:
    try:
        first = (folder.data / "postmaster.pid").read_text().partition("\n")[0]
    except OSError:
        return None
    return int(first) if first.strip().isdecimal() else None


def _servers_on(data: Path) -> tuple[int, ...]:
    """List the processes whose program is ``postgres`` and whose current folder is ``data``."""
    return tuple(
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and _is_server_on(process, data)
    )


def _is_server_on(process: Path, data: Path) -> bool:
    try:
        return (process / "cwd").readlink() == data and (
            (process / "exe").readlink().name.startswith("postgres")
        )
    except OSError:  # it has ended, or belongs to somebody else
        return False


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
