"""A process that has everything imported and forks one outbox after the other, to be killed.

Reads lines: ``round NUMBER SEED`` forks a life in which people report while the way to the database
fails at times; ``drain 0 0`` forks one in which it does not, and which ends when nothing waits.
Writes lines: ``pid``, ``ready``, ``ack GUILD REQUEST`` after each acknowledgement, ``refused``,
``left COUNT``, ``gone``.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import SecretStr
from typing_extensions import override

from actors.discord_gateway.in_memory import InMemoryGateway, Stage
from actors.kernel import ActorSystem, ChildSpec
from actors.repository import PostgresConnection, Repository
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.core.queued import Queued
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.contact import Contacts
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.errors import StorageUnavailable
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.replies import refusals
from tests.asked import Asked

if TYPE_CHECKING:
    from actors.kernel import Address
    from scooty.core.call import Caller, Write

GUILDS = (GuildId(11), GuildId(12), GuildId(13), GuildId(14))
ROUND = 1_000_000
R = TypeVar("R")
_SAM = MemberId(500)
_VOICE = os.dup(1)
"""Standard output, kept from the actors' log lines, which would go into the middle of ours."""


class FailingWay(Sql):
    """A way to the database that is closed at times, and at times loses an answer.

    Some lives have a better way than others, so that all states between full and empty are met.
    """

    def __init__(self, repository: Address[Any], chance: random.Random) -> None:
        super().__init__(repository)
        self._chance = chance
        self._loses = chance.choice((0.0, 0.005, 0.2))
        self._longest_open_s = chance.choice((0.05, 0.5))
        now = asyncio.get_running_loop().time()
        self._closed_until_s = now
        self._open_until_s = now + chance.uniform(0.0, 1.0)

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        if self._is_closed():
            raise StorageUnavailable("closed", may_have_been_saved=False)
        answer = await super().write(caller, call)
        if self._chance.random() < self._loses:
            raise StorageUnavailable("lost", may_have_been_saved=True)
        return answer

    def _is_closed(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now > self._open_until_s:
            self._closed_until_s = now + self._chance.uniform(0.0, 0.1)
            open_s = self._chance.uniform(0.0, self._longest_open_s)
            self._open_until_s = self._closed_until_s + open_s
        return now < self._closed_until_s


def say(*words: object) -> None:
    """Write a line in one piece: after a kill it is there as a whole or not at all."""
    os.write(_VOICE, (" ".join(map(str, words)) + "\n").encode())


async def report(storage: Asked, guild_id: GuildId, first: int, *, pause_s: float) -> None:
    """Report one after the other, and say which were acknowledged."""
    for number in range(first, first + ROUND):
        try:
            await storage.record_report(
                guild_id=guild_id,
                request_id=RequestId(number),
                reporter_id=_SAM,
                reporter_name="Sam",
                opponent=f"Player {number % 40}",
                archetype="Boros Energy",
                comment=None,
            )
        except StorageUnavailable:
            say("refused")
        else:
            say("ack", guild_id, number)
        await asyncio.sleep(pause_s)


async def open_events(storage: Asked) -> None:
    for guild_id in GUILDS:
        await storage.create_event(
            guild_id=guild_id, request_id=RequestId(1), name="Open", member_id=_SAM
        )


async def until_empty(outbox: Address) -> None:
    while (await outbox.ask(GetOutboxHealth(), timeout_s=1.0)).waiting:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.02)


async def live(dsn: str, directory: Path, what: str, number: int, seed: int) -> None:
    """Live one life: until killed, or until nothing waits."""
    system = ActorSystem()
    sql = Sql(system.address("repository"))
    chance = random.Random(seed)  # noqa: S311 - a drill that can be repeated
    way = sql if what == "drain" else FailingWay(system.address("repository"), chance)
    pause_s = chance.choice((0.0, 0.02, 0.1))
    gateway, outbox = system.address("gateway"), system.address("outbox")
    connection = PostgresConnection(dsn=SecretStr(dsn), migrations=MIGRATIONS)
    specs = (
        ChildSpec(name="repository", start=lambda: Repository(connection), concurrency=16),
        ChildSpec(name="gateway", start=lambda: InMemoryGateway(Stage())),
        ChildSpec(
            name="outbox",
            start=lambda: Outbox(
                directory=directory,
                calls=way,
                kinds=WAITING_CALLS,
                texts=refusals,
                gateway=gateway,
                limit=1_000_000,
            ),
            after=("repository",),
            concurrency=16,
        ),
    )
    async with system.running(specs):
        health = await outbox.ask(GetOutboxHealth(), timeout_s=1.0)
        say("left", health.waiting)
        await open_events(Asked(sql))
        say("ready")
        if what == "drain":
            await until_empty(outbox)
            return
        storage = Asked(Queued(way, outbox=outbox, contacts=Contacts()))
        first = (number + 1) * ROUND
        await asyncio.gather(
            *(report(storage, guild_id, first, pause_s=pause_s) for guild_id in GUILDS)
        )


def main() -> None:
    """Fork one life for each line; the parent of all has no threads and no loop."""
    dsn, directory = sys.argv[1], Path(sys.argv[2])
    for line in sys.stdin:
        what, number, seed = line.split()
        pid = os.fork()
        if pid == 0:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            asyncio.run(live(dsn, directory, what, int(number), int(seed)))
            os._exit(0)
        say("pid", pid)
        os.waitpid(pid, 0)
        say("gone")


if __name__ == "__main__":
    main()
