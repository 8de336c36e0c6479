"""Children that come and go while others are hurt: started, stopped, restarted, passivated."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from actors.kernel import (
    ActorKitError,
    AsyncioActor,
    Backoff,
    ChildSpec,
    InjectFault,
    Query,
    RestartChild,
    RestartIntensity,
    StartChild,
    StopChild,
    by_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import ActorSystem, Address

_NAMES = tuple(f"child {number}" for number in range(4))
_KEYS = range(6)
_MOST_KEYS = 3
_CHANGES_PER_S = 40
_ASKS_PER_S = 250
_TIMEOUT_S = 8.0
"""Far beyond any wait of the drill: an ask that ends by it was forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Query[int]):
    """Answered with its number, which grows from visit to visit."""

    key: int
    number: int


class _Host(AsyncioActor[Visit]):
    def __init__(self, seen: list[int], lives: Counter[str], kind: str) -> None:
        super().__init__()
        self._seen = seen
        self._lives = lives
        self._kind = kind

    @override
    async def on_start(self) -> None:
        self._lives[self._kind] += 1

    @override
    async def on_receive(self, message: Visit) -> int:
        self._seen.append(message.number)
        await asyncio.sleep(0.0005 * (message.number % 3))
        return message.number


class DynamicChildren:
    """Hosts that come and go, who visits them, and what became of each visit.

    Args:
        seed: of the draws.
    """

    def __init__(self, *, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self._draw = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self._seen: defaultdict[str | int, list[int]] = defaultdict(list)
        self._lives: Counter[str] = Counter()
        self.front, self.group = by_key(
            name="guest",
            key=lambda visit: visit.key,
            start=lambda key: _Host(self._seen[key], self._lives, "keyed"),
            idle_after_s=0.05,
            most=_MOST_KEYS,
            intensity=RestartIntensity(restarts=10_000),
        )

    async def run(self, system: ActorSystem, duration_s: float) -> None:
        """Let children come and go for ``duration_s``, and be asked; then have all of them up."""
        loop = asyncio.get_running_loop()
        until = loop.time() + duration_s
        for name in _NAMES:
            await system.supervisor.ask(StartChild(spec=self._spec(name)), timeout_s=_TIMEOUT_S)
        visits = [asyncio.create_task(self._ask_children(system, until))]
        visits.append(asyncio.create_task(self._ask_keys(system.address(self.front), until)))
        while loop.time() < until:
            await self._do_something(system)
            await asyncio.sleep(self._draw.uniform(0.5, 1.5) / _CHANGES_PER_S)
        await asyncio.gather(*visits)
        for name in _NAMES:
            await system.supervisor.ask(StartChild(spec=self._spec(name)), timeout_s=_TIMEOUT_S)

    def faults(self) -> list[str]:
        """Return a sentence for each guarantee that was broken."""
        bad = ("never completed", "AskTimeoutError", "mixed up")
        wrong = [f"visits {what}: {self.outcomes[what]}" for what in bad if self.outcomes[what]]
        for whom, numbers in self._seen.items():
            if numbers != sorted(set(numbers)):
                wrong.append(f"out of order, or twice, at {whom}")
        return wrong

    def describe(self) -> str:
        """Return one line of numbers."""
        counts = {
            **self.outcomes,
            **self.changes,
            **{f"{k} lives": n for k, n in self._lives.items()},
        }
        return "children: " + ", ".join(f"{what} {counts[what]}" for what in sorted(counts))

    def _spec(self, name: str) -> ChildSpec[Visit]:
        return ChildSpec(
            name=name,
            start=lambda: _Host(self._seen[name], self._lives, "child"),
            handle_timeout_s=0.2,
            stop_timeout_s=0.2,
            backoff=Backoff(first_s=0.005, max_s=0.05, reset_after_s=0.5),
        )

    async def _do_something(self, system: ActorSystem) -> None:
        child = self._draw.choice(_NAMES)
        guest = f"{self.front.name}/{self._draw.choice(_KEYS)}"
        change = self._draw.choice(
            (
                *(StartChild(spec=self._spec(child)), StopChild(name=child)),
                *(RestartChild(name=child), RestartChild(name="north")),
                InjectFault(name=child, fault=self._draw.choice(("crash", "hang"))),
                InjectFault(name=self._draw.choice((guest, self.front.name)), fault="crash"),
            )
        )
        answer = await system.supervisor.ask(change, timeout_s=_TIMEOUT_S)
        self.changes[type(answer).__name__] += 1

    async def _ask_children(self, system: ActorSystem, until: float) -> None:
        addresses = {name: system.address(name, _Host) for name in _NAMES}
        await self._visit(lambda: (addresses[self._draw.choice(_NAMES)], 0), until)

    async def _ask_keys(self, front: Address[Visit], until: float) -> None:
        await self._visit(lambda: (front, self._draw.choice(_KEYS)), until)

    async def _visit(self, whom: Callable[[], tuple[Address[Visit], int]], until: float) -> None:
        loop = asyncio.get_running_loop()
        asks: list[asyncio.Task[None]] = []
        while loop.time() < until:
            address, key = whom()
            visit = Visit(key=key, number=len(asks))
            asks.append(asyncio.create_task(self._ask(address, visit)))
            await asyncio.sleep(1 / _ASKS_PER_S)
        _, forgotten = await asyncio.wait(asks, timeout=_TIMEOUT_S + 1)
        self.outcomes["never completed"] += len(forgotten)

    async def _ask(self, address: Address[Visit], visit: Visit) -> None:
        try:
            reply = await address.ask(visit, timeout_s=_TIMEOUT_S)
        except ActorKitError as error:
            self.outcomes[type(error).__name__] += 1
        else:
            self.outcomes["answered" if reply == visit.number else "mixed up"] += 1
