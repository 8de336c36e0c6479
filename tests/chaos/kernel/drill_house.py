"""Six actors, two of them in a group, that ask one another, and a ledger of what they did.

The ledger is outside of them and plays the database: it is written in a handler's last step, after
which an actor on the loop is not interrupted any more. So the kit promises there that what is in
the ledger is handled once; a thread may be fenced off between that step and its return, and is
handed the message again.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, assert_never

from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorKitError,
    ActorSystem,
    AskTimeoutError,
    AsyncioActor,
    Backoff,
    ChildSpec,
    Message,
    Query,
    RestartIntensity,
    SupervisorSpec,
    ThreadActor,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import Address

NAMES = ("north", "east", "south", "west", "centre", "press")
"""In the order in which they may ask: each only those that come after it. The last is a thread."""

NESTED_TIMEOUT_S = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The whole route was asked."""

    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """Somebody further on the route failed; ``kind`` is the error's type."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch(Query[Answered | Unavailable]):
    """Ask the actors of ``route``, one through the other."""

    route: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SureFetch(Query[Answered | Unavailable]):
    """The same, handed to the next incarnation when the one that has it in hand ends."""

    idempotent: ClassVar[bool] = True
    route: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    """Write ``number`` into the ledger; lost with the incarnation that has it in hand."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SureNote(Message):
    """The same, redelivered."""

    idempotent: ClassVar[bool] = True
    number: int


DrillMessage: TypeAlias = Fetch | SureFetch | Note | SureNote


class Ledger:
    """What happened to each told number, and each failed ask; for all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.taken: Counter[int] = Counter()
        """How often an actor was handed it, whatever fault it met there."""
        self.done: Counter[int] = Counter()
        """How often a handler came to its last step."""
        self.ask_failures: Counter[str] = Counter()
        """Asks that were told that their receiver failed, by receiver."""
        self.asks_given_up: Counter[str] = Counter()
        """Asks whose caller did not wait for the end, by receiver."""
        self.asks_timed_out = 0
        """Asks that only their deadline ended, which is far beyond any fault of the drill."""

    def take(self, number: int) -> None:
        """Note that a handler begins."""
        with self._lock:
            self.taken[number] += 1

    def finish(self, number: int) -> None:
        """Note that a handler did what it was told."""
        with self._lock:
            self.done[number] += 1

    def note_ask(self, name: str, error: BaseException) -> None:
        """Note how an ask of ``name`` failed."""
        with self._lock:
            failed = isinstance(error, ActorFailedError)
            (self.ask_failures if failed else self.asks_given_up)[name] += 1
            self.asks_timed_out += isinstance(error, AskTimeoutError)


class Station(AsyncioActor[DrillMessage]):
    """On the loop; asks on."""

    def __init__(self, ledger: Ledger, find: Callable[[str], Address]) -> None:
        super().__init__()
        self._ledger = ledger
        self._find = find

    @override
    async def on_receive(self, message: DrillMessage) -> object:
        match message:
            case Fetch(route=route) | SureFetch(route=route):
                return await self._fetch(route, sure=isinstance(message, SureFetch))
            case Note(number=number) | SureNote(number=number):
                await asyncio.sleep((number % 4) * 0.0005)
                self._ledger.finish(number)
                return None
            case _:
                assert_never(message)

    async def _fetch(self, route: tuple[str, ...], *, sure: bool) -> Answered | Unavailable:
        await asyncio.sleep(0.0005)
        if not route:
            return Answered(depth=1)
        name, further = route[0], route[1:]
        query = SureFetch(route=further) if sure else Fetch(route=further)
        try:
            reply = await self._find(name).ask(query, timeout_s=NESTED_TIMEOUT_S)
        except ActorKitError as error:
            self._ledger.note_ask(name, error)
            return Unavailable(kind=type(error).__name__)
        except asyncio.CancelledError as error:
            self._ledger.note_ask(name, error)
            raise
        return Answered(depth=reply.depth + 1) if isinstance(reply, Answered) else reply


class Press(ThreadActor[DrillMessage]):
    """On a thread; the end of every route."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    @override
    def on_receive(self, message: DrillMessage) -> object:
        match message:
            case Fetch() | SureFetch():
                return Answered(depth=1)
            case Note(number=number) | SureNote(number=number):
                time.sleep((number % 4) * 0.0002)
                self._ledger.finish(number)
                return None
            case _:
                assert_never(message)


def note_deliveries(spec: ChildSpec | SupervisorSpec, ledger: Ledger) -> ChildSpec | SupervisorSpec:
    """Have every delivery noted before anything else: faults stand before the handlers."""
    if isinstance(spec, SupervisorSpec):
        children = tuple(note_deliveries(child, ledger) for child in spec.children)
        return replace(spec, children=children)
    build = spec.start

    def start() -> AsyncioActor[Any] | ThreadActor[Any]:
        actor = build()
        assert isinstance(actor, AsyncioActor | ThreadActor)
        receive = actor.on_receive

        # Of an actor on the loop it returns what is awaited; of a thread, what it came to.
        def on_receive(message: DrillMessage) -> object:
            if isinstance(message, Note | SureNote):
                ledger.take(message.number)
            return receive(message)

        actor.on_receive = on_receive  # type: ignore[method-assign]  # of this object
        return actor

    return replace(spec, start=start)


class DrillHouse:
    """The system of the drill, with its ledger."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.system = ActorSystem(intensity=RestartIntensity(restarts=10_000))
        self.addresses = {name: self.system.address(name) for name in NAMES}

    def specs(self) -> list[ChildSpec | SupervisorSpec]:
        """Return a spec for each name: several at once, one at a time, in order of a key.

        Two are in a group that gives up now and then, which the supervisor above mends.
        """
        backoff = Backoff(first_s=0.01, max_s=0.1, reset_after_s=1.0)
        station = ChildSpec(
            name="north",
            start=lambda: Station(self.ledger, self.addresses.__getitem__),
            mailbox_size=20_000,
            concurrency=32,
            handle_timeout_s=0.3,
            stop_timeout_s=0.3,
            start_timeout_s=1.0,
            backoff=backoff,
        )
        annex = SupervisorSpec(
            name="annex",
            after=("east", "south"),
            children=(
                replace(station, name="west", concurrency=4),
                replace(station, name="centre", concurrency=1, after=("west",)),
            ),
            strategy="rest_for_one",
            intensity=RestartIntensity(restarts=2, within_s=1.5),
            backoff=backoff,
        )
        return [
            station,
            replace(station, name="east", after=("north",)),
            replace(station, name="south", order_by=_key_of),
            annex,
            replace(station, name="press", concurrency=1, start=lambda: Press(self.ledger)),
        ]


def _key_of(message: Message) -> int | None:
    return message.number % 7 if isinstance(message, Note | SureNote) else None
