"""The parts of the running program that say how they are, and how they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from actors.kernel import ActorKitError

if TYPE_CHECKING:
    from actors.kernel import Address, Query

__all__ = ["Parts", "ask_part"]

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Whom to ask."""

    supervisor: Address
    """Knows every actor's state and mailbox."""
    gateway: Address
    """Knows the connection to Discord."""
    repository: Address
    """Knows the connection to the database."""
    cache: Address
    """Knows the connection to Redis."""
    outbox: Address
    """Knows what waits for the database."""
    observer: Address
    """Knows the objectives."""


async def ask_part(part: Address, query: Query[R], *, within_s: float) -> R | None:
    """Return what a part says; None when it is not there or silent: that too says how it is."""
    try:
        return await part.ask(query, timeout_s=within_s)
    except ActorKitError:
        return None
