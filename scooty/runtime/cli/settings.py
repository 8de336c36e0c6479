"""The settings of a command that logs in to Discord."""

from __future__ import annotations

import sys

from scooty.errors import ConfigError
from scooty.runtime.config import Settings, load_settings
from scooty.runtime.logs import configure_logs
from scooty.runtime.masking import secret_values


def settings_with_token() -> Settings:
    """Read the settings of the environment.

    Raises:
        ConfigError: One is wrong, or there is no token.
    """
    settings = load_settings()
    if settings.discord_token is None:
        raise ConfigError(
            "DISCORD_TOKEN is not set, so there is no Discord to log in to. Set it to the bot's "
            "token (.env.example explains every variable), or try Scooty without an account: "
            "make run, which is scooty run --sandbox."
        )
    return settings


def quiet_logs(settings: Settings) -> None:
    """Keep log lines out of what a command prints: warnings and worse go to standard error."""
    configure_logs("WARNING", secrets=secret_values(settings), stream=sys.stderr)
