"""Asking before people do, so that what they will ask is kept.

What is kept is shown while the database is away, also of players whom nobody has looked up since
the process began, and makes the first look-ups of a morning as quick as the later ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.core.cached.stale import KeepsThings, Warmth
from scooty.core.suggestions import SuggestArchetypes, SuggestOpponents
from scooty.features.reports.calls.looking_up import CheckPlayer

if TYPE_CHECKING:
    from actors.kernel import Clock
    from scooty.core.cached import Cached
    from scooty.domain.ids import GuildId

_LONGEST_S: Final = 30.0


class CacheWarmer(KeepsThings):
    """What the desk keeps of guilds.

    Args:
        cached: Keeps it.
        clock: Ends the warming.
    """

    def __init__(self, cached: Cached, clock: Clock | None = None) -> None:
        self._cached = cached
        self._clock = clock or SystemClock()

    @override
    def doubt(self, guild_id: GuildId | None) -> None:
        self._cached.doubt(guild_id)

    @override
    async def warm_up(self, guild_ids: tuple[GuildId, ...]) -> Warmth:
        """Ask for each guild's settings, suggestions, and the cards of the first 25 suggested.

        One call after the other, so that people wait for no more than one of them, and for 30 s.
        """
        calls, until_s = self._cached, self._clock.monotonic_s() + _LONGEST_S
        guilds = cards = 0
        for guild_id in guild_ids:
            await calls.settings.read(guild_id=guild_id)
            await calls.read(guild_id, SuggestArchetypes(text=""))
            for player in await calls.read(guild_id, SuggestOpponents(text="")):
                if self._clock.monotonic_s() >= until_s:
                    return Warmth(guilds=guilds, cards=cards)
                if player.is_only_listed:
                    break  # nobody after is any better known
                await calls.read(guild_id, CheckPlayer(name=player.name))
                cards += 1
            guilds += 1
        return Warmth(guilds=guilds, cards=cards)
