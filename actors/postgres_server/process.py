"""Children that do not outlive the bot, and leftovers of a bot that was killed."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from actors.kernel import Clock
    from actors.postgres_server.account import Account
    from actors.postgres_server.folder import Folder

_PR_SET_PDEATHSIG: Final = 1
"""Source: prctl(2)"""
_GRACE_S: Final = 5.0
_POLL_S: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """Two folders as a child names them, and the descriptors that make the names work."""

    data: Path
    socket: Path
    descriptors: tuple[int, ...] = ()


@contextlib.contextmanager
def handed(data: Path, socket: Path, account: Account) -> Iterator[Handed]:
    """Let a child that is started within the block get at two folders, wherever they are.

    Another user may be shut out by a folder above ours, such as root's home. It gets the two as
    open descriptors and names them ``/proc/self/fd/N``, which leads to them without passing
    through what is above. Nobody's permissions are widened. Without ``/proc``, names are names.
    """
    if not account.is_other or sys.platform != "linux":
        yield Handed(data=data, socket=socket)
        return
    descriptors = tuple(os.open(path, os.O_RDONLY | os.O_DIRECTORY) for path in (data, socket))
    try:
        names = [Path(f"/proc/self/fd/{descriptor}") for descriptor in descriptors]
        yield Handed(data=names[0], socket=names[1], descriptors=descriptors)
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def environment_of_child() -> dict[str, str]:
    """Return all that a child is told of the environment, which holds the bot's secrets."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


async def start_child(
    command: Sequence[str | Path],
    *,
    account: Account,
    output: IO[bytes],
    descriptors: tuple[int, ...] = (),
) -> asyncio.subprocess.Process:
    """Start a program in a session of its own, which ends when this process ends.

    A terminal's Ctrl-C reaches the bot only, which then stops the program in its turn.
    """
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd="/",
        env=environment_of_child(),
        pass_fds=descriptors,
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
        await _gone(folder, clock)
    # Children of a dead postmaster end by themselves, but not always at once. PostgreSQL guards
    # the data against them by the file that is about to be removed, so they go first.
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
