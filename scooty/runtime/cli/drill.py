"""``scooty drill NAME``: an incident, rehearsed with a bot and a Discord on this machine."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from scooty.runtime.cli.terminal import complain, say
from scooty.runtime.logs import configure_logs

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

NAMES: Final = (
    "rate-limited",
    "redis-down",
    "supabase-errors",
    "bad-permissions",
    "gateway-drop",
    "actor-crash",
)
"""Written down here too, since to import the drills takes half a second."""
_BROKEN: Final = 1


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser(
        "drill",
        help="break something in a bot and a Discord on this machine, and tell what comes of it",
    )
    parser.add_argument("name", choices=NAMES, help="what breaks")
    parser.set_defaults(carry_out=carry_out)


def carry_out(arguments: Namespace) -> int:
    """Rehearse; 1 when the bot broke a promise of the runbook, 69 when something is not here."""
    # The account tells what the log lines of this process's own parts would.
    configure_logs("CRITICAL", stream=sys.stderr)
    from scooty.runtime.drills.catalogue import DRILLS  # noqa: PLC0415 - imports discord.py: 0.4 s
    from scooty.runtime.drills.drill import DrillImpossibleError, rehearse  # noqa: PLC0415 - the same

    try:
        kept = rehearse(DRILLS[arguments.name], say)
    except DrillImpossibleError as error:
        complain(str(error))
        return os.EX_UNAVAILABLE
    return os.EX_OK if kept else _BROKEN
