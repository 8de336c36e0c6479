"""Lists, registers and removes slash commands, in the configured scope and over HTTP alone.

The scope is the server of DISCORD_GUILD_ID, or every server.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import structlog

from actors.discord_gateway.command_routes import CommandScope, RegistrationFailedError
from actors.discord_gateway.errors import ConfigurationRefusedError, GatewayUnreachableError
from actors.discord_gateway.probe import ProbeFailedError, probe_discord
from actors.discord_gateway.registration import Registration
from scooty.features.registry import DECLARATIONS
from scooty.runtime.cli.terminal import complain, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.probe import DiscordProbe
    from scooty.runtime.config import Settings


async def carry_out_at_discord(what: str, settings: Settings) -> int:
    """Log in and do ``what``: list, sync or clear.

    Returns:
        0; 69 when Discord cannot be reached or refuses; 78 when the token will never work.
    """
    assert settings.discord_token is not None  # noqa: S101 - the caller has looked
    try:
        async with probe_discord(settings.discord_token, base_url=settings.discord_base) as probe:
            await _carry_out(what, probe, CommandScope(guild_id=settings.discord_guild_id))
    except ConfigurationRefusedError as error:
        complain(error.sentence)
        return error.exit_code
    except (GatewayUnreachableError, RegistrationFailedError, ProbeFailedError) as error:
        complain(f"{error}.")
        return os.EX_UNAVAILABLE
    return os.EX_OK


async def _carry_out(what: str, probe: DiscordProbe, scope: CommandScope) -> None:
    registration = Registration(DECLARATIONS, scope=scope, log=structlog.get_logger())
    match what:
        case "list":
            await _list(registration, probe, scope)
        case "sync":
            await _sync(registration, probe, scope)
        case _:
            await _clear(probe, scope)


async def _list(registration: Registration, probe: DiscordProbe, scope: CommandScope) -> None:
    found = await registration.compare(probe.commands)
    say(f"{_place(scope)}:")
    for state, names in (
        ("equal to this version's", found.equal),
        ("different from this version's", found.different),
        ("not registered", found.missing),
        ("unknown to this version", found.unknown),
    ):
        for name in names:
            say(f"  {name:<20} {state}")
    leftovers = await registration.find_leftovers(probe.commands, probe.list_guild_ids)
    _tell(leftovers, "left over, and shown beside those above")


async def _sync(registration: Registration, probe: DiscordProbe, scope: CommandScope) -> None:
    changed = await registration.register(probe.commands)
    say(f"{_place(scope)}: {'registered' if changed else 'equal already, nothing was sent'}")
    cleared = await registration.clear_other_scopes(probe.commands, probe.list_guild_ids)
    _tell(cleared, "left over, and removed now")


async def _clear(probe: DiscordProbe, scope: CommandScope) -> None:
    count = len(await probe.commands.list_commands(scope))
    if count:
        await probe.commands.replace_commands(scope, ())
    say(f"{_place(scope)}: {count} removed")


def _tell(leftovers: Mapping[CommandScope, int], what: str) -> None:
    for scope, count in leftovers.items():
        say(f"{_place(scope)}: {count} {what}")


def _place(scope: CommandScope) -> str:
    return "Every server" if scope.is_global else f"Server {scope.guild_id}"
