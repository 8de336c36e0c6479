"""What ends the gateway, and what each of the library's errors means for it.

    FatalError (kernel)
    └── ConfigurationRefusedError    Discord will never accept this; exit code 78, no restart
        ├── DiscordBaseRefusedError  SCOOTY_DISCORD_BASE is not an address on this machine
        └── OtherApplicationError    DISCORD_CLIENT_ID and DISCORD_TOKEN are of two applications
    ActorKitError (kernel)
    ├── GatewayUnreachableError      nobody answers, or not now; tried again with back-off
    └── GatewayEndedError            the connection ended for no known reason; a new incarnation

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from actors.kernel import ActorKitError, FatalError

if TYPE_CHECKING:
    from collections.abc import Mapping

EX_CONFIG: Final = 78
"""Source: sysexits.h, EX_CONFIG."""

_UNAUTHORIZED: Final = 401
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500

_LOGIN_REFUSED: Final = (
    "Discord refuses DISCORD_TOKEN: copy the bot's token again from"
    " https://discord.com/developers/applications (Bot, Reset Token)."
)

_FATAL_CLOSE_CODES: Final[Mapping[int, str]] = {
    4004: _LOGIN_REFUSED,
    4010: "Discord refuses the shard that this bot asked for; this is a bug of the bot.",
    4011: "Discord requires sharding for a bot in this many servers (2,500 and more): use another"
    " application's DISCORD_TOKEN, or leave some servers.",
    4012: "Discord no longer speaks the gateway version of this bot: update discord.py.",
    4013: "Discord refuses the intents that this bot asked for as invalid: update discord.py.",
    4014: "Discord refuses the intents that this bot asked for as not allowed: enable them for the"
    " application of DISCORD_TOKEN at https://discord.com/developers/applications (Bot).",
}

LIBRARY_ERRORS: Final = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""All that discord.py raises on purpose, and what aiohttp raises through it."""


class ConfigurationRefusedError(FatalError):
    """A setting will never work; the sentence names it and says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, exit_code=EX_CONFIG)


class DiscordBaseRefusedError(ConfigurationRefusedError, ValueError):
    """SCOOTY_DISCORD_BASE is not an HTTP address on the loopback interface."""


class OtherApplicationError(ConfigurationRefusedError):
    """The token belongs to another application than the setting says."""

    def __init__(self, *, given: int, actual: int | None) -> None:
        super().__init__(
            f"DISCORD_CLIENT_ID is {given}, but DISCORD_TOKEN belongs to the application {actual}:"
            " copy both from the same application's page at"
            " https://discord.com/developers/applications, or leave DISCORD_CLIENT_ID out."
        )


class GatewayUnreachableError(ActorKitError):
    """Discord does not answer, or answers that it cannot now; worth another try later."""


class GatewayEndedError(ActorKitError):
    """The connection ended, and discord.py will not take it up again."""


def name_login_error(error: Exception, *, base_url: str | None) -> ActorKitError:
    """Say what an error of the login means.

    Args:
        error: One of `LIBRARY_ERRORS`, or what a nonsensical answer made the library raise.
        base_url: The server used instead of Discord, if one is.

    Returns:
        A `ConfigurationRefusedError`, or a `GatewayUnreachableError` to try again after.
    """
    if isinstance(error, discord.LoginFailure):
        return ConfigurationRefusedError(_LOGIN_REFUSED)
    if isinstance(error, discord.HTTPException):
        return _name_login_status(error, base_url)
    if isinstance(error, LIBRARY_ERRORS):
        return GatewayUnreachableError(f"Discord cannot be reached ({_kind(error)})")
    return _not_discord(base_url, _kind(error))


def name_connection_error(error: Exception) -> ActorKitError:
    """Say what it means that discord.py gave up its gateway connection.

    Returns:
        A `ConfigurationRefusedError` for what will never work, else a `GatewayEndedError`.
    """
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return ConfigurationRefusedError(_FATAL_CLOSE_CODES[4014])
    if isinstance(error, discord.ConnectionClosed):
        sentence = _FATAL_CLOSE_CODES.get(error.code)
        if sentence is not None:
            return ConfigurationRefusedError(sentence)
        return GatewayEndedError(f"the gateway closed with code {error.code}")
    return GatewayEndedError(f"the gateway's connection ended ({_kind(error)})")


def _name_login_status(error: discord.HTTPException, base_url: str | None) -> ActorKitError:
    if error.status == _UNAUTHORIZED:
        return ConfigurationRefusedError(_LOGIN_REFUSED)
    if error.status == _TOO_MANY or error.status >= _SERVER_ERRORS:
        return GatewayUnreachableError(f"Discord answered HTTP {error.status}")
    return _not_discord(base_url, f"HTTP {error.status}")


def _not_discord(base_url: str | None, what: str) -> ActorKitError:
    """An answer that Discord never gives: a wrong server, or something in between."""
    if base_url is None:
        return GatewayUnreachableError(f"something else than Discord answered ({what})")
    return ConfigurationRefusedError(
        f"SCOOTY_DISCORD_BASE ({base_url}) does not answer as Discord does ({what}): point it at a"
        " running sandbox, or leave it empty to use Discord."
    )


def _kind(error: Exception) -> str:
    """The error's class alone: its text may hold an address with a token in it."""
    return type(error).__name__
