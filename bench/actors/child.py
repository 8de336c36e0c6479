"""One run of one line for one side, in this fresh process.

    python -m bench.actors.child NAME SIDE EFFORT

The last line of its output is what it saw, as JSON; everything else goes to standard error.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, cast

import structlog

from bench.actors.lines import LINES

if TYPE_CHECKING:
    from bench.actors.line import Effort, Side

__all__ = ["log_to_stderr"]


def log_to_stderr() -> None:
    """Let the kernel log warnings and worse, as JSON as in production, off standard output."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(default=repr),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _main(name: str, side: str, effort: str) -> None:
    log_to_stderr()
    line = next(line for line in LINES if line.name == name)
    numbers = line.measure(cast("Side", side), cast("Effort", effort))
    print(json.dumps(numbers), flush=True)


if __name__ == "__main__":
    _main(*sys.argv[1:])
