"""The bot that a drill hurts: a process of its own, with settings of its own and a log to read."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import orjson

from scooty.runtime.config import SANDBOX_TOKEN, Settings
from scooty.runtime.free_port import LOOPBACK, free_port

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

_POLL_S: Final = 0.05
_SHOWN: Final = 300
_STOP_S: Final = 15.0
"""Longer than a drain may take."""


class BotEndedError(Exception):
    """The bot ended though nobody told it to; the sentence holds its last words."""


class Bot:
    """A bot's process.

    Args:
        process: It.
        folder: Its state, and its log.
        environment: What it was started with.
    """

    def __init__(self, process: Process, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = process
        self.folder = folder
        self.environment = environment

    def position(self) -> int:
        """Return where the log ends now."""
        return (self.folder / "bot.log").stat().st_size

    def lines(self, since: int) -> list[dict[str, Any]]:
        """Return the lines that were logged after a position."""
        with (self.folder / "bot.log").open("rb") as log:
            log.seek(since)
            return [found for line in log if (found := _parsed(line)) is not None]

    async def find_line(
        self, event: str, *, since: int, nth: int = 1, within_s: float, **fields: object
    ) -> dict[str, Any] | None:
        """Wait for a line with that event and those fields.

        Args:
            event: What it tells.
            since: A position in the log.
            nth: Which of them, from 1.
            within_s: How long to wait.
            **fields: What else is in it.

        Returns:
            The line; None when there was none in time.
        """
        wanted = {"event": event, **fields}
        try:
            async with asyncio.timeout(within_s):
                while True:
                    found = [line for line in self.lines(since) if wanted.items() <= line.items()]
                    if len(found) >= nth:
                        return found[nth - 1]
                    await asyncio.sleep(_POLL_S)
        except TimeoutError:
            return None

    def _last_words(self) -> str:
        lines = (self.folder / "bot.log").read_text(errors="replace").splitlines()
        return " / ".join(line[:_SHOWN] for line in lines[-2:])

    async def hurt(self, actor: str, fault: str) -> None:
        """Crash or hang an actor, as the sandbox's page does.

        Raises:
            BotEndedError: When the bot does not do it.
        """
        url = f"http://{LOOPBACK}:{self.environment['PORT']}/drills/{fault}/{actor}"
        async with aiohttp.ClientSession() as session, session.post(url) as response:
            if response.status != HTTPStatus.OK:
                raise BotEndedError(f"the bot did not {fault} {actor}: HTTP {response.status}")

    async def wait_for_end(self, within_s: float) -> int | None:
        """Wait until the process ends by itself; return its exit code, None when it does not."""
        try:
            async with asyncio.timeout(within_s):
                return await self._process.wait()
        except TimeoutError:
            return None

    async def fail_when_it_ends(self) -> None:
        """Wait, and raise when the process ends.

        Raises:
            BotEndedError: It has.
        """
        code = await self._process.wait()
        raise BotEndedError(f"the bot ended with {code}: {self._last_words()}")


@asynccontextmanager
async def running_bot(folder: Path, discord_base: str, **settings: str) -> AsyncIterator[Bot]:
    """Run ``scooty run`` for the length of a block, and end it by SIGTERM.

    Args:
        folder: For its state and its log.
        discord_base: The sandbox.
        **settings: What else it is given; it takes nothing from this process's settings.
    """
    environment = _without_settings() | {
        "DISCORD_TOKEN": SANDBOX_TOKEN,
        "SCOOTY_DISCORD_BASE": discord_base,
        "SCOOTY_STATE_DIR": str(folder / "state"),
        "SCOOTY_DRILLS": "1",
        "PORT": str(free_port()),
        **settings,
    }
    with (folder / "bot.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "scooty", "run"),
            env=environment,
            cwd=folder,  # there is no .env in it
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield Bot(process, folder, environment)
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_S)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _without_settings() -> dict[str, str]:
    known = {str(field.alias) for field in Settings.model_fields.values()}
    return {name: value for name, value in os.environ.items() if name.upper() not in known}


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None  # half a line, or a library's
    return found if isinstance(found, dict) and "event" in found else None
