"""People who use the bot all the time, and what it acknowledged to them."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, Final

from tests.integration.whole_bot.bot_process import is_acknowledged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from sandbox.client import Person
    from sandbox.client_outcomes import Outcome

__all__ = ["FAILURES", "Reporters", "is_known", "list_missing", "people_report", "until_ping_shows"]

FAILURES: Final = {"crash": "InjectedCrash", "hang": "HandleTimeout"}
"""What ``/ping`` names as the last error after a drill."""
_AT_ONCE: Final = 4
_BETWEEN_S: Final = 0.2
_PATIENCE_S: Final = 20.0
_LINE: Final = re.compile(r"`(\w+)` (running|degraded) · (\d+) restarts?[^\n]*?(?:`(\w+)`|\n|$)")


class Reporters:
    """A few people at the tables, who report one opponent after the other."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._numbers = count(1)
        self._told = asyncio.Event()
        self.acknowledged: list[str] = []
        """The names of which somebody read that the report is safe."""

    async def report_forever(self) -> None:
        """Report new opponents until cancelled."""
        for number in self._numbers:
            name = f"Witness Number{number:04}"
            outcome = await self._person.command("scout", opponent=name, archetype="Burn")
            if is_acknowledged(outcome):
                self.acknowledged.append(name)
                self._told.set()
            await asyncio.sleep(_BETWEEN_S)

    async def until_acknowledged_again(self) -> None:
        """Wait until a report is acknowledged from now on."""
        self._told.clear()
        await self._told.wait()


@asynccontextmanager
async def people_report(person: Person) -> AsyncIterator[Reporters]:
    """Let people report for the length of the block, each waiting for the answer before."""
    reporters = Reporters(person)
    tasks = [asyncio.create_task(reporters.report_forever()) for _ in range(_AT_ONCE)]
    try:
        await reporters.until_acknowledged_again()
        yield reporters
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until_ping_shows(person: Person, actors: Collection[str], *, failure: str) -> None:
    """Ask ``/ping`` until each of ``actors`` runs again, restarted once because of ``failure``."""
    expected = dict.fromkeys(actors, (1, failure))
    while True:
        shown = _restarts(await person.command("ping"))
        if {name: shown.get(name) for name in actors} == expected:
            return
        await asyncio.sleep(_BETWEEN_S)


def _restarts(outcome: Outcome) -> dict[str, tuple[int, str]]:
    if outcome.message is None:
        return {}
    return {
        name: (int(restarts), failure)
        for embed in outcome.message["embeds"]
        for field in embed.get("fields", ())
        for name, _, restarts, failure in _LINE.findall(field["value"])
    }


async def list_missing(person: Person, names: Collection[str]) -> list[str]:
    """Check each name, again while the bot says that it cannot; return those it does not know."""
    missing = deque(names)
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            while missing:
                if not await is_known(person, missing[0]):
                    missing.append(missing[0])
                missing.popleft()
    return list(missing)


async def is_known(person: Person, name: str) -> bool:
    """Tell whether ``/check`` shows a player's card, or the reports that are on their way."""
    outcome = await person.command("check", name=name)
    # The title: what says that nobody is known by a name repeats the name in its text.
    titles = [embed["title"] for embed in outcome.message["embeds"]] if outcome.message else []
    return any(name in title for title in titles)
