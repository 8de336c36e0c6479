"""``scooty verify``: is this installation complete? The runbook's checks after a reinstallation."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import aclosing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from scooty import __version__
from scooty.errors import ConfigError
from scooty.runtime.cli.terminal import say
from scooty.runtime.config import load_settings
from scooty.runtime.logs import configure_logs
from scooty.runtime.masking import secret_values
from scooty.runtime.verify.findings import Finding, failed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterable, Iterator

    from scooty.runtime.config import Settings

_FAILED: Final = 1
_INDENT: Final = " " * 23


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser(
        "verify",
        help="check packages, Redis, database, Discord, commands and logs; changes nothing",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object at the end")
    parser.add_argument(
        "--logs", metavar="FILE", help="the bot's log lines to look for errors in; - reads a pipe"
    )
    parser.set_defaults(carry_out=carry_out)


def carry_out(arguments: Namespace) -> int:
    """Make the checks; 1 when any failed.

    Raises:
        ConfigError: The log file cannot be read.
    """
    try:
        settings = load_settings()
    except ConfigError as error:
        todo = "scooty config shows where each value comes from"
        findings = [failed("settings", " ".join(str(error).split()), todo)]
        if not arguments.json:
            tell(findings[0])
    else:
        with _opened(arguments.logs) as logs:
            findings = asyncio.run(_check(settings, logs, tells=not arguments.json))
    is_well = all(finding.state != "failed" for finding in findings)
    if arguments.json:
        report = {"ok": is_well, "version": __version__, "findings": [asdict(f) for f in findings]}
        say(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
    return os.EX_OK if is_well else _FAILED


async def _check(settings: Settings, logs: Iterable[str] | None, *, tells: bool) -> list[Finding]:
    # The findings say what the log lines of the parts would.
    configure_logs("CRITICAL", secrets=secret_values(settings), stream=sys.stderr)
    from scooty.runtime.verify.report import verify  # noqa: PLC0415 - imports discord.py: 0.4 s

    findings = []
    async with aclosing(verify(settings, logs=logs)) as found:
        async for finding in found:
            findings.append(finding)
            if tells:
                tell(finding)
    return findings


def tell(finding: Finding) -> None:
    """Print a finding: its state, what was found, and what to do."""
    state = finding.state.upper() if finding.state == "failed" else finding.state
    say(f"{state:<8} {finding.check:<12}  {finding.fact}")
    if finding.todo:
        say(f"{_INDENT}-> {finding.todo}")


@contextmanager
def _opened(name: str | None) -> Iterator[Iterable[str] | None]:
    if name is None:
        yield None
    elif name == "-":
        yield sys.stdin
    else:
        try:
            lines = Path(name).open(encoding="utf-8", errors="replace")  # noqa: SIM115 - closed below
        except OSError as error:
            raise ConfigError(f"The log file {name} cannot be read: {error.strerror}.") from error
        with lines:
            yield lines
