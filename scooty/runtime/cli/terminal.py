"""Where the console commands write for a person."""

from __future__ import annotations

import sys


def say(text: str = "") -> None:
    """Write a line, at once: the reader may be watching."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line about what went wrong."""
    sys.stderr.write(f"{text}\n")
