"""The processes that a benchmark or a drill starts, watches and ends: sandbox, bot, bare bot."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil  # type: ignore[import-untyped] # its stubs are one more package

from scooty.runtime.config import SANDBOX_TOKEN

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

__all__ = [
    "Footprint",
    "bot_environment",
    "free_port",
    "open_to_all",
    "running",
    "take_footprint",
    "until_listening",
]

_DEADLINE_S: Final = 20.0
_POLL_S: Final = 0.05
_MIB: Final = 1024 * 1024
_UNLIMITED: Final = "1000000/60000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """Memory and CPU of a bot's process, and memory of the PostgreSQL under it."""

    bot_mib: float
    """Resident set size."""
    postgres_mib: float
    """Proportional set size of all its processes together: shared memory counts once."""
    bot_cpu_s: float


def free_port() -> int:
    """Return a port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def bot_environment(
    *, discord_base: str, state_dir: Path, port: int = 0, **more: str
) -> dict[str, str]:
    """Return the environment of a bot against a sandbox, without limits."""
    return {
        "DISCORD_TOKEN": SANDBOX_TOKEN,
        "SCOOTY_DISCORD_BASE": discord_base,
        "SCOOTY_STATE_DIR": str(state_dir),
        "SCOOTY_COMMAND_LIMIT": _UNLIMITED,
        "SCOOTY_AUTOCOMPLETE_LIMIT": _UNLIMITED,
        "SCOOTY_GUILD_LIMIT": _UNLIMITED,
        "SCOOTY_DRILLS": "1",
        "PORT": str(port or free_port()),
        **more,
    }


@asynccontextmanager
async def running(
    *arguments: str, environment: dict[str, str], log: Path
) -> AsyncIterator[Process]:
    """Run ``python arguments`` with its output in ``log``; end it by SIGTERM afterwards."""
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            # Bytecode is kept, as an installed bot has it, wherever a developer's shell says no.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment},
            stdout=output,
            stderr=output,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), _DEADLINE_S)


async def until_listening(port: int) -> None:
    """Wait until somebody listens on a port of 127.0.0.1.

    Raises:
        TimeoutError: Nobody does after 20 s.
    """
    async with asyncio.timeout(_DEADLINE_S):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(_POLL_S)
            else:
                writer.close()
                await writer.wait_closed()
                return


def open_to_all(name: str) -> Path:
    """Let PostgreSQL's own user into a folder, as whom it runs when we are root."""
    folder = Path(name)
    folder.chmod(0o755)
    return folder


def take_footprint(pid: int) -> Footprint:
    """Measure a bot's process and the PostgreSQL among its children."""
    bot = psutil.Process(pid)
    postgres = [child for child in bot.children(recursive=True) if child.name() == "postgres"]
    times = bot.cpu_times()
    return Footprint(
        bot_mib=bot.memory_info().rss / _MIB,
        postgres_mib=sum(process.memory_full_info().pss for process in postgres) / _MIB,
        bot_cpu_s=times.user + times.system,
    )
