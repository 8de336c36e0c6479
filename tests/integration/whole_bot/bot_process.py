"""A bot that runs to its own end, and a way to keep its commands in hand."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from psycopg import AsyncConnection

from actors.postgres_server import dsn_for
from bench.processes import bot_environment
from scooty.core.text.style import Tone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sandbox.client_outcomes import Outcome

__all__ = [
    "NOTHING_ELSE",
    "Ending",
    "HeldReports",
    "hold_reports",
    "is_acknowledged",
    "is_saved",
    "run_to_the_end",
]

NOTHING_ELSE: Final = {"DATABASE_URL": "", "REDIS_URL": "", "DISCORD_GUILD_ID": ""}
"""Settings that the person at this machine may have; blank means not set."""
_ENDS_WITHIN_S: Final = 20.0
_POLL_S: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a bot ended, and all that it wrote."""

    code: int | None
    output: str


async def run_to_the_end(*, discord_base: str, state_dir: Path, **settings: str) -> Ending:
    """Run ``scooty run`` until it ends by itself."""
    variables = {
        **bot_environment(discord_base=discord_base, state_dir=state_dir),
        **NOTHING_ELSE,
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scooty", "run"),
        env={**os.environ, **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(_ENDS_WITHIN_S):
            output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ending(code=process.returncode, output=output.decode())


class HeldReports:
    """Reports that the bot is writing, and that cannot be written yet."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def wait_for(self, count: int) -> None:
        """Wait until the bot has ``count`` reports in hand."""
        while await self._count() < count:  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(_POLL_S)

    async def _count(self) -> int:
        cursor = await self._connection.execute("select from pg_locks where not granted")
        return cursor.rowcount


@asynccontextmanager
async def hold_reports(state_dir: Path) -> AsyncIterator[HeldReports]:
    """Let every report wait in the embedded database for the length of the block."""
    async with (
        await AsyncConnection.connect(dsn_for(state_dir / "postgres")) as connection,
        connection.transaction(force_rollback=True),
    ):
        await connection.execute("lock table scooty_private.reports in access exclusive mode")
        yield HeldReports(connection)


def is_saved(outcome: Outcome) -> bool:
    """Tell whether a report is in the database: only then can it be undone."""
    return bool(outcome.ok and outcome.message and outcome.message["components"])


def is_acknowledged(outcome: Outcome) -> bool:
    """Tell whether a person read that their report is safe: in the database, or on its way."""
    embeds = outcome.message["embeds"] if outcome.ok and outcome.message else []
    return any(embed["title"].startswith((Tone.SAVED.icon, Tone.QUEUED.icon)) for embed in embeds)
