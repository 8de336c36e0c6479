"""Runs the sandbox as a child process of the bot, for ``scooty run --sandbox``.

Owns: the child process. It ends by itself when this process is gone, however that ended: it
watches its standard input, of which this actor holds the other end.
Loses at restart: ephemeral messages and the demo people's settings. Commands, public messages and
their files are kept in its folder, as the real Discord keeps them.
Failure modes: a child that ends or does not open its port in time ends the incarnation, and the
supervisor starts another one. A port that stays taken ends the process with a sentence.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.kernel import AsyncioActor, FatalError, Message

if TYPE_CHECKING:
    from pathlib import Path

_HOST: Final = "127.0.0.1"
_POLL_S: Final = 0.05


class SandboxEndedError(Exception):
    """The sandbox's process has ended by itself."""


class SandboxProcess(AsyncioActor[Message]):
    """A sandbox in a process of its own.

    Args:
        port: Where the sandbox's Discord and its page listen, on loopback.
        drills_port: Where the bot takes drills, for the page's panel.
        state_dir: Where it keeps what Discord would keep; made when missing.
        patience_s: How long a port may be taken: the sandbox of a bot that was killed goes soon.
    """

    def __init__(
        self, *, port: int, drills_port: int, state_dir: Path, patience_s: float = 5.0
    ) -> None:
        super().__init__()
        self._port = port
        self._patience_s = patience_s
        self._state_dir = state_dir
        self._drills_url = f"http://{_HOST}:{drills_port}"
        self._process: Process | None = None

    @override
    async def on_start(self) -> None:
        await self._wait_until_free()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "sandbox", "--host", _HOST, "--port", str(self._port)),
            *("--bot-drills-url", self._drills_url, "--state-dir", str(self._state_dir)),
            "--until-stdin-closes",
            stdin=PIPE,
        )
        self._process = process
        await self._wait_until_it_listens(process)
        self.spawn(self._watch(process), name="watch-process")
        url = f"http://{_HOST}:{self._port}/"
        self.log.info("sandbox.ready", url=url)
        sys.stderr.write(f"\n  Scooty's sandbox is open: {url}\n\n")

    @override
    async def on_receive(self, message: Message) -> None:
        raise TypeError(f"the sandbox's process takes no messages, got {type(message).__name__}")

    @override
    async def on_stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def _wait_until_free(self) -> None:
        """Wait, or the bot would take whoever has the port for its own sandbox."""
        until_s = self.clock.monotonic_s() + self._patience_s
        while _is_taken(self._port):
            if self.clock.monotonic_s() >= until_s:
                raise FatalError(
                    f"Port {self._port} is taken, so the sandbox cannot open its page there. Stop "
                    "what uses it (another make run?), or choose a port with SCOOTY_SANDBOX_PORT.",
                    exit_code=os.EX_CONFIG,
                )
            await self.clock.sleep(_POLL_S)

    async def _wait_until_it_listens(self, process: Process) -> None:
        while process.returncode is None:
            try:
                _, writer = await asyncio.open_connection(_HOST, self._port)
            except OSError:
                await self.clock.sleep(_POLL_S)
            else:
                writer.close()
                await writer.wait_closed()
                return
        raise SandboxEndedError(f"exit code {process.returncode}")

    async def _watch(self, process: Process) -> None:
        raise SandboxEndedError(f"exit code {await process.wait()}")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the sandbox will
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False
