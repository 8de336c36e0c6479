"""Runs a PostgreSQL server of the bot's own as a child process.

**Owns** the data folder, by a lock held for life, and the server process. It takes no messages.

**Loses at restart** nothing that was committed: the server is stopped in order or recovers its
write-ahead log. Connections break.

**Failure modes**

- Another bot uses the folder, the folder cannot be used, or there is no PostgreSQL to run:
  `FatalError` with a sentence that names the folder or the variable.
- The server ends by itself or is killed: the incarnation ends, and the next starts it again.
- The bot is killed: the kernel of the operating system stops the server (Linux). Whatever is left
  all the same is ended and swept away at the next start.
- The server does not come up within the start deadline: the incarnation ends, and is tried again.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.kernel import AsyncioActor, FatalError, Message
from actors.postgres_server.account import account_for, prepare_folder
from actors.postgres_server.binaries import find_binaries, readable_by
from actors.postgres_server.cluster import (
    check_version,
    last_words,
    make_cluster,
    server_command,
)
from actors.postgres_server.folder import Folder
from actors.postgres_server.lock import EX_CONFIG, FolderLock
from actors.postgres_server.process import clear_leftovers, end_child, handed, start_child

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

_POLL_S: Final = 0.01
_STATUS_LINE: Final = 7
"""The eighth line of postmaster.pid says how far the server is.

Source: PostgreSQL, src/include/utils/pidfile.h
"""


class ServerEndedError(Exception):
    """The server ended though nobody told it to."""


class PostgresServer(AsyncioActor[Message]):
    """Keeps a PostgreSQL server running; `dsn_for` says how to reach it.

    Args:
        directory: Where everything of it lies; made when missing.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._folder = Folder.at(directory)
        self._lock = FolderLock(self._folder.lock)
        self._process: asyncio.subprocess.Process | None = None

    @override
    async def on_start(self) -> None:
        """Take the folder, make the database unless it is there, and start the server."""
        folder = self._folder
        started_s = self.clock.monotonic_s()
        try:
            folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.take()
            account = account_for(folder)
            prepare_folder(folder, account)
        except OSError as error:
            raise FatalError(
                f"The data folder {folder.root} cannot be used ({error.strerror}). Choose another "
                "with SCOOTY_STATE_DIR.",
                exit_code=EX_CONFIG,
            ) from error
        ended = await clear_leftovers(folder, self.clock)
        if ended:
            self.log.warning("postgres.leftover_ended", process_count=len(ended))
        binaries = await readable_by(account, find_binaries(os.environ))
        is_new = await make_cluster(folder, binaries, account)
        check_version(folder, binaries)
        given_folders = handed(folder.data, folder.socket_directory, account)
        with folder.log.open("wb") as output, given_folders as given:
            self._process = await start_child(
                server_command(given, binaries),
                account=account,
                output=output,
                descriptors=given.descriptors,
            )
        await self._wait_until_ready(self._process)
        self.spawn(self._watch(self._process), name="postgres-watch")
        self.log.info(
            "postgres.ready",
            is_new=is_new,
            major_version=binaries.major_version,
            duration_ms=round((self.clock.monotonic_s() - started_s) * 1000),
        )

    @override
    async def on_receive(self, message: Message) -> object:
        """There is nothing to ask it: it is there, or its state says why not."""
        raise NotImplementedError(type(message).__name__)

    @override
    async def on_stop(self) -> None:
        """Stop the server in order, then let go of the folder."""
        process, self._process = self._process, None
        try:
            if process is not None:
                await end_child(process)
        finally:
            self._lock.release()

    async def _wait_until_ready(self, process: asyncio.subprocess.Process) -> None:
        while not self._is_ready(process.pid):
            if process.returncode is not None:
                raise self._ended(process.returncode)
            await self.clock.sleep(_POLL_S)

    def _is_ready(self, pid: int) -> bool:
        try:
            lines = (self._folder.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return (
            len(lines) > _STATUS_LINE
            and lines[0].strip() == str(pid)
            and lines[_STATUS_LINE].strip() == "ready"
        )

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        raise self._ended(await process.wait())

    def _ended(self, code: int) -> ServerEndedError:
        return ServerEndedError(f"the server ended with {code}: {last_words(self._folder)}")
