"""The servers that the bot is in, and what its roles may do there.

Source: https://discord.com/developers/docs/resources/user#get-current-user-guilds
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from discord.http import Route

if TYPE_CHECKING:
    from discord.http import HTTPClient

OWN_GUILDS: Final = "/users/@me/guilds"
_GUILDS_A_REQUEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGuild:
    """A server that the bot is in."""

    id: int
    name: str
    permissions: int
    """The bot's, by its roles; channels may allow and deny more."""


async def read_own_guilds(http: HTTPClient) -> tuple[OwnGuild, ...]:
    """List the servers the bot is in, 200 at most.

    Raises:
        LIBRARY_ERRORS: When Discord does not tell.
    """
    listed = await http.request(Route("GET", OWN_GUILDS), params={"limit": _GUILDS_A_REQUEST})
    return tuple(
        OwnGuild(
            id=int(guild["id"]), name=str(guild["name"]), permissions=int(guild["permissions"])
        )
        for guild in listed
    )
