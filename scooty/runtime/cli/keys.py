"""``scooty keys list | add | retire``: exchange SCOOTY_DB_KEY while the bot is at work.

Two keys may be valid at once. A key is added by whoever may change the database's tables, so that
a key that leaked cannot make another; the older one is ended by whoever has the newer one.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any, Final

from scooty.errors import ConfigError
from scooty.runtime.cli.settings import quiet_logs
from scooty.runtime.cli.terminal import complain, say
from scooty.runtime.config import load_settings
from scooty.runtime.database_settings import GivenSupabase, choose_database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from pydantic import SecretStr

_WITHIN_S: Final = 10.0
_NOT_DONE: Final = 1


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser("keys", help="exchange SCOOTY_DB_KEY; two are valid meanwhile")
    what = parser.add_subparsers(metavar="WHAT", dest="what", required=True)
    what.add_parser("list", help="print which keys are valid, by the first letters of their hashes")
    what.add_parser("add", help="print the SQL that lets SCOOTY_DB_KEY in beside the key before")
    retire = what.add_parser("retire", help="end the key before SCOOTY_DB_KEY")
    retire.add_argument(
        "--print",
        action="store_true",
        dest="prints",
        help="change nothing; print the SQL after which only SCOOTY_DB_KEY is valid",
    )
    parser.set_defaults(carry_out=carry_out)


def carry_out(arguments: Namespace) -> int:
    """List, add or retire; 1 when nothing was ended, 69 when Supabase cannot be reached.

    Raises:
        ConfigError: The settings name no project with a key of ours.
    """
    settings = load_settings()
    quiet_logs(settings)
    match arguments.what:
        case "list":
            return asyncio.run(_list(_project(choose_database(settings))))
        case "add":
            return _print("adding_script", settings.db_key)
        case _ if arguments.prints:
            return _print("only_key_script", settings.db_key)
        case _:
            project = _project(choose_database(settings))
            _require(project.db_key)
            return asyncio.run(_retire(project))


def _project(database: object) -> GivenSupabase:
    if not isinstance(database, GivenSupabase):
        raise ConfigError(
            "SUPABASE_URL is not set, and only a Supabase project has keys to exchange. The "
            "password in DATABASE_URL is changed on that server."
        )
    return database


def _require(db_key: SecretStr | None) -> SecretStr:
    if db_key is None:
        raise ConfigError("SCOOTY_DB_KEY is not set, so there is no key to let in or to keep.")
    return db_key


def _print(script: str, db_key: SecretStr | None) -> int:
    from scooty.core.storage import supabase  # noqa: PLC0415 - imports psycopg

    makes_sql = {
        "adding_script": supabase.adding_script,
        "only_key_script": supabase.only_key_script,
    }
    sys.stdout.write("-- Run this in the project's SQL Editor. It holds the key's SHA-256 only.\n")
    sys.stdout.write(makes_sql[script](_require(db_key)))
    return os.EX_OK


async def _list(given: GivenSupabase) -> int:
    keys = await _call(given, "list_api_keys", writes=False)
    if keys is None:
        return os.EX_UNAVAILABLE
    for key in keys:
        ended = f"retired {key['retired_at'][:16]}" if key["retired_at"] else "valid"
        yours = "  <- SCOOTY_DB_KEY" if key["is_callers"] else ""
        say(f"{key['fingerprint']}  made {key['made_at'][:16]}  {ended}{yours}")
    if not keys:
        say("There are none: only SUPABASE_KEY opens this project.")
    return os.EX_OK


async def _retire(given: GivenSupabase) -> int:
    done = await _call(given, "retire_older_keys", writes=True)
    match done:
        case None:
            return os.EX_UNAVAILABLE
        case {"outcome": "retired", "count": count}:
            say("The key before was ended." if count else "SCOOTY_DB_KEY was the only one already.")
            return os.EX_OK
        case _:
            complain(
                "SCOOTY_DB_KEY is the older of two keys, so nothing was ended: set the newer one "
                "first. If that is lost, run what scooty keys retire --print prints."
            )
            return _NOT_DONE


async def _call(given: GivenSupabase, function: str, *, writes: bool) -> Any:
    """Call a function of the project; returns None, and says why, when that cannot be done."""
    from actors.kernel import ActorKitError  # noqa: PLC0415 - with the others
    from actors.repository import (  # noqa: PLC0415 - imports psycopg
        MigrationError,
        SettingRefused,
        SupabaseConnection,
    )
    from actors.repository.messages import CallFunction, FunctionReturned  # noqa: PLC0415
    from scooty.core.storage.migrations import MIGRATIONS  # noqa: PLC0415
    from scooty.core.storage.supabase import supabase_project  # noqa: PLC0415

    project = supabase_project(
        url=given.url, key=given.key, key_setting=given.key_setting, db_key=given.db_key
    )
    connection = SupabaseConnection(project=project, migrations=MIGRATIONS, connections=1)
    call = CallFunction(name=function, arguments=(), writes=writes, within_s=_WITHIN_S)
    try:
        await connection.open()
        answer = await connection.call(call)
    except (SettingRefused, MigrationError) as error:
        raise ConfigError(f"Supabase: {error}") from error
    except ActorKitError as error:
        complain(f"Supabase cannot be reached: {error}.")
        return None
    finally:
        await connection.close()
    if isinstance(answer, FunctionReturned):
        return answer.value
    complain(f"Supabase refused {function}: {answer.code}.")
    return None
