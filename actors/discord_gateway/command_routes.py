"""The routes of an application's commands, through discord.py's HTTP client.

That client logs in, obeys the rate limits and repeats what fails by Discord's fault. Its own
methods for commands leave the localizations out, so the routes are written here.

Source: https://discord.com/developers/docs/interactions/application-commands#endpoints
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import discord
from discord.http import Route

from actors.discord_gateway.errors import LIBRARY_ERRORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord.http import HTTPClient

    from actors.discord_gateway.payload import JsonObject

_MISSING_ACCESS: Final = 50001


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandScope:
    """Where commands are registered: in one server, or everywhere (None)."""

    guild_id: int | None = None

    @property
    def is_global(self) -> bool:
        """True for everywhere."""
        return self.guild_id is None


class RegistrationFailedError(Exception):
    """The commands could not be read or written; the sentence says why and what to do."""


class CommandsNotAllowedError(RegistrationFailedError):
    """The bot is not in that server, or was let in without the scope applications.commands."""


class CommandStore(Protocol):
    """What Discord holds as this application's commands."""

    async def list_commands(self, scope: CommandScope) -> list[JsonObject]:
        """List a scope's commands, with their localizations."""

    async def replace_commands(self, scope: CommandScope, bodies: Sequence[JsonObject]) -> None:
        """Make these a scope's only commands."""


class CommandRoutes:
    """The `CommandStore` that is Discord.

    Args:
        http: A client that has logged in.
        application_id: Whose commands.
    """

    def __init__(self, http: HTTPClient, application_id: int) -> None:
        self._http = http
        self._application_id = application_id

    async def list_commands(self, scope: CommandScope) -> list[JsonObject]:
        """List a scope's commands, with their localizations.

        Raises:
            RegistrationFailedError: When Discord cannot be reached, or refuses.
        """
        listed = await self._request("GET", scope, params={"with_localizations": "true"})
        if not isinstance(listed, list):
            raise RegistrationFailedError("Discord's list of commands is no list")
        return listed

    async def replace_commands(self, scope: CommandScope, bodies: Sequence[JsonObject]) -> None:
        """Overwrite a scope in one request.

        Raises:
            RegistrationFailedError: When Discord cannot be reached, or refuses.
        """
        await self._request("PUT", scope, json=list(bodies))

    async def _request(self, method: str, scope: CommandScope, **arguments: Any) -> Any:
        path = "/applications/{application_id}/commands"
        if not scope.is_global:
            path = "/applications/{application_id}/guilds/{guild_id}/commands"
        route = Route(
            method, path, application_id=self._application_id, guild_id=scope.guild_id or 0
        )
        try:
            return await self._http.request(route, **arguments)
        except LIBRARY_ERRORS as error:
            raise _failure(error, scope) from None


def _failure(error: Exception, scope: CommandScope) -> RegistrationFailedError:
    match error:
        case discord.HTTPException(code=code) if code == _MISSING_ACCESS:
            return CommandsNotAllowedError(
                f"Discord lets the bot register no commands in the server {scope.guild_id}: invite"
                " it there with the scope applications.commands, or correct DISCORD_GUILD_ID"
            )
        case discord.HTTPException(status=status, text=text):
            # The text names fields of our own declarations: nothing of a person is in it.
            answer = f"HTTP {status} {' '.join(text.split())}".strip()
            return RegistrationFailedError(f"Discord refused the commands: {answer}")
        case _:
            return RegistrationFailedError(f"Discord cannot be reached ({type(error).__name__})")
