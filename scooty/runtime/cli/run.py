"""``scooty run`` and ``scooty run --sandbox``: the bot itself."""

from __future__ import annotations

from socket import gethostname
from typing import TYPE_CHECKING

from sandbox.demo import AZORIUS_ADMIN
from scooty.runtime.cli.collecting import imports_uncollected
from scooty.runtime.cli.settings import settings_with_token
from scooty.runtime.config import SANDBOX_TOKEN, Settings, load_settings
from scooty.runtime.free_port import LOOPBACK, free_port
from scooty.runtime.logs import configure_logs
from scooty.runtime.masking import secret_values
from scooty.runtime.reporting import reported_faults
from scooty.runtime.tracing import traced_interactions

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


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
    secrets = secret_values(settings)
    where = "sandbox" if sandbox else "production"
    instance = settings.instance or gethostname()
    with (
        reported_faults(settings.sentry_dsn, secrets=secrets, environment=where) as watching,
        traced_interactions(settings.otel_endpoint, instance=instance, environment=where) as trace,
    ):
        configure_logs(settings.log_level, secrets=secrets, for_good=True, watching=watching)
        with imports_uncollected():
            from scooty.runtime.wiring import run_bot  # noqa: PLC0415 - imports discord.py: 0.4 s

        return run_bot(settings, sandbox=sandbox, trace=trace)


def _sandbox_settings() -> Settings:
    """Settings of the environment, pointed at a sandbox on a port of this machine."""
    chosen = load_settings(overrides={"SCOOTY_DRILLS": False})
    port = chosen.sandbox_port or free_port()
    return load_settings(
        overrides={
            "DISCORD_TOKEN": SANDBOX_TOKEN,
            "DISCORD_CLIENT_ID": None,
            "DISCORD_GUILD_ID": None,
            "SCOOTY_ADMIN_CHANNEL_ID": AZORIUS_ADMIN,
            "SCOOTY_DISCORD_BASE": f"http://{LOOPBACK}:{port}",
            "SCOOTY_SANDBOX_PORT": port,
            "PORT": chosen.port or free_port(),
            "SCOOTY_DRILLS": True,
        }
    )
