"""The console command's entry: which command, and what a wrong setting ends with.

What a command needs is imported only when it runs, so that a wrong setting is told at once.
"""

from __future__ import annotations

import argparse
import os
import signal
from typing import TYPE_CHECKING, Final

from scooty import __version__
from scooty.errors import ConfigError
from scooty.runtime.cli import commands, drill, keys, migrate, release, run, show_config, verify
from scooty.runtime.cli.terminal import complain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_COMMANDS = (run, migrate, release, verify, commands, keys, show_config, drill)

_INTERRUPTED: Final = 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the console command.

    Returns:
        0 when all went well or the bot was told to stop, 70 when an actor could not be kept
        alive, 78 (``EX_CONFIG``) when a setting is missing or wrong; each command's own module
        says what else.
    """
    parsed = _parser().parse_args(arguments)
    carry_out: Callable[[argparse.Namespace], int] = parsed.carry_out
    try:
        return carry_out(parsed)
    except ConfigError as error:
        complain(str(error))
        return os.EX_CONFIG
    except KeyboardInterrupt:  # all that was begun is ended by now
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scooty", description="The scouting desk of a competitive Magic team, in Discord."
    )
    parser.add_argument("--version", action="version", version=f"scooty {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add_to(subparsers)
    return parser
