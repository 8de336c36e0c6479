"""What a drill is, and how one is played from beginning to end."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.runtime.drills.account import Account
from scooty.runtime.drills.bot import BotEndedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_LONGEST_S: Final = 120.0

Play: TypeAlias = "Callable[[Account, Path], Awaitable[None]]"


class DrillImpossibleError(Exception):
    """Something that the drill needs is not on this machine; the sentence names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One incident."""

    name: str
    summary: str
    """What breaks, for the list of drills."""
    play: Play
    """Starts everything in an empty folder, breaks it, and tells the account what comes of it."""


def rehearse(drill: Drill, write: Callable[[str], None]) -> bool:
    """Play a drill in a folder of its own, on an event loop of its own.

    Args:
        drill: Which.
        write: Takes the lines of its account.

    Returns:
        Whether the bot kept every promise.

    Raises:
        DrillImpossibleError: Something that it needs is not here.
    """
    account = Account(write)
    write(f"Drill {drill.name}: {drill.summary}.")
    with tempfile.TemporaryDirectory(prefix="scooty-drill-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
        asyncio.run(_play(drill, account, folder))
    write(_conclusion(account))
    return not account.broken


async def _play(drill: Drill, account: Account, folder: Path) -> None:
    try:
        async with asyncio.timeout(_LONGEST_S):
            await drill.play(account, folder)
    except (BotEndedError, ConnectionError, TimeoutError) as error:
        reason = str(error) or f"no end after {_LONGEST_S:.0f} s"
        account.promise(f"the drill was played to its end ({reason})", kept=False)


def _conclusion(account: Account) -> str:
    if account.broken:
        broken = "".join(f"\n  - {promise}" for promise in account.broken)
        return f"\nNOT as the runbook promises:{broken}"
    return f"\nAs the runbook promises: {account.kept} of {account.kept} promises kept."
