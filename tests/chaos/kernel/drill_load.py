"""The load of the drill: asks and tells at a steady rate, from the loop and from other threads."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from actors.kernel import ActorKitError
from tests.chaos.kernel.drill_house import NAMES, Fetch, Note, SureFetch, SureNote

if TYPE_CHECKING:
    from tests.chaos.kernel.drill_house import DrillHouse

ASKS_PER_S = 500
TELLS_PER_S = 500
ASK_TIMEOUT_S = 10.0

_TICK_S = 0.01


class Load:
    """Sends until told to stop, and counts.

    Four fifths of the asks come from the loop of the actors, one fifth from a loop of another
    thread; the tells are halved between a thread without a loop and the actors' loop.
    """

    def __init__(self, house: DrillHouse, *, seed: int) -> None:
        self._house = house
        self._draw = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self._lock = threading.Lock()
        self._number = 0
        self._over = threading.Event()
        self.asks: list[asyncio.Task[None]] = []
        self.outcomes: Counter[str] = Counter()
        self.seconds: list[float] = []
        """How long each ask took."""
        self.accepted: dict[int, tuple[str, bool]] = {}
        """Told numbers: whom, and whether to be redelivered."""
        self.refused = 0
        self.never_completed = 0

    async def run(self, duration_s: float) -> None:
        """Send for ``duration_s``, then wait until each ask has its end, if it ever has."""
        others = [
            asyncio.to_thread(self._tell_from_thread),
            asyncio.to_thread(asyncio.run, self._ask_steadily(ASKS_PER_S // 5)),
        ]
        on_threads = asyncio.gather(*others)
        here = asyncio.gather(
            self._ask_steadily(ASKS_PER_S - ASKS_PER_S // 5), self._tell_steadily()
        )
        await asyncio.sleep(duration_s)
        self._over.set()
        await here
        await on_threads

    async def _ask_steadily(self, per_s: int) -> None:
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), 0
        asks: list[asyncio.Task[None]] = []
        while not self._over.is_set():
            for _ in range(int((loop.time() - began) * per_s) - sent):
                sent += 1
                asks.append(asyncio.create_task(self._ask()))
            await asyncio.sleep(_TICK_S)
        if asks:
            _, pending = await asyncio.wait(asks, timeout=ASK_TIMEOUT_S + 1.0)
            self.never_completed += len(pending)
            for ask in asks:
                if ask.done():
                    ask.result()  # an error that is none of the kit's is a fault of the drill

    async def _ask(self) -> None:
        with self._lock:
            depth = self._draw.randint(1, 3)
            names = sorted(self._draw.sample(range(len(NAMES)), depth))
            sure = self._draw.random() < 0.5
        first, *route = [NAMES[index] for index in names]
        query = SureFetch(route=tuple(route)) if sure else Fetch(route=tuple(route))
        began = time.perf_counter()
        try:
            reply = await self._house.addresses[first].ask(query, timeout_s=ASK_TIMEOUT_S)
            outcome = type(reply).__name__
        except ActorKitError as error:
            self._house.ledger.note_ask(first, error)
            outcome = type(error).__name__
        with self._lock:
            self.outcomes[outcome] += 1
            self.seconds.append(time.perf_counter() - began)

    async def _tell_steadily(self) -> None:
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), 0
        while not self._over.is_set():
            for _ in range(int((loop.time() - began) * TELLS_PER_S / 2) - sent):
                sent += 1
                self._tell()
            await asyncio.sleep(_TICK_S)

    def _tell_from_thread(self) -> None:
        began, sent = time.monotonic(), 0
        while not self._over.wait(_TICK_S):
            for _ in range(int((time.monotonic() - began) * TELLS_PER_S / 2) - sent):
                sent += 1
                self._tell()

    def _tell(self) -> None:
        with self._lock:
            self._number += 1
            number = self._number
            name = self._draw.choice(NAMES)
            sure = self._draw.random() < 0.5
        message = SureNote(number=number) if sure else Note(number=number)
        if self._house.addresses[name].tell(message):
            with self._lock:
                self.accepted[number] = (name, sure)
        else:
            self.refused += 1
