"""What is sent in the chaos line, to ours and to Pykka's actors alike, and the books about it."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from actors.kernel import Message, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.testing import ChaosFault

__all__ = [
    "FAULTS",
    "FAULTS_PER_S",
    "NAMES",
    "REPLY_WITHIN_S",
    "SENT_PER_S",
    "SETTLE_S",
    "Errand",
    "Fetch",
    "Ledger",
    "Note",
    "SureFetch",
    "SureNote",
    "errands",
]

NAMES: Final = ("north", "east", "south", "west", "centre", "harbour")
"""Each asks only those that come after it."""
FAULTS: Final[tuple[ChaosFault, ...]] = ("crash", "cancel", "hang", "crash_in_start")
FAULTS_PER_S: Final = 5.0
SENT_PER_S: Final = 1000.0
"""Asks and tells in turn."""
REPLY_WITHIN_S: Final = 5.0
SETTLE_S: Final = REPLY_WITHIN_S + 1.0
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch(Query[bool]):
    """Ask the actors of ``route``, one through the other; the reply is whether all answered."""

    route: tuple[str, ...]
    work_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SureFetch(Query[bool]):
    """The same, handed to the next incarnation when the one that has it in hand ends."""

    idempotent: ClassVar[bool] = True
    route: tuple[str, ...]
    work_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    """Write ``number`` into the ledger."""

    number: int
    work_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SureNote(Message):
    """The same, redelivered."""

    idempotent: ClassVar[bool] = True
    number: int
    work_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One thing to send, and to whom."""

    number: int
    name: str
    message: Fetch | SureFetch | Note | SureNote


def errands(seed: int) -> Iterator[Errand]:
    """Yield asks and tells in turn, for ever; the same ones for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    number = 0
    while True:
        yield _draw_ask(draw, number)
        yield _draw_tell(draw, number + 1)
        number += 2


def _draw_ask(draw: random.Random, number: int) -> Errand:
    depth = draw.randint(1, _DEEPEST)
    first, *route = (NAMES[index] for index in sorted(draw.sample(range(len(NAMES)), depth)))
    kind = draw.choice((Fetch, SureFetch))
    message = kind(route=tuple(route), work_s=draw.uniform(0.0, 0.001))
    return Errand(number=number, name=first, message=message)


def _draw_tell(draw: random.Random, number: int) -> Errand:
    name = draw.choice(NAMES)
    kind = draw.choice((Note, SureNote))
    message = kind(number=number, work_s=draw.uniform(0.0, 0.001))
    return Errand(number=number, name=name, message=message)


class Ledger:
    """What became of everything that was sent; outside of all actors, for all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.accepted: dict[int, Errand] = {}
        """Tells that were taken, by number."""
        self.refused = 0
        """Tells that were not taken, and their sender knows."""
        self.taken: Counter[int] = Counter()
        """How often a handler began with a told number."""
        self.done: Counter[int] = Counter()
        """How often a handler came to its end with it."""
        self.asks = 0
        self.latencies: list[float] = []
        """Of asks that came to an end, whichever, from when they were due."""
        self.answered = 0
        """Asks whose whole route answered."""
        self.ask_failures: Counter[str] = Counter()
        """Asks, nested ones too, that were told that their receiver failed, by receiver."""

    def take(self, number: int) -> None:
        """Note that a handler begins."""
        with self._lock:
            self.taken[number] += 1

    def finish(self, number: int) -> None:
        """Note that a handler did what it was told."""
        with self._lock:
            self.done[number] += 1

    @property
    def lost(self) -> list[Errand]:
        """Tells that were accepted and never handled to the end."""
        return [errand for number, errand in self.accepted.items() if not self.done[number]]

    @property
    def duplicated(self) -> int:
        """Tells that were handled to the end more than once."""
        return sum(count > 1 for count in self.done.values())
