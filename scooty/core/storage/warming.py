"""Asking before people do, so that what they will ask is kept: word to the desk, and its work.

What is kept is shown while the database is away, also of players whom nobody has looked up since
the process began, and makes the first look-ups of a morning as quick as the later ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from actors.kernel import Message
from scooty.domain.ids import GuildId

if TYPE_CHECKING:
    from actors.kernel import Clock
    from scooty.core.storage.port import Storage
    from scooty.core.storage.settings import TeamSettings

_LONGEST_S: Final = 30.0


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


async def warm_up(
    storage: Storage, settings: TeamSettings, guild_ids: tuple[GuildId, ...], *, clock: Clock
) -> Warmth:
    """Ask for each guild's settings and suggestions, and for the cards of the first 25 suggested.

    One call after the other, so that people wait for no more than one of them, and for 30 s.

    Raises:
        StorageUnavailable: The database cannot be reached, and nothing of earlier is kept.
    """
    until_s = clock.monotonic_s() + _LONGEST_S
    guilds = cards = 0
    for guild_id in guild_ids:
        await settings.read(guild_id=guild_id)
        await storage.suggest_archetypes(guild_id=guild_id, text="")
        for player in await storage.suggest_opponents(guild_id=guild_id, text=""):
            if clock.monotonic_s() >= until_s:
                return Warmth(guilds=guilds, cards=cards)
            if player.is_only_listed:
                break  # nobody after is any better known
            await storage.check_player(guild_id=guild_id, name=player.name)
            cards += 1
        guilds += 1
    return Warmth(guilds=guilds, cards=cards)
