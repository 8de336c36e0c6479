"""What a command may reach besides what the person typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from actors.kernel import SystemClock
from scooty.domain.contact import Contacts

if TYPE_CHECKING:
    from actors.kernel import Clock
    from scooty.domain.health import SystemHealth
    from scooty.storage.port import Storage

__all__ = ["Ports", "SystemHealthPort"]


class SystemHealthPort(Protocol):
    """Whoever knows how the program is."""

    async def read(self) -> SystemHealth:
        """Ask every part, within half a second in any state of the program."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The dependencies of all commands."""

    storage: Storage
    health: SystemHealthPort
    clock: Clock = field(default_factory=SystemClock)
    contacts: Contacts = field(default_factory=Contacts)
    """Where commands leave word of who asked, for storage that may have to answer later."""
