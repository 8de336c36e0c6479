"""Registers the slash commands: only where they differ, and never in two scopes at once.

Discord counts command creations (200 a day and server) and shows equal names of the global and a
server's scope twice, so what is there is read first.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.command_differences import compare_commands
from actors.discord_gateway.command_routes import (
    CommandScope,
    CommandsNotAllowedError,
    RegistrationFailedError,
)
from actors.discord_gateway.command_schema import command_body, fingerprint

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from structlog.typing import FilteringBoundLogger

    from actors.discord_gateway.command_differences import CommandDifferences
    from actors.discord_gateway.command_routes import CommandStore
    from actors.discord_gateway.declarations import CommandDeclaration
    from actors.discord_gateway.payload import JsonObject

_OTHER_GUILDS: Final = 25
"""How many servers are looked at for left-over commands: one request each, at the start."""


class Registration:
    """Makes the declared commands those of one scope, and of no other.

    Args:
        commands: What is to be there.
        scope: Where.
        log: The actor's logger.
    """

    def __init__(
        self,
        commands: tuple[CommandDeclaration, ...],
        *,
        scope: CommandScope,
        log: FilteringBoundLogger,
    ) -> None:
        self._commands = commands
        self._scope = scope
        self._log = log
        self.not_allowed_in: set[int] = set()
        """The servers that, when they last said anything, did not let leftovers be looked for,
        because they have let the bot in without the scope applications.commands."""

    async def compare(self, store: CommandStore) -> CommandDifferences:
        """Tell how the scope's commands differ from the declared ones.

        Raises:
            RegistrationFailedError: When Discord cannot be reached, or refuses.
        """
        present = await store.list_commands(self._scope)
        return compare_commands(self._bodies(), present, is_global=self._scope.is_global)

    async def register(self, store: CommandStore) -> bool:
        """Overwrite the scope's commands when they differ from the declared ones.

        Returns:
            Whether they did.

        Raises:
            RegistrationFailedError: When Discord cannot be reached, or refuses.
        """
        is_global, bodies = self._scope.is_global, self._bodies()
        wanted = fingerprint(bodies, is_global=is_global)
        present = fingerprint(await store.list_commands(self._scope), is_global=is_global)
        log = self._log.bind(guild_id=self._scope.guild_id, fingerprint=wanted[:12])
        if wanted == present:
            log.info("gateway.commands_unchanged")
            return False
        await store.replace_commands(self._scope, bodies)
        log.info("gateway.commands_registered", commands=len(bodies))
        return True

    async def find_leftovers(
        self, store: CommandStore, list_guild_ids: Callable[[], Awaitable[Collection[int]]]
    ) -> dict[CommandScope, int]:
        """Count this application's commands in the scopes that are not used (any more).

        Raises:
            RegistrationFailedError: When the global scope cannot be read.
        """
        if not self._scope.is_global:
            everywhere = CommandScope()
            count = len(await store.list_commands(everywhere))
            return {everywhere: count} if count else {}
        found: dict[CommandScope, int] = {}
        for guild_id in sorted(await list_guild_ids())[:_OTHER_GUILDS]:
            scope = CommandScope(guild_id=guild_id)
            try:
                left = await store.list_commands(scope)
            except RegistrationFailedError as error:
                # A server may not let us see its commands; then it has none of ours either.
                self._log.info("gateway.scope_not_read", guild_id=guild_id, reason=str(error))
                if isinstance(error, CommandsNotAllowedError):
                    self.not_allowed_in.add(guild_id)
                continue
            self.not_allowed_in.discard(guild_id)
            if left:
                found[scope] = len(left)
        return found

    async def clear_other_scopes(
        self, store: CommandStore, list_guild_ids: Callable[[], Awaitable[Collection[int]]]
    ) -> dict[CommandScope, int]:
        """Remove this application's commands from the scopes that are not used (any more).

        Returns:
            How many there were, by scope.

        Raises:
            RegistrationFailedError: When a scope that could be read cannot be written.
        """
        found = await self.find_leftovers(store, list_guild_ids)
        for scope, count in found.items():
            await store.replace_commands(scope, ())
            self._log.info("gateway.commands_cleared", guild_id=scope.guild_id, commands=count)
        return found

    def _bodies(self) -> list[JsonObject]:
        is_global = self._scope.is_global
        return [command_body(command, is_global=is_global) for command in self._commands]
