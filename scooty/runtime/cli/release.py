"""``scooty release``: what a platform runs before it replaces the version that is at work.

Brings a database of ours up to date, and looks at what would keep the new version from coming up:
packages, database and token. Redis is not looked at, since the bot comes up without it; nor are
the commands, which the new version registers itself.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Final

from scooty.runtime.cli.migrate import apply_to
from scooty.runtime.cli.terminal import say
from scooty.runtime.cli.verify import tell
from scooty.runtime.config import load_settings
from scooty.runtime.database_settings import GivenPostgres, choose_database
from scooty.runtime.logs import configure_logs
from scooty.runtime.masking import secret_values

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from scooty.runtime.config import Settings
    from scooty.runtime.verify.findings import Finding

_FAILED: Final = 1


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser(
        "release", help="before a deploy: migrate DATABASE_URL, and look at database and token"
    )
    parser.set_defaults(carry_out=carry_out)


def carry_out(_arguments: Namespace) -> int:
    """Prepare a release; what `migrate` ends with, or 1 when a check failed."""
    settings = load_settings()
    configure_logs("CRITICAL", secrets=secret_values(settings), stream=sys.stderr)
    database = choose_database(settings)
    if isinstance(database, GivenPostgres):
        code = apply_to(database.url)
        if code != os.EX_OK:
            return code
    findings = asyncio.run(_look(settings))
    for finding in findings:
        tell(finding)
    if any(finding.state == "failed" for finding in findings):
        say("Not released: the version that is at work stays.")
        return _FAILED
    return os.EX_OK


async def _look(settings: Settings) -> list[Finding]:
    from scooty.runtime.verify.at_discord import check_discord  # noqa: PLC0415 - imports discord.py: 0.4 s
    from scooty.runtime.verify.database import check_database  # noqa: PLC0415 - imports psycopg
    from scooty.runtime.verify.packages import check_packages  # noqa: PLC0415 - with the others

    database = await check_database(settings)
    token = (await check_discord(settings))[0]
    return [check_packages(), database.finding, token]
