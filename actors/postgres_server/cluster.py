"""Makes the data directory and says how the server runs: small, durable, over a socket only."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import TYPE_CHECKING, Final

from actors.kernel import FatalError
from actors.postgres_server.durable import write_out, write_out_tree
from actors.postgres_server.folder import ROLE
from actors.postgres_server.lock import EX_CONFIG
from actors.postgres_server.process import end_child, handed, start_child

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from actors.postgres_server.account import Account
    from actors.postgres_server.binaries import Binaries
    from actors.postgres_server.durable import WriteOut
    from actors.postgres_server.folder import Folder
    from actors.postgres_server.process import Handed

_BUILTIN_LOCALE_SINCE: Final = 17
_IO_METHOD_SINCE: Final = 18
_SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "max_connections": "20",
    # Memory: the whole database is a few megabytes, and the operating system caches it as well.
    "shared_buffers": "8MB",
    "wal_buffers": "256kB",
    "work_mem": "2MB",
    "maintenance_work_mem": "8MB",
    "huge_pages": "off",
    "jit": "off",
    # Processes: one person's bot needs no parallel queries and no replicas.
    "max_worker_processes": "1",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "max_replication_slots": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "autovacuum": "on",
    "autovacuum_max_workers": "1",
    # Without statistics a look-up among 2,000 players takes 5 ms instead of 1; the first ones of a
    # new event are to be known before many people have typed.
    "autovacuum_naptime": "15s",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    # Durability: an acknowledged report survives a power cut.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # A bot that was killed leaves no statement running for nobody.
    "client_connection_check_interval": "2s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # Errors of statements are answered to the bot; they may quote what a person typed, so they
    # are not written down ("log" leaves out "error").
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
_SINCE_18: Final = {"io_method": "sync", "autovacuum_worker_slots": "1"}


class InitdbError(Exception):
    """The data directory could not be made; the sentence ends with the program's last words."""


def server_command(given: Handed, binaries: Binaries) -> list[str | Path]:
    """Return the command that runs the server in the foreground."""
    return [binaries.postgres, "-D", given.data, *_switches(given, binaries)]


def _switches(given: Handed, binaries: Binaries) -> Iterator[str]:
    # Quoted, since the setting is a list and the path may hold a comma or a quote.
    place = str(given.socket).replace('"', '""')
    settings = {**_SETTINGS, "unix_socket_directories": f'"{place}"'}
    if binaries.major_version >= _IO_METHOD_SINCE:
        settings |= _SINCE_18
    for name, value in settings.items():
        yield "-c"
        yield f"{name}={value}"


async def make_cluster(
    folder: Folder, binaries: Binaries, account: Account, *, write: WriteOut = write_out
) -> bool:
    """Make the data directory unless it is there; a half-made one never counts.

    Args:
        folder: Where.
        binaries: What makes it.
        account: Whom it belongs to.
        write: How files are written out to the disk.

    Returns:
        Whether it was made now.

    Raises:
        InitdbError: When it cannot be made.
        OSError: When the disk does not take it.
    """
    if folder.data.exists():
        return False
    unfinished = folder.unfinished_data
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if account.is_other:
        os.chown(unfinished, account.uid, account.gid)
    given_folders = handed(unfinished, folder.socket_directory, account)
    with folder.log.open("wb") as output, given_folders as given:
        process = await start_child(
            [binaries.initdb, "-D", given.data, *_initdb_switches(binaries)],
            account=account,
            output=output,
            descriptors=given.descriptors,
        )
        try:
            code = await process.wait()
        finally:
            await end_child(process)
    if code != 0:
        raise InitdbError(f"initdb ended with {code}: {last_words(folder)}")
    await asyncio.to_thread(write_out_tree, unfinished, write=write)
    unfinished.rename(folder.data)
    await asyncio.to_thread(write, str(folder.root))
    return True


def _initdb_switches(binaries: Binaries) -> list[str]:
    return [
        f"--username={ROLE}",
        "--auth=trust",  # who can reach the socket is decided by its folder
        "--encoding=UTF8",
        "--no-instructions",
        "--no-sync",  # done afterwards, many files at once
        *(
            ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if binaries.major_version >= _BUILTIN_LOCALE_SINCE
            else ["--locale=C.UTF-8"]
        ),
    ]


def check_version(folder: Folder, binaries: Binaries) -> None:
    """Refuse data of another major version, which the server cannot read.

    Raises:
        FatalError: When the versions differ.
    """
    made_by = (folder.data / "PG_VERSION").read_text().strip()
    if made_by != str(binaries.major_version):
        raise FatalError(
            f"The database in {folder.root} was made by PostgreSQL {made_by}, and "
            f"{binaries.directory} has {binaries.major_version}. Name the folder of the former in "
            "SCOOTY_POSTGRES_BIN, or choose another folder with SCOOTY_STATE_DIR.",
            exit_code=EX_CONFIG,
        )


def last_words(folder: Folder) -> str:
    """Return the end of what the last program said."""
    try:
        lines = folder.log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return " / ".join(lines[-3:])
