"""``python -m sandbox``: a Discord on loopback in a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from actors.event_loop import fastest_loop
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code (2 for a wrong argument)."""
    options = _parser().parse_args(arguments)
    try:
        config = SandboxConfig(
            host=options.host,
            port=options.port,
            state_dir=options.state_dir,
            bot_drills_url=options.bot_drills_url,
        )
        if options.request_log is not None:
            config = replace(config, request_log=options.request_log)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        return runner.run(_serve(config, until_stdin_closes=options.until_stdin_closes))


async def _serve(config: SandboxConfig, *, until_stdin_closes: bool) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    try:
        async with Sandbox(config) as sandbox:
            sys.stdout.write(f"The sandbox is ready at {sandbox.base_url}/\n")
            sys.stdout.flush()
            if until_stdin_closes:
                await _watch_stdin(stopping)
            await stopping.wait()
    except OSError as error:
        sys.stderr.write(f"The sandbox cannot listen on port {config.port}: {error.strerror}\n")
        return 1
    return 0


async def _watch_stdin(stopping: asyncio.Event) -> None:
    """Stop when the parent goes away, however it ended: the kernel then closes its pipe."""

    class _Parent(asyncio.Protocol):
        @override
        def connection_lost(self, exc: Exception | None) -> None:
            stopping.set()

    await asyncio.get_running_loop().connect_read_pipe(_Parent, sys.stdin)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--state-dir", type=Path, help="keeps commands and messages there")
    parser.add_argument("--bot-drills-url", help="the bot's own port, http://127.0.0.1:PORT")
    parser.add_argument("--request-log", type=Path, help="a JSONL file of the bot's requests")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="ends with the process that started it"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
