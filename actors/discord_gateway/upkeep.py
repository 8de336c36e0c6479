"""Keeps at Discord what the bot needs there: its commands, and sight of what it is allowed.

Commands are compared when the bot has logged in, then every ten minutes, and whenever something
hints at a change; where they differ they are registered again. The same look reads what the bot's
roles may do in each server.

A look costs two requests with one server configured, and up to 27 without.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.command_routes import (
    CommandRoutes,
    CommandsNotAllowedError,
    RegistrationFailedError,
)
from actors.discord_gateway.errors import LIBRARY_ERRORS
from actors.discord_gateway.own_guilds import read_own_guilds
from actors.discord_gateway.permissions import invitation_link, list_missing
from actors.discord_gateway.standing import CommandsRestored, GuildGap, Standing
from actors.kernel import Backoff

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable

    from discord.http import HTTPClient
    from structlog.typing import FilteringBoundLogger

    from actors.discord_gateway.command_routes import CommandScope, CommandStore
    from actors.discord_gateway.own_guilds import OwnGuild
    from actors.discord_gateway.registration import Registration
    from actors.kernel import Clock

_PAUSES: Final = Backoff(first_s=5.0, max_s=300.0)
_EVERY_S: Final = 600.0
_ERRORS: Final = (*LIBRARY_ERRORS, KeyError, TypeError, ValueError)
"""Also an answer that is none of Discord's."""


class Upkeep:
    """Looks again and again.

    Args:
        registration: The commands as they have to be.
        scope: Where.
        clock: For the pauses.
        log: The actor's logger.
        report: Told why the commands could not be registered, and None when they are.
    """

    def __init__(
        self,
        registration: Registration,
        *,
        scope: CommandScope,
        clock: Clock,
        log: FilteringBoundLogger,
        report: Callable[[str | None], None],
    ) -> None:
        self._registration = registration
        self._scope = scope
        self._clock = clock
        self._log = log
        self._report = report
        self._wanted = asyncio.Event()
        self._has_registered = False
        self._restored: CommandsRestored | None = None
        self._lacks_scope = False
        self.standing: Standing | None = None
        """What the last look found; None before the first."""

    def look_soon(self) -> None:
        """Look once more, now or right after the look that is under way."""
        self._wanted.set()

    async def keep(
        self,
        http: HTTPClient,
        application_id: int,
        *,
        list_guild_ids: Callable[[], Awaitable[Collection[int]]],
    ) -> None:
        """Look, until cancelled.

        Args:
            http: A client that has logged in.
            application_id: The bot's.
            list_guild_ids: Tells which servers the bot is in, once that is known.
        """
        store = CommandRoutes(http, application_id)
        failures = 0
        while True:
            self._wanted.clear()
            failure = await self.keep_commands(store, list_guild_ids)
            await self._look_at_guilds(http, application_id)
            failures = 0 if failure is None else failures + 1
            await self._rest(_PAUSES.delay_s(failures) if failures else _EVERY_S)

    async def keep_commands(
        self, store: CommandStore, list_guild_ids: Callable[[], Awaitable[Collection[int]]]
    ) -> RegistrationFailedError | None:
        """Register the commands where they differ; return why that could not be done."""
        try:
            if self._has_registered:
                await self._restore(store)
            else:
                await self._registration.register(store)
                self._has_registered = True
            await self._registration.clear_other_scopes(store, list_guild_ids)
        except RegistrationFailedError as error:
            self._log.warning("gateway.registration_failed", reason=str(error))
            self._report(str(error))
            # Another failure says nothing about the scope.
            self._lacks_scope |= isinstance(error, CommandsNotAllowedError)
            return error
        self._lacks_scope = False
        self._report(None)
        return None

    async def _restore(self, store: CommandStore) -> None:
        found = await self._registration.compare(store)
        if found.is_none or not await self._registration.register(store):
            return
        names = tuple(sorted((*found.missing, *found.different, *found.unknown)))
        self._restored = CommandsRestored(at=self._clock.now(), names=names)
        self._log.warning("gateway.commands_restored", commands=names)

    async def _look_at_guilds(self, http: HTTPClient, application_id: int) -> None:
        without_scope = set(self._registration.not_allowed_in)
        if self._lacks_scope and self._scope.guild_id is not None:
            without_scope.add(self._scope.guild_id)
        try:
            guilds = await read_own_guilds(http)
        except _ERRORS as error:
            self._log.warning("gateway.guilds_not_read", kind=type(error).__name__)
            return  # what was found before is the best that is known
        if self._scope.guild_id is not None:
            guilds = tuple(each for each in guilds if each.id == self._scope.guild_id)
        self.standing = Standing(
            checked_at=self._clock.now(),
            gaps=find_gaps(guilds, without_scope, application_id),
            restored=self._restored,
        )

    async def _rest(self, seconds: float) -> None:
        """Wait, or be woken by `look_soon`."""
        waiting = {
            asyncio.create_task(self._clock.sleep(seconds), name="upkeep pause"),
            asyncio.create_task(self._wanted.wait(), name="upkeep wanted"),
        }
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()


def find_gaps(
    guilds: Iterable[OwnGuild], without_scope: Collection[int], application_id: int
) -> tuple[GuildGap, ...]:
    """Name each server that does not grant all that is needed.

    Args:
        guilds: The servers that the bot is in.
        without_scope: The ids of those that have let it in without applications.commands; some of
            them may not have let it in at all.
        application_id: Whom to invite.
    """
    by_id = {each.id: each for each in guilds}
    gaps = []
    for guild_id in sorted({*by_id, *without_scope}):
        guild = by_id.get(guild_id)
        missing = () if guild is None else list_missing(guild.permissions)
        if missing or guild_id in without_scope:
            gaps.append(
                GuildGap(
                    guild_id=guild_id,
                    name=str(guild_id) if guild is None else guild.name,
                    lacks_scope=guild_id in without_scope,
                    permissions=tuple(permission.name for permission in missing),
                    invitation=invitation_link(application_id, guild_id=guild_id),
                )
            )
    return tuple(gaps)
