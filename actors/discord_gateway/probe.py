"""A look at Discord with the bot's token, over HTTP alone.

No gateway session is opened, so a bot that runs with the same token is not disturbed and no
IDENTIFY is spent. For the operator's command line, beside the actor.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord
from discord.http import Route

from actors.discord_gateway.base_url import check_base_url
from actors.discord_gateway.client import GatewayClient, point_library_at, silence_secrets
from actors.discord_gateway.command_routes import (
    CommandRoutes,
    CommandScope,
    CommandsNotAllowedError,
)
from actors.discord_gateway.errors import LIBRARY_ERRORS
from actors.discord_gateway.own_guilds import OWN_GUILDS, OwnGuild, read_own_guilds
from actors.discord_gateway.permissions import Overwrite, list_missing, permissions_in_channel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from discord import ApplicationFlags, Intents
    from pydantic import SecretStr

    from actors.discord_gateway.permissions import Permission

_WRITABLE: Final = frozenset({0, 5})
"""The types of channels that people type commands in: text and announcements."""
_PRIVILEGED: Final = {
    "members": ("Server Members Intent", "gateway_guild_members"),
    "presences": ("Presence Intent", "gateway_presence"),
    "message_content": ("Message Content Intent", "gateway_message_content"),
}
"""By discord.py's name of the intent: the portal's name, and the flags that say it is on."""


class ProbeFailedError(Exception):
    """Discord did not answer a question, or refused it; the sentence says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logins:
    """How often the bot may still open a gateway session."""

    total: int
    """A day."""
    remaining: int
    resets_in_s: float


class DiscordProbe:
    """What can be asked of Discord after a login over HTTP.

    Args:
        client: One that has logged in.
    """

    def __init__(self, client: GatewayClient) -> None:
        application, user = client.application, client.user
        assert application is not None  # noqa: S101 - the login has set both
        assert user is not None  # noqa: S101 - the same
        self._http = client.http
        self.application_id: Final = application.id
        self.user_id: Final = user.id
        self.bot_name: Final = user.name
        self.missing_intents: Final = missing_intents(client.intents, application.flags)
        """Privileged intents that the bot asks for and the developer portal has not switched on."""
        self.interactions_endpoint: Final = application.interactions_endpoint_url
        """Where Discord sends interactions instead of here, if somebody has set that."""
        self.commands: Final = CommandRoutes(client.http, application.id)

    async def list_guilds(self) -> tuple[OwnGuild, ...]:
        """List the servers the bot is in, 200 at most.

        Raises:
            ProbeFailedError: When Discord does not tell.
        """
        try:
            return await read_own_guilds(self._http)
        except LIBRARY_ERRORS as error:
            raise ProbeFailedError(_sentence(OWN_GUILDS, error)) from None

    async def list_guild_ids(self) -> tuple[int, ...]:
        """List the ids of those servers.

        Raises:
            ProbeFailedError: When Discord does not tell.
        """
        return tuple(guild.id for guild in await self.list_guilds())

    async def allows_commands(self, guild_id: int) -> bool:
        """Tell whether the bot is in a server with the scope applications.commands.

        Raises:
            RegistrationFailedError: When Discord does not tell.
        """
        try:
            await self.commands.list_commands(CommandScope(guild_id=guild_id))
        except CommandsNotAllowedError:
            return False
        return True

    async def read_logins(self) -> Logins:
        """Ask how many gateway sessions may still be opened today.

        Raises:
            ProbeFailedError: When Discord does not tell.
        """
        answer = await self._get("/gateway/bot")
        limit = answer["session_start_limit"]
        return Logins(
            total=int(limit["total"]),
            remaining=int(limit["remaining"]),
            resets_in_s=float(limit["reset_after"]) / 1000,
        )

    async def list_closed_channels(self, guild: OwnGuild) -> tuple[str, ...]:
        """Name the channels of a server in which the bot lacks a needed permission.

        Raises:
            ProbeFailedError: When Discord does not tell.
        """
        role_ids = await self._list_role_ids(guild.id)
        channels = await self._get("/guilds/{guild_id}/channels", guild_id=guild.id)
        return tuple(
            str(channel["name"])
            for channel in channels
            if channel["type"] in _WRITABLE
            and list_missing(self._permissions_in(channel, guild, role_ids))
        )

    async def list_lacking(
        self, channel_id: int, needed: Iterable[Permission]
    ) -> tuple[Permission, ...]:
        """List which permissions the bot lacks in one channel of a server.

        Raises:
            ProbeFailedError: When Discord does not tell: the channel is unknown, or hidden.
        """
        channel = await self._get("/channels/{channel_id}", channel_id=channel_id)
        guilds = {guild.id: guild for guild in await self.list_guilds()}
        guild = guilds.get(int(channel.get("guild_id") or 0))
        if guild is None:
            raise ProbeFailedError(f"the channel {channel_id} is in no server")
        bits = self._permissions_in(channel, guild, await self._list_role_ids(guild.id))
        return tuple(permission for permission in needed if not bits & permission.bit)

    async def _list_role_ids(self, guild_id: int) -> frozenset[int]:
        member = await self._get(
            "/guilds/{guild_id}/members/{user_id}", guild_id=guild_id, user_id=self.user_id
        )
        return frozenset(map(int, member["roles"]))

    def _permissions_in(
        self, channel: Mapping[str, Any], guild: OwnGuild, role_ids: frozenset[int]
    ) -> int:
        overwrites = [
            Overwrite(target_id=int(each["id"]), allow=int(each["allow"]), deny=int(each["deny"]))
            for each in channel.get("permission_overwrites", ())
        ]
        return permissions_in_channel(
            guild.permissions,
            overwrites,
            guild_id=guild.id,
            role_ids=role_ids,
            user_id=self.user_id,
        )

    async def _get(self, path: str, **parts: int) -> Any:
        try:
            return await self._http.request(Route("GET", path, metadata=None, **parts))
        except LIBRARY_ERRORS as error:
            raise ProbeFailedError(_sentence(path, error)) from None


@asynccontextmanager
async def probe_discord(token: SecretStr, *, base_url: str | None) -> AsyncIterator[DiscordProbe]:
    """Log in for the length of a block.

    Args:
        token: The bot's.
        base_url: A Discord-speaking server on this machine, instead of Discord.

    Raises:
        ConfigurationRefusedError: When the token or the base address will never work.
        GatewayUnreachableError: When they may work later.
    """
    base_url = check_base_url(base_url) if base_url else None
    point_library_at(base_url)
    silence_secrets()
    client = GatewayClient(_Deaf(), base_url=base_url)
    try:
        await client.log_in(token)
        yield DiscordProbe(client)
    finally:
        await client.leave()


def missing_intents(wanted: Intents, granted: ApplicationFlags) -> tuple[str, ...]:
    """Name the privileged intents among ``wanted`` that are not switched on, as the portal does."""
    return tuple(
        name
        for intent, (name, flag) in _PRIVILEGED.items()
        if getattr(wanted, intent)
        # Bots in fewer than 100 servers have the "limited" flag.
        and not (getattr(granted, flag) or getattr(granted, f"{flag}_limited"))
    )


class _Deaf:
    """Hears nothing: there is no gateway session."""

    def on_interaction(self, raw: Mapping[str, Any]) -> None:
        """Never called."""

    def on_ready(self) -> None:
        """Never called."""

    def on_resumed(self) -> None:
        """Never called."""

    def on_disconnected(self) -> None:
        """Never called."""

    def on_guild_joined(self) -> None:
        """Never called."""


def _sentence(path: str, error: Exception) -> str:
    if isinstance(error, discord.HTTPException):
        return f"Discord refused GET {path}: HTTP {error.status}, code {error.code}"
    return f"Discord cannot be reached ({type(error).__name__})"
