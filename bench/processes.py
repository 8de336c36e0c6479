"""The processes that a benchmark starts, watches and ends: sandbox, bot, bare bot."""

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

import psutil

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

__all__ = ["Footprint", "free_port", "running", "take_footprint"]

_STOP_DEADLINE_S: Final = 15.0
_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """Memory and CPU of a process and of the PostgreSQL under it."""

    bot_mib: float
    """Unique set size: what would be free if the process ended."""
    bot_rss_mib: float
    postgres_mib: float
    """Proportional set size of all its processes together, shared memory counted once."""
    bot_cpu_s: float


def free_port() -> int:
    """Return a port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def running(
    *arguments: str, environment: dict[str, str], log: Path
) -> AsyncIterator[Process]:
    """Run ``python arguments`` with its output in ``log``, and end it afterwards."""
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), _STOP_DEADLINE_S)


def take_footprint(pid: int) -> Footprint:
    """Measure a bot's process and the PostgreSQL among its children."""
    bot = psutil.Process(pid)
    postgres = [
        process for process in bot.children(recursive=True) if process.name() == "postgres"
    ]
    memory = bot.memory_full_info()
    times = bot.cpu_times()
    return Footprint(
        bot_mib=memory.uss / _MIB,
        bot_rss_mib=memory.rss / _MIB,
        postgres_mib=sum(process.memory_full_info().pss for process in postgres) / _MIB,
        bot_cpu_s=times.user + times.system,
    )


