"""The kernel's log: what is said never decides what happens.

A processor that raises, a disk that is full and a pipe that nobody reads any more cost the line,
and nothing else.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Literal, TypeAlias

import structlog

Level: TypeAlias = Literal["info", "warning", "error", "critical"]

_log = structlog.get_logger("actors.kernel")


def say(level: Level, event: str, **keys: object) -> None:
    """Log an event; when the log fails, name both on stderr, if that works."""
    try:
        getattr(_log, level)(event, **keys)
    except Exception as error:  # noqa: BLE001 - a processor of the program's own may raise anything
        with suppress(Exception):
            sys.stderr.write(f"{event}: the log failed: {type(error).__name__}\n")


def flush() -> None:
    """Write out what was printed, before the process is ended."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
