"""A process that reports opponents at a word from outside, at the same moment as its rival does.

``python -m tests.chaos.storage.rival FIRST_REQUEST`` with the database in the environment prints
``ready``, then reads a line with a round's number, reports that round's opponent and prints what
came of it; and so on until its standard input ends.
"""

from __future__ import annotations

import asyncio
import os
import sys

from actors.kernel import ActorSystem
from scooty.core.calls import Sql
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.runtime.config import load_settings
from scooty.runtime.wiring.database import storage_specs
from tests.asked import Asked

GUILD = GuildId(77)
_VOICE = os.dup(1)
"""Standard output, kept from the actors' log lines."""


def say(word: str) -> None:
    os.write(_VOICE, f"{word}\n".encode())


def opponent(number: int) -> str:
    """Name the opponent of a round; no two are alike enough to be taken for one."""
    letters = "".join(chr(97 + number // 26**place % 26) for place in range(3))
    return f"Rival {letters}{letters[::-1]} {number:04}"


async def live(first_request: int) -> None:
    system = ActorSystem()
    storage = Asked(Sql(system.address("repository")))
    async with system.running(storage_specs(load_settings(env_file=None))):
        await storage.create_event(
            guild_id=GUILD, request_id=RequestId(1), name="Open", member_id=MemberId(1)
        )
        say("ready")
        while line := await asyncio.to_thread(sys.stdin.readline):
            number = int(line)
            outcome = await storage.record_report(
                guild_id=GUILD,
                request_id=RequestId(first_request + number),
                reporter_id=MemberId(first_request),
                reporter_name="Sam",
                opponent=opponent(number),
                archetype="Burn",
                comment=None,
            )
            say(type(outcome).__name__)


if __name__ == "__main__":
    os.dup2(2, 1)
    asyncio.run(live(int(sys.argv[1])))
