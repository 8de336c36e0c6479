"""A crowd before small mailboxes: askers who wait for room, leave, and come from all sides."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from typing_extensions import override

from actors.kernel import (
    ActorKitError,
    AskTimeoutError,
    AsyncioActor,
    Backoff,
    ChildSpec,
    Message,
    Query,
    ThreadActor,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.kernel import Address

TIMEOUT_S = 8.0
"""Far beyond any wait of the drill: an ask that ends by it was forgotten."""
_LEAVE_PER_TURN = 2
_MOST_AT_ONCE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock(Query[int]):
    """Answered with its number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SureKnock(Query[int]):
    """The same, to be redelivered."""

    idempotent: ClassVar[bool] = True
    number: int


AnyKnock: TypeAlias = Knock | SureKnock


class Door(AsyncioActor[AnyKnock]):
    @override
    async def on_receive(self, message: AnyKnock) -> int:
        await asyncio.sleep(0.0005 * (message.number % 3))
        return message.number


class ThreadDoor(ThreadActor[AnyKnock]):
    @override
    def on_receive(self, message: AnyKnock) -> int:
        time.sleep(0.0003 * (message.number % 3))
        return message.number


def door_specs() -> list[ChildSpec]:
    """Return doors of each kind of mailbox that keeps askers waiting or sends them away."""
    kinds: list[tuple[str, type[Door | ThreadDoor], int, Literal["block", "drop_old"], int]] = [
        ("narrow", Door, 2, "block", 1),
        ("wide", Door, 5, "block", 3),
        ("thread", ThreadDoor, 2, "block", 1),
        ("pushing", Door, 3, "drop_old", 2),
    ]
    return [
        ChildSpec(
            name=name,
            start=start,
            mailbox_size=size,
            overflow=overflow,
            concurrency=concurrency,
            order_by=_key_of if name == "wide" else None,
            handle_timeout_s=0.2,
            stop_timeout_s=0.2,
            backoff=Backoff(first_s=0.005, max_s=0.05, reset_after_s=0.5),
        )
        for name, start, size, overflow, concurrency in kinds
    ]


class Crowd:
    """Asks from one event loop, or from a thread without one, until a moment in time.

    Args:
        addresses: whom to ask, drawn at random.
        seed: of the draws.
        until: by ``time.monotonic``.
    """

    def __init__(self, addresses: Sequence[Address], *, seed: int, until: float) -> None:
        self.outcomes: Counter[str] = Counter()
        self._addresses = addresses
        self._draw = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self._until = until
        self._number = 0

    async def ask_and_leave(self) -> None:
        """Ask in bursts, and let some askers go away before their answer."""
        live: set[asyncio.Task[None]] = set()
        while time.monotonic() < self._until:
            for _ in range(5 if len(live) < _MOST_AT_ONCE else 0):
                asking = asyncio.create_task(self._ask(self._next()))
                live.add(asking)
                asking.add_done_callback(live.discard)
            await asyncio.sleep(0.002)
            for asking in list(live)[:_LEAVE_PER_TURN]:
                asking.cancel()
        if live:
            _, forgotten = await asyncio.wait(live, timeout=TIMEOUT_S + 1)
            self.outcomes["never completed"] += len(forgotten)

    async def _ask(self, knock: AnyKnock) -> None:
        try:
            reply = await self._draw.choice(self._addresses).ask(knock, timeout_s=TIMEOUT_S)
        except ActorKitError as error:
            self.outcomes[_name(error)] += 1
        except asyncio.CancelledError:
            self.outcomes["left"] += 1
            raise
        else:
            self.outcomes["answered" if reply == knock.number else "mixed up"] += 1

    def ask_from_a_thread(self) -> None:
        """Ask one after the other, and block."""
        while time.monotonic() < self._until:
            knock = self._next()
            address = self._draw.choice(self._addresses)
            try:
                reply = address.ask_blocking(knock, timeout_s=TIMEOUT_S)
            except ActorKitError as error:
                self.outcomes[_name(error)] += 1
            else:
                self.outcomes["answered" if reply == knock.number else "mixed up"] += 1

    def _next(self) -> AnyKnock:
        self._number += 1
        kind = self._draw.choice((Knock, SureKnock))
        return kind(number=self._number)


def _name(error: ActorKitError) -> str:
    kind = type(error).__name__
    return f"{kind} at {error.name}" if isinstance(error, AskTimeoutError) else kind


def _key_of(message: Message) -> int | None:
    return message.number % 4 if isinstance(message, Knock | SureKnock) else None
