"""How many calls to the database a gesture costs, by the repository's own count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bench.faults.world import House

__all__ = ["CallCost", "count_calls"]

_TIMES: Final = 100
_COUNTER: Final = re.compile(
    r'^scooty_actor_messages_total\{actor="repository",fate="handled"\} (\S+)$', re.MULTILINE
)
_OTHERS: Final = 0.1
"""What the lease and the jobs may add to a hundred gestures, divided by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCost:
    """Calls for one gesture."""

    gesture: str
    calls: float
    most: int
    """The goal."""

    @property
    def is_met(self) -> bool:
        """Whether it costs no more than that."""
        return self.calls <= self.most + _OTHERS


async def count_calls(around: House) -> list[CallCost]:
    """Do each gesture a hundred times, one after the other."""
    captain = around.captain

    async def report(number: int) -> object:
        return await captain.command("scout", opponent=f"Counted {number:03}", archetype="Burn")

    async def complete(_number: int) -> object:
        return await captain.autocomplete("scout", focused="opponent", opponent="coun")

    async def check(number: int) -> object:
        return await captain.command("check", name=f"{number:03} counted")

    async def count(_number: int) -> object:
        return await captain.command("stats")

    async def report_and_count(number: int) -> object:
        await report(number)
        return await count(number)

    await complete(0)
    reporting = await _cost(around, report)
    # To read the count is a call itself, so it is read before and after all hundred pairs only.
    both = await _cost(around, report_and_count)
    return [
        CallCost(gesture="/scout", calls=reporting, most=1),
        CallCost(gesture="autocomplete, warm", calls=await _cost(around, complete), most=0),
        CallCost(gesture="/check, cold", calls=await _cost(around, check), most=1),
        CallCost(gesture="/check, warm", calls=await _cost(around, check), most=0),
        CallCost(gesture="/stats, cold", calls=both - reporting, most=1),
        CallCost(gesture="/stats, warm", calls=await _cost(around, count), most=0),
    ]


async def _cost(around: House, gesture: Callable[[int], Awaitable[object]]) -> float:
    before = await _handled(around.metrics_url)
    for number in range(_TIMES):
        await gesture(number)
    return (await _handled(around.metrics_url) - before) / _TIMES


async def _handled(url: str) -> float:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        found = _COUNTER.search(await response.text())
    if found is None:
        raise SystemExit("The repository's count is not in /metrics.")
    return float(found[1])
