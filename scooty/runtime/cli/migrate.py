"""``scooty migrate`` and ``scooty migrate --print``: the database's schema."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from scooty.errors import ConfigError
from scooty.runtime.cli.terminal import complain, say
from scooty.runtime.config import load_settings
from scooty.runtime.logs import configure_logs
from scooty.runtime.masking import secret_values

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Sequence

    from pydantic import SecretStr


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser("migrate", help="bring the database of DATABASE_URL up to date")
    parser.add_argument(
        "--print",
        action="store_true",
        dest="prints",
        help="change nothing; print the SQL for the SQL Editor of a Supabase project",
    )
    parser.set_defaults(carry_out=carry_out)


def carry_out(arguments: Namespace) -> int:
    """Migrate, or print how; 69 when the database cannot be reached, 78 when it needs a person."""
    return _print_migrations() if arguments.prints else _migrate()


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
    configure_logs(settings.log_level, secrets=secret_values(settings))
    return apply_to(settings.database_url)


def apply_to(database_url: SecretStr) -> int:
    """Bring one PostgreSQL up to date, and say what was done; returns the exit code."""
    from actors.repository import (  # noqa: PLC0415 - imports psycopg
        ConnectFailed,
        MigrationError,
        apply_migrations,
    )
    from scooty.core.storage.migrations import MIGRATIONS  # noqa: PLC0415

    try:
        applied = apply_migrations(database_url, MIGRATIONS)
    except ConnectFailed as error:
        complain(f"The database of DATABASE_URL cannot be reached: {error}")
        return os.EX_UNAVAILABLE
    except MigrationError as error:
        complain(f"The database's schema: {error}.")
        return os.EX_CONFIG
    say(_what_was_applied(applied))
    return os.EX_OK


def _print_migrations() -> int:
    settings = load_settings()
    from scooty.core.storage.supabase import editor_script  # noqa: PLC0415 - imports psycopg

    sys.stdout.write(editor_script(db_key=settings.db_key))
    return os.EX_OK


def _what_was_applied(names: Sequence[str]) -> str:
    return f"Applied: {', '.join(names)}." if names else "The database was up to date already."
