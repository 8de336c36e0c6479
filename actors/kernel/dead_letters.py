"""What was never handled: counted always, logged once for each kind."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from actors.kernel.log import say
from actors.kernel.messages import Message

if TYPE_CHECKING:
    from actors.kernel.envelope import Envelope

DropReason: TypeAlias = Literal[
    "closed", "full", "swallowed", "displaced", "expired", "cancelled", "unknown", "in_hand", "left"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter(Message):
    """A message that nobody handles; told to those who `SubscribeDeadLetters`."""

    name: str
    """Whom it was for."""
    message: Message
    reason: DropReason
    correlation_id: str


class _Listener(Protocol):
    """An address that takes dead letters."""

    def tell(self, message: DeadLetter, /) -> bool: ...


class DeadLetters:
    """The system's ledger of dropped messages, safe for all threads."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, DropReason]] = Counter()
        self._lock = threading.Lock()
        self.subscribers: set[_Listener] = set()
        """Changed on the supervisor's loop only."""

    def record(self, *, name: str, envelope: Envelope, reason: DropReason) -> None:
        """Count one, and log it if it is the first of its actor, type and reason."""
        message = type(envelope.message).__name__
        key = (name, message, reason)
        with self._lock:
            self._counts[key] += 1
            is_first = self._counts[key] == 1
        if is_first:
            say(
                "warning",
                "actor.dead_letter",
                actor=name,
                message=message,
                reason=reason,
                correlation_id=envelope.correlation_id,
            )

    def publish(self, *, name: str, envelope: Envelope, reason: DropReason) -> None:
        """Tell the subscribers of one; not of one that was about a dead letter itself."""
        if not self.subscribers or isinstance(envelope.message, DeadLetter):
            return
        letter = DeadLetter(
            name=name,
            message=envelope.message,
            reason=reason,
            correlation_id=envelope.correlation_id,
        )
        for subscriber in tuple(self.subscribers):
            subscriber.tell(letter)

    def counts(self) -> dict[tuple[str, str, DropReason], int]:
        """Return how many were dropped, by actor, message type and reason."""
        with self._lock:
            return dict(self._counts)
