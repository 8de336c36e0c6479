"""What a command may reach besides what the person typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.domain.contact import Contacts

if TYPE_CHECKING:
    from actors.kernel import Clock
    from scooty.domain.health import SystemHealth
    from scooty.domain.ids import GuildId
    from scooty.storage.port import ArchetypeSuggestion, OpponentSuggestion, Storage

__all__ = ["NothingAtHand", "Ports", "Suggestions", "SystemHealthPort"]


class SystemHealthPort(Protocol):
    """Whoever knows how the program is."""

    async def read(self) -> SystemHealth:
        """Ask every part, within half a second in any state of the program."""
        ...


class Suggestions(Protocol):
    """Whoever completes what somebody types; any `Storage` does."""

    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        """Return players that fit."""
        ...

    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        """Return archetypes that fit."""
        ...


class NothingAtHand(Suggestions):
    """Suggests nothing: there is no cache."""

    @override
    async def suggest_opponents(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[OpponentSuggestion, ...]:
        return ()

    @override
    async def suggest_archetypes(
        self, *, guild_id: GuildId, text: str
    ) -> tuple[ArchetypeSuggestion, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The dependencies of all commands."""

    storage: Storage
    at_hand: Suggestions = field(default_factory=NothingAtHand)
    """Suggests from what this process holds, perhaps of a moment ago, asking nobody."""
    sparing: bool = False
    """Nobody is to be asked for suggestions: the person has typed too much too fast."""
    health: SystemHealthPort
    clock: Clock = field(default_factory=SystemClock)
    contacts: Contacts = field(default_factory=Contacts)
    """Where commands leave word of who asked, for storage that may have to answer later."""

    @property
    def suggestions(self) -> Suggestions:
        """Who completes what is typed."""
        return self.at_hand if self.sparing else self.storage
