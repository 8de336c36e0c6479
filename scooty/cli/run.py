"""``scooty run`` and ``scooty run --sandbox``: the bot itself."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

from scooty.cli.settings import settings_with_token
from scooty.config import SANDBOX_TOKEN, Settings, load_settings
from scooty.logs import configure_logs
from scooty.masking import secret_values

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

__all__ = ["add_to", "carry_out"]

_LOOPBACK: Final = "127.0.0.1"


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser("run", help="run the bot")
    parser.add_argument(
        "--sandbox",
        action="store_true",
        help="in a Discord on this machine, with a web page to type commands in",
    )
    parser.set_defaults(carry_out=carry_out)


def carry_out(arguments: Namespace) -> int:
    """Run the bot until it is told to stop; return its exit code."""
    sandbox: bool = arguments.sandbox
    settings = _sandbox_settings() if sandbox else settings_with_token()
    configure_logs(settings.log_level, secrets=secret_values(settings))
    from scooty.wiring import run_bot  # noqa: PLC0415 - imports discord.py: 0.4 s

    return run_bot(settings, sandbox=sandbox)


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
