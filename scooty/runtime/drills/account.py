"""Tells a drill in plain words as it happens, and keeps count of what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Account:
    """What a person at a terminal reads of a drill.

    Args:
        write: Takes a line.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self.kept = 0
        """How many promises were kept."""
        self.broken: list[str] = []
        """The promises that were not."""

    def happens(self, text: str) -> None:
        """Tell what is done to the bot."""
        self._write(f"\n* {text}")

    def seen(self, text: str) -> None:
        """Tell what somebody sees."""
        self._write(f"    {text}")

    def logged(self, line: Mapping[str, Any]) -> None:
        """Show a line of the bot's log, as it is there."""
        self._write(f"    log: {orjson.dumps(line).decode()}")

    def promise(self, text: str, *, kept: bool) -> None:
        """Say whether the bot did what the runbook promises.

        Args:
            text: The promise.
            kept: Whether it did.
        """
        self._write(f"    {'kept' if kept else 'BROKEN'}: {text}")
        if kept:
            self.kept += 1
        else:
            self.broken.append(text)
