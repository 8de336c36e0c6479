"""The parts of the running program that say how they are, each by its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.cache.messages import CacheMessage
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, SupervisorMessage
    from actors.repository.messages import RepositoryMessage
    from scooty.core.observer.messages import ObserverMessage
    from scooty.core.outbox.messages import OutboxMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Whom to ask."""

    supervisor: Address[SupervisorMessage]
    """Knows every actor's state and mailbox."""
    gateway: Address[GatewayMessage]
    """Knows the connection to Discord."""
    repository: Address[RepositoryMessage]
    """Knows the connection to the database."""
    cache: Address[CacheMessage]
    """Knows the connection to Redis."""
    outbox: Address[OutboxMessage]
    """Knows what waits for the database."""
    observer: Address[ObserverMessage]
    """Knows the objectives."""
