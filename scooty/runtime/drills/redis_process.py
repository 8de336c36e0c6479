"""A Redis server for the length of a drill, which can be killed and started again."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from typing import TYPE_CHECKING, Final, Self

from scooty.runtime.drills.drill import DrillImpossibleError
from scooty.runtime.free_port import LOOPBACK, free_port

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from pathlib import Path
    from types import TracebackType

_POLL_S: Final = 0.02
_START_S: Final = 10.0


class RedisProcess:
    """One server on one port over any number of lives, with a password; it keeps nothing on disk.

    Args:
        folder: Its working folder.

    Raises:
        DrillImpossibleError: There is no redis-server on the PATH.
    """

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise DrillImpossibleError(
                "This drill needs redis-server on the PATH (Debian: apt-get install redis-server)."
            )
        self._program = program
        self._folder = folder
        self._port = free_port()
        self._password = secrets.token_hex(8)
        self._process: Process | None = None

    @property
    def url(self) -> str:
        """What REDIS_URL is to be."""
        return f"redis://:{self._password}@{LOOPBACK}:{self._port}/0"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.kill()

    async def start(self) -> None:
        """Start it; returns when it accepts connections.

        Raises:
            TimeoutError: It does not.
        """
        self._process = await asyncio.create_subprocess_exec(
            *(self._program, "-"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            cwd=self._folder,
        )
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - it is a pipe
        stdin.write(self._configuration())
        stdin.close()
        async with asyncio.timeout(_START_S):
            while not await self._listens():  # noqa: ASYNC110 - another process sets no event
                await asyncio.sleep(_POLL_S)

    async def kill(self) -> None:
        """End it at once, if it runs."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    def _configuration(self) -> bytes:
        """Return what it reads from its standard input; a command line can be seen by everybody."""
        settings = {
            "port": self._port,
            "bind": LOOPBACK,
            "save": '""',
            "requirepass": self._password,
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items()).encode()

    async def _listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, self._port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True
