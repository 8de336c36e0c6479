"""The console command: ``scooty run``, ``scooty run --sandbox``, ``scooty migrate``.

What a mode needs is imported only when it runs, so that a wrong setting is told at once.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from typing import TYPE_CHECKING, Final

from scooty import __version__
from scooty.config import SANDBOX_TOKEN, Settings, load_settings
from scooty.errors import ConfigError
from scooty.logs import configure_logs

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_LOOPBACK: Final = "127.0.0.1"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the console command.

    Returns:
        0 when all went well or the bot was told to stop, 70 when an actor could not be kept
        alive, 78 (``EX_CONFIG``) when a setting is missing or wrong.
    """
    parsed = _parser().parse_args(arguments)
    try:
        if parsed.command == "migrate":
            return _print_migrations() if parsed.prints else _migrate()
        return _run(sandbox=parsed.sandbox)
    except ConfigError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a person at a terminal reads this
        return os.EX_CONFIG


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scooty", description="The scouting desk of a competitive Magic team, in Discord."
    )
    parser.add_argument("--version", action="version", version=f"scooty {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the bot")
    run.add_argument(
        "--sandbox",
        action="store_true",
        help="in a Discord on this machine, with a web page to type commands in",
    )
    migrate = commands.add_parser("migrate", help="bring the database of DATABASE_URL up to date")
    migrate.add_argument(
        "--print",
        action="store_true",
        dest="prints",
        help="change nothing; print the SQL for the SQL Editor of a Supabase project",
    )
    return parser


def _run(*, sandbox: bool) -> int:
    settings = _sandbox_settings() if sandbox else _production_settings()
    configure_logs(settings.log_level, secrets=_secrets_of(settings))
    from scooty.wiring import run_bot  # noqa: PLC0415 - imports discord.py: 0.4 s

    return run_bot(settings, sandbox=sandbox)


def _production_settings() -> Settings:
    settings = load_settings()
    if settings.discord_token is None:
        raise ConfigError(
            "DISCORD_TOKEN is not set, so there is no Discord to log in to. Set it to the bot's "
            "token (.env.example explains every variable), or try Scooty without an account: "
            "make run, which is scooty run --sandbox."
        )
    return settings


def _sandbox_settings() -> Settings:
    """Settings of the environment, pointed at a sandbox on a port of this machine."""
    chosen = load_settings(overrides={"SCOOTY_DRILLS": False})
    port = chosen.sandbox_port or _free_port()
    return load_settings(
        overrides={
            "DISCORD_TOKEN": SANDBOX_TOKEN,
            "DISCORD_CLIENT_ID": None,
            "DISCORD_GUILD_ID": None,
            "SCOOTY_DISCORD_BASE": f"http://{_LOOPBACK}:{port}",
            "SCOOTY_SANDBOX_PORT": port,
            "PORT": chosen.port or _free_port(),
            "SCOOTY_DRILLS": True,
        }
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _secrets_of(settings: Settings) -> tuple[str, ...]:
    return tuple(
        secret.get_secret_value()
        for secret in (
            settings.discord_token,
            settings.supabase_key,
            settings.supabase_anon_key,
            settings.db_key,
            settings.database_url,
            settings.redis_url,
        )
        if secret is not None
    )


def _migrate() -> int:
    settings = load_settings()
    if settings.supabase_url is not None:
        raise ConfigError(
            "SUPABASE_URL is set, and Supabase's API cannot change tables. Run scooty migrate "
            "--print and paste what it prints into the project's SQL Editor; or set only "
            "DATABASE_URL, to the address of the project's PostgreSQL, for this one command."
        )
    if settings.database_url is None:
        raise ConfigError(
            "DATABASE_URL is not set, so there is no database to bring up to date. The embedded "
            "PostgreSQL is brought up to date by itself whenever the bot starts."
        )
    configure_logs(settings.log_level, secrets=_secrets_of(settings))
    from actors.repository import apply_migrations  # noqa: PLC0415 - imports psycopg
    from scooty.storage.migrations import MIGRATIONS  # noqa: PLC0415

    applied = apply_migrations(settings.database_url, MIGRATIONS)
    print(_what_was_applied(applied))  # noqa: T201 - a person at a terminal reads this
    return os.EX_OK


def _print_migrations() -> int:
    settings = load_settings()
    from scooty.storage.supabase import editor_script  # noqa: PLC0415 - imports psycopg

    sys.stdout.write(editor_script(db_key=settings.db_key))
    return os.EX_OK


def _what_was_applied(names: Sequence[str]) -> str:
    return f"Applied: {', '.join(names)}." if names else "The database was up to date already."
