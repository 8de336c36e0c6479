"""Discord's side: the token, what the bot may do in each server, and the slash commands.

All of it over HTTP: a running bot is not disturbed and no gateway login is spent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from actors.discord_gateway.command_routes import (
    CommandScope,
    CommandsNotAllowedError,
    RegistrationFailedError,
)
from actors.discord_gateway.errors import ConfigurationRefusedError, GatewayUnreachableError
from actors.discord_gateway.permissions import (
    SEND_MESSAGES,
    VIEW_CHANNELS,
    invitation_link,
    list_missing,
)
from actors.discord_gateway.probe import ProbeFailedError, probe_discord
from actors.discord_gateway.registration import Registration
from scooty.features.registry import DECLARATIONS
from scooty.runtime.verify.findings import failed, ok, skipped

if TYPE_CHECKING:
    from actors.discord_gateway.command_differences import CommandDifferences
    from actors.discord_gateway.own_guilds import OwnGuild
    from actors.discord_gateway.probe import DiscordProbe
    from scooty.runtime.config import Settings
    from scooty.runtime.verify.findings import Finding

_PORTAL: Final = "https://discord.com/developers/applications"
_MOST_GUILDS: Final = 25
"""How many servers are looked at: three requests each."""
_SHOWN: Final = 3


async def check_discord(settings: Settings) -> list[Finding]:
    """Log in by HTTP and look at everything that can be wrong at Discord's side."""
    token = settings.discord_token
    if token is None:
        return [failed("token", "DISCORD_TOKEN is not set", f"copy it from {_PORTAL} (Bot)")]
    try:
        async with probe_discord(token, base_url=settings.discord_base) as probe:
            return [
                _judge_token(probe, settings),
                await _check_intents(probe),
                *await _check_permissions(probe, settings),
                *await _check_admin_channel(probe, settings),
                await _check_commands(probe, settings),
            ]
    except ConfigurationRefusedError as error:
        return [failed("token", error.sentence), *_not_tried()]
    except GatewayUnreachableError as error:
        todo = "see https://discordstatus.com, and whether this machine reaches discord.com"
        return [failed("token", str(error), todo), *_not_tried()]


def _not_tried() -> list[Finding]:
    return [
        skipped(check, "not tried: the login comes first")
        for check in ("intents", "permissions", "commands")
    ]


def _judge_token(probe: DiscordProbe, settings: Settings) -> Finding:
    given = settings.discord_client_id
    if given is not None and given != probe.application_id:
        return failed(
            "token",
            f"DISCORD_TOKEN belongs to the application {probe.application_id}, and "
            f"DISCORD_CLIENT_ID is {given}",
            "copy both from the same application's page",
        )
    return ok("token", f"logs in as {probe.bot_name}, application {probe.application_id}")


async def _check_intents(probe: DiscordProbe) -> Finding:
    check = "intents"
    if probe.missing_intents:
        named = ", ".join(probe.missing_intents)
        return failed(check, f"not switched on: {named}", f"switch on at {_PORTAL} (Bot)")
    if probe.interactions_endpoint is not None:
        return failed(
            check,
            f"Discord sends interactions to {probe.interactions_endpoint}, and none to the bot",
            f"empty the Interactions Endpoint URL at {_PORTAL} (General Information)",
        )
    try:
        logins = await probe.read_logins()
    except ProbeFailedError as error:
        return failed(check, f"{error}", "try again")
    if logins.remaining == 0:
        return failed(
            check,
            f"none of the {logins.total} gateway logins of today is left",
            f"wait {logins.resets_in_s / 3600:.1f} h, and find out what starts the bot so often",
        )
    return ok(
        check,
        "no privileged one is needed; "
        f"{logins.remaining} of {logins.total} gateway logins are left today",
    )


async def _check_permissions(probe: DiscordProbe, settings: Settings) -> list[Finding]:
    check = "permissions"
    wanted = settings.discord_guild_id
    try:
        guilds = await probe.list_guilds()
    except ProbeFailedError as error:
        return [failed(check, f"{error}", "try again")]
    guilds = tuple(each for each in guilds if wanted is None or each.id == wanted)
    if not guilds:
        place = "in no server" if wanted is None else f"not in the server {wanted}"
        link = invitation_link(probe.application_id, guild_id=wanted)
        return [failed(check, f"the bot is {place}", f"invite it by {link}")]
    findings = [await _check_guild(probe, guild) for guild in guilds[:_MOST_GUILDS]]
    if (left_out := len(guilds) - _MOST_GUILDS) > 0:
        findings.append(skipped(check, f"{left_out} more servers were not looked at"))
    return findings


async def _check_guild(probe: DiscordProbe, guild: OwnGuild) -> Finding:
    check = "permissions"
    link = invitation_link(probe.application_id, guild_id=guild.id)
    missing = list_missing(guild.permissions)
    if missing:
        named = "; ".join(f"{each.name} (without it {each.without})" for each in missing)
        return failed(check, f"{guild.name} lacks {named}", f"grant it by {link}")
    try:
        if not await probe.allows_commands(guild.id):
            return failed(
                check,
                f"{guild.name} has let the bot in without the scope applications.commands",
                f"grant it by {link}",
            )
        closed = await probe.list_closed_channels(guild)
    except (RegistrationFailedError, ProbeFailedError) as error:
        return failed(check, f"{guild.name}: {error}", "try again")
    # Channels that the team keeps to itself are no mistake: commands are answered there too.
    shut_out = f"; it cannot write by itself in {_shortened(closed)}" if closed else ""
    return ok(check, f"{guild.name} grants all that is needed{shut_out}")


async def _check_admin_channel(probe: DiscordProbe, settings: Settings) -> list[Finding]:
    """Look whether operators can be told; nothing to look at when the log alone tells them."""
    check, channel_id = "admin channel", settings.admin_channel_id
    if channel_id is None:
        return []
    try:
        lacking = await probe.list_lacking(channel_id, (VIEW_CHANNELS, SEND_MESSAGES))
    except ProbeFailedError as error:
        todo = "correct SCOOTY_ADMIN_CHANNEL_ID, or let the bot see that channel"
        return [failed(check, f"{error}", todo)]
    if lacking:
        named = " and ".join(permission.name for permission in lacking)
        todo = "grant it to the bot in that channel's settings"
        return [failed(check, f"the bot lacks {named} in the channel {channel_id}", todo)]
    return [ok(check, "operators can be told what is wrong")]


async def _check_commands(probe: DiscordProbe, settings: Settings) -> Finding:
    check = "commands"
    scope = CommandScope(guild_id=settings.discord_guild_id)
    registration = Registration(DECLARATIONS, scope=scope, log=structlog.get_logger())
    try:
        found = await registration.compare(probe.commands)
        leftovers = await registration.find_leftovers(probe.commands, probe.list_guild_ids)
    except CommandsNotAllowedError as error:
        return failed(check, f"{error}")
    except (RegistrationFailedError, ProbeFailedError) as error:
        return failed(check, f"{error}", "try again")
    wrong = _differences(found)
    if leftovers:
        wrong.append(f"{sum(leftovers.values())} left over in other places, so shown twice")
    if wrong:
        return failed(check, "; ".join(wrong), "run scooty commands sync, or start the bot")
    place = "every server" if scope.is_global else f"the server {scope.guild_id}"
    return ok(check, f"{len(found.equal)} registered for {place}, equal to this version's")


def _differences(found: CommandDifferences) -> list[str]:
    parts = (
        ("not registered", found.missing),
        ("different from this version's", found.different),
        ("unknown to this version", found.unknown),
    )
    return [f"{what}: {', '.join(names)}" for what, names in parts if names]


def _shortened(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"#{name}" for name in names[:_SHOWN])
    left_out = len(names) - _SHOWN
    return f"{shown} and {left_out} more" if left_out > 0 else shown
