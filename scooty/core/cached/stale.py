"""Word between the actors of one process that something kept of a guild may be wrong.

Each actor that reads or writes through the cache has a `Cached` of its own; what one of them
could not tell of in the guild's log, it tells those that keep something, by this message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from actors.kernel import Message
from scooty.domain.ids import GuildId


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildInDoubt(Message):
    """A guild was changed, or may have been, and its log does not tell of it."""

    idempotent: ClassVar[bool] = True

    guild_id: GuildId | None
    """None: nobody knows which one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildsToKeep(Message):
    """People of these guilds will ask soon."""

    idempotent: ClassVar[bool] = True

    guild_ids: tuple[GuildId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmth:
    """What is kept now that was perhaps not before."""

    guilds: int
    """Whose suggestions and cards are kept."""
    cards: int


class KeepsThings(Protocol):
    """Whoever keeps answers of guilds."""

    def doubt(self, guild_id: GuildId | None) -> None:
        """Leave what is kept of a guild, or of all, alone for a while, and then begin anew."""
        ...

    async def warm_up(self, guild_ids: tuple[GuildId, ...]) -> Warmth:
        """Keep what people of these guilds will ask for.

        Raises:
            StorageUnavailable: The database cannot be reached, and nothing of earlier is kept.
        """
        ...
