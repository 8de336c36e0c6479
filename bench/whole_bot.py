"""Start the whole bot against a sandbox, wait until it answers, and hurt it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp

from bench.processes import bot_environment, free_port, running

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sandbox.client import Person

__all__ = ["BotEndedError", "RunningBot", "bot_online"]

_READY_WITHIN_S: Final = 40.0


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot's process and where it takes drills."""

    process: Process
    drills_url: str

    async def hurt(self, actor: str, fault: str) -> int:
        """Crash or hang an actor from outside; return the HTTP status."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.drills_url}/drills/{fault}/{actor}") as response,
        ):
            return response.status

    async def list_actors(self) -> list[str]:
        """Return the names of the actors that run."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.drills_url}/drills") as response,
        ):
            names: list[str] = (await response.json())["actors"]
            return names

    async def kill(self) -> None:
        """End the process at once, as a lost machine would (SIGKILL)."""
        self.process.kill()
        await self.process.wait()


class BotEndedError(Exception):
    """The bot ended before anybody could use it; the sentence ends with its last words."""


@asynccontextmanager
async def bot_online(
    base_url: str, *, person: Person, state_dir: Path, log: Path, **environment: str
) -> AsyncIterator[RunningBot]:
    """Run ``scooty run`` against the sandbox at ``base_url`` until ``person`` sees it online.

    Raises:
        BotEndedError: The bot ended instead.
    """
    port = free_port()
    variables = bot_environment(
        discord_base=base_url, state_dir=state_dir, port=port, **environment
    )
    async with running("-m", "scooty", "run", environment=variables, log=log) as process:
        await _until_online(person, process, log)
        yield RunningBot(process, f"http://127.0.0.1:{port}")


async def _until_online(person: Person, process: Process, log: Path) -> None:
    online = asyncio.create_task(person.wait_until_online(timeout_s=_READY_WITHIN_S))
    ended = asyncio.create_task(process.wait())
    try:
        await asyncio.wait((online, ended), return_when=asyncio.FIRST_COMPLETED)
        if not online.done():
            raise BotEndedError(f"it ended with {process.returncode}: {_last_words(log)}")
        await online
    finally:
        online.cancel()
        ended.cancel()


def _last_words(log: Path) -> str:
    return " / ".join(log.read_text(errors="replace").splitlines()[-3:])
