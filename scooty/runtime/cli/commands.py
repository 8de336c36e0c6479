"""``scooty commands list | sync | clear``: the slash commands that Discord has registered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scooty.runtime.cli.settings import quiet_logs, settings_with_token

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser("commands", help="the slash commands that Discord has registered")
    what = parser.add_subparsers(metavar="WHAT", dest="what", required=True)
    what.add_parser("list", help="print them, and how they differ from this version's")
    what.add_parser("sync", help="register this version's where they differ; remove left-over ones")
    what.add_parser("clear", help="remove them; the bot registers them again when it starts")
    parser.set_defaults(carry_out=carry_out)


def carry_out(arguments: Namespace) -> int:
    """List, register or remove; 69 when Discord cannot be reached or refuses."""
    settings = settings_with_token()
    quiet_logs(settings)
    from scooty.runtime.cli.registered import carry_out_at_discord  # noqa: PLC0415 - discord.py: 0.4 s

    return asyncio.run(carry_out_at_discord(arguments.what, settings))
