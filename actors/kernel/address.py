"""Where an actor is reached, for as long as its system lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from actors.kernel.messages import Message, Query

__all__ = ["Address"]

R = TypeVar("R")


class Address:
    """A name that stays valid over restarts; usable from any thread and any event loop."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Address({self.name!r})"

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and other.name == self.name

    def tell(self, message: Message) -> bool:
        """Send without waiting; never blocks and never raises for delivery.

        Returns:
            False when the message was dropped, which is counted as a dead letter.
        """
        raise NotImplementedError

    def ask(self, query: Query[R], *, timeout_s: float) -> Coroutine[Any, Any, R]:
        """Send and await the reply, from a coroutine on any event loop.

        Args:
            query: what to ask.
            timeout_s: the deadline in seconds, more than 0.

        Raises:
            AskTimeoutError: no reply before the deadline.
            MailboxFullError: the receiver's mailbox refused it.
            ActorStoppedError: the receiver is not started, stopping, or gone for good.
            ActorFailedError: the receiver failed with this query in hand.
            UnknownMessageError: the receiver has no arm for this query.
        """
        raise NotImplementedError

    def ask_blocking(self, query: Query[R], *, timeout_s: float) -> R:
        """Send and wait for the reply, from a thread that runs no event loop.

        Raises the same errors as `ask`.
        """
        raise NotImplementedError
