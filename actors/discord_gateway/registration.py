"""Registers the slash commands: only where they differ, and never in two scopes at once.

Discord counts command creations (200 a day and server) and shows equal names of the global and a
server's scope twice, so what is there is read first.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.command_routes import CommandScope, RegistrationFailedError
from actors.discord_gateway.command_schema import command_body, fingerprint
from actors.kernel import Backoff

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from structlog.typing import FilteringBoundLogger

    from actors.discord_gateway.command_routes import CommandStore
    from actors.discord_gateway.declarations import CommandDeclaration
    from actors.kernel import Clock

__all__ = ["Registration"]

_PAUSES: Final = Backoff(first_s=5.0, max_s=300.0)

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

    async def keep_trying(
        self,
        store: CommandStore,
        *,
        list_guild_ids: Callable[[], Awaitable[Collection[int]]],
        report: Callable[[str | None], None],
        clock: Clock,
    ) -> None:
        """Register, and try again with back-off for as long as it fails.

        Args:
            store: Discord's side.
            list_guild_ids: Tells which servers the bot is in, once that is known.
            report: Told why it failed, and None when it has worked.
            clock: For the pauses.
        """
        for failures in itertools.count(1):
            try:
                await self.register(store)
                await self.clear_other_scopes(store, list_guild_ids)
            except RegistrationFailedError as error:
                pause_s = _PAUSES.delay_s(failures)
                self._log.warning(
                    "gateway.registration_failed", reason=str(error), retry_in_s=round(pause_s, 1)
                )
                report(str(error))
                await clock.sleep(pause_s)
            else:
                report(None)
                return

    async def register(self, store: CommandStore) -> None:
        """Overwrite the scope's commands when they differ from the declared ones.

        Raises:
            RegistrationFailedError: When Discord cannot be reached, or refuses.
        """
        is_global = self._scope.is_global
        bodies = [command_body(command, is_global=is_global) for command in self._commands]
        wanted = fingerprint(bodies, is_global=is_global)
        present = fingerprint(await store.list_commands(self._scope), is_global=is_global)
        log = self._log.bind(guild_id=self._scope.guild_id, fingerprint=wanted[:12])
        if wanted == present:
            log.info("gateway.commands_unchanged")
            return
        await store.replace_commands(self._scope, bodies)
        log.info("gateway.commands_registered", commands=len(bodies))

    async def clear_other_scopes(
        self, store: CommandStore, list_guild_ids: Callable[[], Awaitable[Collection[int]]]
    ) -> None:
        """Remove this application's commands from the scopes that are not used (any more).

        Raises:
            RegistrationFailedError: When the global scope cannot be read or written.
        """
        if not self._scope.is_global:
            await self._clear(store, CommandScope())
            return
        for guild_id in sorted(await list_guild_ids())[:_OTHER_GUILDS]:
            try:
                await self._clear(store, CommandScope(guild_id=guild_id))
            except RegistrationFailedError as error:
                # A server may not let us see its commands; then it has none of ours either.
                self._log.info("gateway.scope_not_read", guild_id=guild_id, reason=str(error))

    async def _clear(self, store: CommandStore, scope: CommandScope) -> None:
        left = await store.list_commands(scope)
        if left:
            await store.replace_commands(scope, ())
            self._log.info("gateway.commands_cleared", guild_id=scope.guild_id, commands=len(left))
